"""The figures of a day as a page for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from textwrap import wrap

import typer

from kiosk.cli.columns import bar, fitted, page_width, sides
from kiosk.cli.phrases import CHANGES, METRICS, STANDINGS, counted, difference_words, figure_words, mark_words, written
from kiosk.config import Config
from kiosk.formats import day_words
from kiosk.results.comparison import Verdict, compare, standing
from kiosk.results.day import DayFigures
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.results.rounding import percentages, rounded
from kiosk.results.sample import Sample
from kiosk.survey import phrase_in
from kiosk.telling.labels import choice_words, value_words
from kiosk.text import clean

_LABEL_WIDTH = 28
_NUMBERS_WIDTH = 16


def day_page(figures: DayFigures, config: Config, earlier: Mapping[str, DayFigures]) -> Iterator[str]:
    """Give the lines of the page: every question with its figure, how sure it is, and how the answers spread.

    The first question is held against `earlier` figures, which stand under the words for their time.
    """
    width = page_width()
    yield from heading(figures.location or config.kiosk.name, days_words(figures.period, config), width)
    if not any(question.n or question.superseded for question in figures.questions):
        yield "No answers."
    else:
        for question in figures.questions:
            yield from _question(question, _changes(question, earlier, config), config, width)
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
    return f"{counted(total[1], 'visit', config)}{': ' if each else ''}{each}"


def title(question: QuestionFigures, config: Config, width: int) -> str:
    """Give a question's text in the shop's first language (its name, when it is asked no longer) and what it judges."""
    texts = {scale_of(asked): phrase_in(asked.text, config.kiosk.languages[0]) for asked in config.question}
    text = texts.get(question.scale, f"{clean(question.id)} (no longer asked this way)")
    return typer.style(sides(text, clean(question.touchpoint), width), bold=True)


def dim(words: str) -> str:
    """Let words step back behind the figures."""
    return typer.style(words, dim=True)


def _question(question: QuestionFigures, changes: Iterable[str], config: Config, width: int) -> Iterator[str]:
    yield title(question, config, width)
    yield from (f"  {line}" for line in (*_verdict(question, config, width - 2), *changes))
    if question.n and question.counts:
        yield ""
        yield from (f"  {line}" for line in _spread(question, config, width - 2))
    for note in _notes(question, config):
        yield from (dim(f"  {line}") for line in wrap(note, width - 2))
    yield ""


def _verdict(question: QuestionFigures, config: Config, width: int) -> Iterator[str]:
    """Say the figure and how sure it is, or why there is none."""
    answers = counted(question.n, "answer", config)
    if question.figure is None or not question.n:
        yield answers if question.n else "no answers"
    elif not question.enough:
        yield f"too few answers ({question.n} of {config.results.small_sample})"
    else:
        named = f"{METRICS[question.figure.metric]}  {figure_words(question.figure, config)}"
        few = question.sample is Sample.FEW
        yield sides(named, f"few answers ({written(question.n, config)})" if few else answers, width)
        if question.id == config.survey.first.id:
            yield from _comparisons(question, config)


def _comparisons(question: QuestionFigures, config: Config) -> Iterator[str]:
    """Hold a figure against what the shop wants and what others reach; inside the interval nothing is clear."""
    for name, mark in {"goal": config.results.goal, "benchmark": config.results.benchmark}.items():
        if mark is not None:
            place = STANDINGS[standing(question, mark)]
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


def _notes(question: QuestionFigures, config: Config) -> Iterator[str]:
    if question.flagged:
        each = ", ".join(f"{mark_words(mark)} {written(n, config)}" for mark, n in question.marks.items())
        yield f"{written(question.flagged, config)} of them doubtful: {each}"
        if question.enough and question.unflagged and question.unflagged.n >= config.results.small_sample:
            yield f"without these {figure_words(question.unflagged, config)}"
    if question.superseded:
        yield f"{counted(question.superseded, 'answer', config)} changed or taken back"


def _changes(question: QuestionFigures, earlier: Mapping[str, DayFigures], config: Config) -> Iterator[str]:
    """Say of the first question how its figure has changed, where there are answers enough to say something."""
    if question.id != config.survey.first.id:
        return
    for when, figures in earlier.items():
        before = next((other for other in figures.questions if other.scale == question.scale), None)
        change = before and compare(before, question)
        if change and change.verdict is not Verdict.TOO_FEW:
            yield f"{CHANGES[change.verdict].format(when=when)}: {difference_words(change, config)}"
