"""The sheet that holds several places side by side: a question's figure at each, with its interval, in a chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kiosk.export.disarming import one_line
from kiosk.export.xlsx.blocks import write_columns, write_section
from kiosk.export.xlsx.charts import interval_chart
from kiosk.export.xlsx.style import Style, printable
from kiosk.results.metrics import Figure
from kiosk.results.question import QuestionFigures
from kiosk.results.wording import METRICS
from kiosk.words import N_, Translate

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADING = (N_("Place"), N_("Answers"), N_("Figure"), N_("Low (95 %)"), N_("High (95 %)"), "−", "+")
"""The last two are how far the interval reaches below and above the figure: charts draw it from cells alone."""
_WIDTHS = (30, 12, 12, 16, 16, 8, 8)
_CHART_COLUMN = len(HEADING) + 1
_ROWS_OF_AN_AXIS, _ROWS_BETWEEN = 4, 2
_MOST_DRAWN = 60
"""Places of one chart; the cells hold all of them."""

Told = tuple[str, Sequence[tuple[str, QuestionFigures]]]
"""A place, and its questions with their texts."""


class _Line(NamedTuple):
    place: str
    n: int
    figure: Figure
    value: float
    low: float
    high: float


def write_rankings(workbook: Workbook, name: str, style: Style, say: Translate, places: Iterable[Told]) -> None:
    """Add a sheet with a block for each question that has a figure at two places or more, the lowest figure first."""
    sheet = workbook.add_worksheet(name)
    printable(sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = 0
    for text, lines in _blocks(places):
        write_section(sheet, style, row, f"{text} · {say(METRICS[lines[0].figure.metric])}", len(HEADING))
        write_columns(sheet, style, say, row + 1, HEADING)
        for number, line in enumerate(lines, start=row + 2):
            _write_line(sheet, style, number, line)
        drawn = row + 2, row + 1 + min(len(lines), _MOST_DRAWN)
        sheet.insert_chart(row, _CHART_COLUMN, interval_chart(workbook, name, drawn, lines[0].figure.metric))
        row += len(lines) + _ROWS_BETWEEN + _ROWS_OF_AN_AXIS
    if not row:
        sheet.write_string(0, 0, say(N_("No two places have answers enough for a figure.")), style.soft)


def _write_line(sheet: Worksheet, style: Style, row: int, line: _Line) -> None:
    sheet.write_string(row, 0, one_line(line.place), style.words)
    sheet.write_number(row, 1, line.n, style.count)
    sheet.write_number(row, 2, line.value, style.figure)
    bounds = (line.low, line.high, line.value - line.low, line.high - line.value)
    for column, bound in enumerate(bounds, start=3):
        sheet.write_number(row, column, bound, style.bound)


def _blocks(places: Iterable[Told]) -> Sequence[tuple[str, Sequence[_Line]]]:
    """Give the text of each question that two places ask alike, on one scale, with those places."""
    alike: dict[tuple[str, str, int | None], list[_Line]] = {}
    for place, questions in places:
        for text, question in questions:
            if line := _line(place, question):
                alike.setdefault((text, question.kind, question.points), []).append(line)
    return [
        (text, sorted(lines, key=lambda line: (line.value, line.place.casefold())))
        for (text, _, _), lines in alike.items()
        if len(lines) > 1
    ]


def _line(place: str, question: QuestionFigures) -> _Line | None:
    figure = question.figure
    if not question.enough or figure is None or figure.value is None or figure.low is None or figure.high is None:
        return None
    return _Line(place, question.n, figure, figure.value, figure.low, figure.high)
