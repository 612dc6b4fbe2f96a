"""Figures side by side as a page for the terminal: one line a group, its interval drawn on a common scale."""

from __future__ import annotations

from collections.abc import Iterator

from wcwidth import wcswidth

from kiosk.cli.columns import fitted, page_width, span
from kiosk.cli.page import days_words, dim, heading, title, visits_line
from kiosk.cli.phrases import figure_words, written
from kiosk.config import Config
from kiosk.results.groups import GroupedFigures
from kiosk.results.homogeneity import Homogeneity
from kiosk.results.metrics import Figure
from kiosk.results.question import QuestionFigures
from kiosk.results.rounding import rounded
from kiosk.text import clean

_ENDS = {"nps": (-100, 100), "ces": (1, 7)}
"""Where a metric's scale begins and ends; 0 and 100 for all others."""
_NAME_WIDTH = 20
_FIGURE_WIDTH = 20
_COUNT_WIDTH = 7
_SMALL_P = 0.01


def groups_page(figures: GroupedFigures, config: Config) -> Iterator[str]:
    """Give the lines of the page: under each question one line for each group that answered it."""
    width = page_width()
    yield from heading(
        figures.location or config.kiosk.name, f"{days_words(figures.period, config)}, by {figures.by}", width
    )
    name_width = min(_NAME_WIDTH, max((wcswidth(clean(group)) or 1 for group in figures.groups), default=1))
    row_width = width - name_width - 2
    for scale in dict.fromkeys(question.scale for group in figures.groups.values() for question in group):
        rows = {
            group: question
            for group, questions in figures.groups.items()
            for question in questions
            if question.scale == scale
        }
        yield title(next(iter(rows.values())), config, width)
        names = {group: fitted(clean(group) or "-", name_width) for group in rows}
        yield from (f"  {names[group]}{_row(question, config, row_width)}" for group, question in rows.items())
        if tested := figures.alike.get(scale):
            yield dim(f"  {_likeness(tested, config)}")
        yield ""
    if not figures.groups:
        yield "No answers."
    if figures.unsynced:
        yield dim(f"{figures.unsynced} answers are in no hour: the clock was not to be trusted.")
    yield visits_line(figures.visits, config)
    if figures.groups:
        yield dim("In brackets: the 95 % interval. Among many groups some look extreme by chance.")


def _likeness(tested: Homogeneity, config: Config) -> str:
    """Say whether the layout may have steered the answers."""
    if not tested.reliable:
        return "Too few answers to say whether the layout steers them."
    found = "The layouts are answered differently" if tested.differs else "No sign that the layout steers the answers"
    chi_square = written(rounded(tested.chi_square, 2), config)
    p = f"{'<' if tested.p < _SMALL_P else '='} {written(rounded(max(tested.p, _SMALL_P), 2), config)}"
    return f"{found} (chi-square {chi_square}, df {tested.degrees}, p {p})."


def _row(question: QuestionFigures, config: Config, width: int) -> str:
    counted = f"{written(question.n, config):>{_COUNT_WIDTH}}  "
    if question.figure is None:
        return counted.rstrip()
    if not question.enough:
        return f"{counted}too few answers ({question.n} of {config.results.small_sample})"
    drawn = _drawn(question.figure, width - len(counted) - _FIGURE_WIDTH)
    return f"{counted}{fitted(figure_words(question.figure, config), _FIGURE_WIDTH)}{drawn}"


def _drawn(figure: Figure, width: int) -> str:
    lowest, highest = _ENDS.get(figure.metric, (0, 100))
    shares = [((number or 0) - lowest) / (highest - lowest) for number in (figure.low, figure.value, figure.high)]
    return span(shares[0], shares[1], shares[2], width)
