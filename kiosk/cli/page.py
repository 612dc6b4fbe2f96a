"""The figures of a day as a page for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import typer

from kiosk.cli.columns import bar, fitted, page_width, sides
from kiosk.config import Config
from kiosk.export.labels import choice_words, value_words
from kiosk.formats import day_words, number_words
from kiosk.results.day import DayFigures
from kiosk.results.metrics import Figure
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.results.rounding import percentages, rounded
from kiosk.survey import phrase_in
from kiosk.text import clean

METRICS = {
    "smiley_index": "smiley index",
    "nps": "net promoter score",
    "ces": "customer effort, 1 to 7",
    "csat": "satisfied, per cent",
    "success": "succeeded, per cent",
}
"""What people call each metric."""

_LABEL_WIDTH = 28
_NUMBERS_WIDTH = 16
_NARROW = 2.0


def day_page(figures: DayFigures, config: Config) -> Iterator[str]:
    """Give the lines of the page: every question with its figure, how sure it is, and how the answers spread."""
    width = page_width()
    yield from heading(figures.location or config.kiosk.name, days_words(figures.period, config), width)
    if not any(question.n or question.superseded for question in figures.questions):
        yield "No answers."
    else:
        for question in figures.questions:
            yield from _question(question, config, width)
    yield visits_line(figures.visits, config)
    if any(question.figure and question.enough for question in figures.questions):
        yield dim("In brackets: the 95 % interval.")


def heading(place: str, days: str, width: int) -> Iterator[str]:
    """Give the top of a page: where and when."""
    yield typer.style(sides(place, days, width), bold=True)
    yield dim("─" * width)
    yield ""


def days_words(period: Period, config: Config) -> str:
    """Write one day with its weekday, or the first and the last day, in the shop's first language."""
    language = config.kiosk.languages[0]
    if period.last is None:
        return day_words(period.first, language, weekday=True)
    return f"{day_words(period.first, language)} – {day_words(period.last, language)}"


def visits_line(visits: Mapping[str, int], config: Config) -> str:
    """Say how many visits there were and how they ended."""
    total, *outcomes = visits.items()
    each = ", ".join(f"{written(count, config)} {outcome.replace('_', ' ')}" for outcome, count in outcomes if count)
    return f"{_counted(total[1], 'visit', config)}{': ' if each else ''}{each}"


def title(question: QuestionFigures, config: Config, width: int) -> str:
    """Give a question's text in the shop's first language (its name, when it is asked no longer) and what it judges."""
    texts = {scale_of(asked): phrase_in(asked.text, config.kiosk.languages[0]) for asked in config.question}
    text = texts.get(question.scale, f"{clean(question.id)} (no longer asked this way)")
    return typer.style(sides(text, clean(question.touchpoint), width), bold=True)


def figure_words(figure: Figure, config: Config) -> str:
    """Write a figure with its interval, as `81 (77–85)`; with decimals where whole numbers would hide the interval."""
    numbers = [number or 0.0 for number in (figure.value, figure.low, figure.high)]
    decimals = 2 if figure.metric == "ces" else int(numbers[2] - numbers[1] < _NARROW)
    value, low, high = (written(rounded(number, decimals), config) for number in numbers)
    return f"{value} ({low} to {high})" if figure.metric == "nps" else f"{value} ({low}–{high})"


def dim(words: str) -> str:
    """Let words step back behind the figures."""
    return typer.style(words, dim=True)


def _question(question: QuestionFigures, config: Config, width: int) -> Iterator[str]:
    yield title(question, config, width)
    yield from (f"  {line}" for line in _verdict(question, config, width - 2))
    if question.n and question.counts:
        yield ""
        yield from (f"  {line}" for line in _spread(question, config, width - 2))
    if notes := _notes(question, config):
        yield dim(f"  {notes}")
    yield ""


def _verdict(question: QuestionFigures, config: Config, width: int) -> Iterator[str]:
    """Say the figure and how sure it is, or why there is none."""
    answers = _counted(question.n, "answer", config)
    if question.figure is None or not question.n:
        yield answers if question.n else "no answers"
    elif not question.enough:
        yield f"too few answers ({question.n} of {config.results.small_sample})"
    else:
        named = f"{METRICS[question.figure.metric]}  {figure_words(question.figure, config)}"
        yield sides(named, answers, width)
        if question.id == config.survey.first.id:
            yield from _comparisons(question.figure, config)


def _comparisons(figure: Figure, config: Config) -> Iterator[str]:
    """Hold a figure against what the shop wants and what others reach; inside the interval nothing is clear."""
    wanted = {"goal": config.results.goal, "benchmark": config.results.benchmark}
    for name, mark in wanted.items():
        if mark is None or figure.low is None or figure.high is None:
            continue
        place = "above" if figure.low > mark else "below" if figure.high < mark else "not clearly above or below"
        yield f"{place} the {name} of {written(Decimal(f'{mark:g}'), config)}"


def _spread(question: QuestionFigures, config: Config, width: int) -> Iterator[str]:
    """Draw how the answers spread, the best on top; choices by how often they were given."""
    labels = _labels(question, config)
    label_width = min(_LABEL_WIDTH, max(len(label) for label in labels.values()))
    largest = max(question.counts.values())
    shares = _shares(question)
    for name in _in_order(question):
        count = question.counts[name]
        drawn = bar(count / largest, width - label_width - _NUMBERS_WIDTH)
        share = f"{shares[name]:4} %" if question.enough else ""
        yield f"{fitted(labels[name], label_width)}  {drawn}  {written(count, config):>6}{share}".rstrip()


def _shares(question: QuestionFigures) -> dict[str, int]:
    """Give percentages that add up to 100; of those who answered, where several choices may be given."""
    if sum(question.counts.values()) > question.n:
        return {name: int(rounded(100 * count / question.n)) for name, count in question.counts.items()}
    return dict(zip(question.counts, percentages(list(question.counts.values())), strict=True))


def _in_order(question: QuestionFigures) -> list[str]:
    best_first = list(question.counts)[::-1]
    if question.kind != "choice":
        return best_first
    return sorted(question.counts, key=lambda name: -question.counts[name])


def _labels(question: QuestionFigures, config: Config) -> dict[str, str]:
    language = config.kiosk.languages[0]
    if question.points is not None:
        return {name: value_words(question.kind, question.points, int(name), language) for name in question.counts}
    of_choice = choice_words(config.question, language)
    return {name: clean(of_choice(question.id, name)) for name in question.counts}


def _notes(question: QuestionFigures, config: Config) -> str:
    flagged = f"{written(question.flagged, config)} of them marked as doubtful" if question.flagged else ""
    changed = f"{_counted(question.superseded, 'answer', config)} changed or taken back" if question.superseded else ""
    return " · ".join(filter(None, (flagged, changed)))


def _counted(number: int, thing: str, config: Config) -> str:
    return f"{written(number, config)} {thing}{'' if number == 1 else 's'}"


def written(value: Decimal | int, config: Config) -> str:
    """Write a number in the shop's first language."""
    return number_words(value, config.kiosk.languages[0])
