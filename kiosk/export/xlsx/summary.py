"""The first sheet: each question's figure with its interval, how the answers spread, and the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kiosk.export.disarming import one_line
from kiosk.export.xlsx.blocks import write_section
from kiosk.export.xlsx.style import Style, printable
from kiosk.results.question import QuestionFigures
from kiosk.results.sample import Sample
from kiosk.results.wording import METRICS, OUTCOMES
from kiosk.words import N_, Translate

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIGURES_HEADING = (
    *(N_("Question"), N_("Touchpoint"), N_("Answers"), N_("Measure"), N_("Figure"), N_("Low (95 %)")),
    *(N_("High (95 %)"), N_("Doubtful"), N_("Changed"), N_("Remark")),
)
_FIRST_NUMBER, _WORDS_AMONG_NUMBERS, _REMARK = 2, 3, 9
_WIDTHS = (44, 16, 12, 32, 11, 16, 16, 14, 14, 34)


def write_heading(sheet: Worksheet, style: Style, place: str, days: str, left: int = 0) -> int:
    """Write where and when, above figures that begin in the column `left`; give the next free row."""
    printable(sheet)
    for column, width in enumerate(_WIDTHS, start=left):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, one_line(place), style.title)
    sheet.write_string(1, 0, days, style.subtitle)
    return 3


def write_figures(
    sheet: Worksheet, style: Style, say: Translate, row: int, questions: Sequence[tuple[str, QuestionFigures]]
) -> int:
    """Write one line a question, by its text; give the next free row."""
    write_figures_heading(sheet, style, say, row)
    for number, (text, figures) in enumerate(questions, start=row + 1):
        write_figures_line(sheet, style, say, number, text, figures)
    return row + len(questions) + 2


def write_figures_heading(sheet: Worksheet, style: Style, say: Translate, row: int, left: int = 0) -> None:
    """Write what the columns of lines of figures hold, from the column `left` on."""
    sheet.set_row(row, 34)
    for column, name in enumerate(FIGURES_HEADING):
        is_number = _FIRST_NUMBER <= column < _REMARK and column != _WORDS_AMONG_NUMBERS
        sheet.write_string(row, left + column, say(name), style.number_heading if is_number else style.heading)


def write_figures_line(
    sheet: Worksheet, style: Style, say: Translate, row: int, text: str, figures: QuestionFigures, left: int = 0
) -> None:
    """Write the figures of one question, from the column `left` on."""
    sheet.write_string(row, left, one_line(text), style.words)
    sheet.write_string(row, left + 1, one_line(figures.touchpoint), style.words)
    sheet.write_number(row, left + 2, figures.n, style.count)
    _write_figure(sheet, style, say, row, left, figures)
    sheet.write_number(row, left + 7, figures.flagged, style.count)
    sheet.write_number(row, left + 8, figures.superseded, style.count)
    if remark := _remark(figures):
        sheet.write_string(row, left + _REMARK, say(remark), style.soft)


def write_spread(
    sheet: Worksheet, style: Style, row: int, title: str, steps: Sequence[tuple[str, int, float]]
) -> tuple[int, int]:
    """Write labels with their counts and shares (0 to 1); tell the first and the last row of them."""
    write_section(sheet, style, row, title, 3)
    for number, (label, count, share) in enumerate(steps, start=row + 1):
        sheet.write_string(number, 0, one_line(label), style.words)
        sheet.write_number(number, 1, count, style.count)
        sheet.write_number(number, 2, share, style.share)
    return row + 1, row + len(steps)


def write_visits(sheet: Worksheet, style: Style, say: Translate, row: int, visits: Mapping[str, int]) -> int:
    """Write how visits ended; give the next free row."""
    steps = [(say(words), visits[outcome.value]) for outcome, words in OUTCOMES.items()]
    total = visits["total"]
    shares = [(label, count, count / total if total else 0.0) for label, count in steps]
    title = say(N_("Visits: {total}")).format(total=total)
    return write_spread(sheet, style, row, title, shares)[1] + 2


def _write_figure(
    sheet: Worksheet, style: Style, say: Translate, row: int, left: int, question: QuestionFigures
) -> None:
    figure = question.figure
    if figure is None:
        return
    sheet.write_string(row, left + 3, say(METRICS[figure.metric]), style.words)
    if not question.enough or figure.value is None or figure.low is None or figure.high is None:
        return
    sheet.write_number(row, left + 4, figure.value, style.figure)
    sheet.write_number(row, left + 5, figure.low, style.bound)
    sheet.write_number(row, left + 6, figure.high, style.bound)


def _remark(question: QuestionFigures) -> str:
    if not question.n:
        return N_("No answers.")
    if question.figure is None or question.sample is Sample.ENOUGH:
        return ""
    if question.sample is Sample.COUNTS_ONLY:
        return N_("Too few answers for a figure.")
    return N_("Few answers: the figure is rough.")
