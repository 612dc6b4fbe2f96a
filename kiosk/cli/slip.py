"""The report of a closed day for the terminal, as a till prints it; in the shop's first language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import typer
from wcwidth import wcswidth

from kiosk.cli.columns import fitted, page_width, sides
from kiosk.config import Config
from kiosk.formats import day_words, number_words
from kiosk.results.question import scale_of
from kiosk.results.tally import Scale
from kiosk.results.wording import METRICS, OUTCOMES
from kiosk.store.day_close import NO_CLOSE, DayClose
from kiosk.survey import phrase_in
from kiosk.telling.labels import choice_words, value_words
from kiosk.text import clean
from kiosk.words import N_, words

_WIDEST = 80
_INDENT = "  "
_SHORT_HASH = 16

_PROBLEMS = {
    "clock": N_("No network has set the clock."),
    "space": N_("The disk is nearly full."),
    "filesystem": N_("The disk may forget answers when the power goes."),
    "quarantined": N_("A damaged database was put aside, with the answers in it."),
    "unread closed days": N_("Closed days cannot be checked: see `kiosk doctor`."),
    "closed days": N_("A closed day was changed afterwards: see `kiosk doctor`."),
}


def slip(closed: DayClose, config: Config) -> Iterator[str]:
    """Give the lines of the report, at most 80 cells wide."""
    return _Slip(closed, config).lines()


class _Slip:
    """One report while it is written."""

    def __init__(self, closed: DayClose, config: Config) -> None:
        self._closed, self._config = closed, config
        self._language = config.kiosk.languages[0]
        self._say = words(self._language)
        self._width = min(_WIDEST, page_width())

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._visits()
        for question in self._closed.questions:
            yield from self._question(question)
        yield from self._remarks()
        yield from self._foot()

    def _head(self) -> Iterator[str]:
        number = self._say(N_("DAY CLOSE No. {number}")).format(number=self._closed.number)
        yield typer.style(number.center(self._width).rstrip(), bold=True)
        yield ""
        day = day_words(self._closed.day, self._language, weekday=True)
        yield sides(clean(self._closed.location or self._config.kiosk.name), day, self._width)
        if self._closed.first_ms is not None and self._closed.last_ms is not None:
            open_from, open_to = self._time(self._closed.first_ms), self._time(self._closed.last_ms)
            yield self._row(N_("First and last answer"), f"{open_from} – {open_to}")
        closed_at = self._closed.closed.at_ms
        yield self._row(N_("Closed"), f"{self._date(closed_at)} {self._time(closed_at)}")
        yield self._rule()

    def _visits(self) -> Iterator[str]:
        yield self._bold_row(N_("Visits"), self._number(self._closed.visits["total"]))
        for outcome, words_of_it in OUTCOMES.items():
            if count := self._closed.visits.get(outcome.value, 0):
                yield self._dotted(self._say(words_of_it), self._number(count))
        yield self._bold_row(N_("Answers"), self._number(self._closed.answers))
        if self._closed.flagged:
            yield self._dotted(self._say(N_("of them doubtful")), self._number(self._closed.flagged))
        yield self._rule()

    def _question(self, question: Mapping[str, Any]) -> Iterator[str]:
        yield typer.style(sides(self._title(question), clean(question["touchpoint"]), self._width), bold=True)
        verdict = self._verdict(question) if question["n"] else self._say(N_("no answers"))
        yield _INDENT + sides(verdict, f"n = {self._number(question['n'])}", self._width - len(_INDENT))
        for label, count in self._counts(question):
            yield self._dotted(label, self._number(count))
        yield ""

    def _remarks(self) -> Iterator[str]:
        yield self._rule()
        for other in self._closed.others:
            told = self._say(N_("{answers} answers, {visits} visits")).format(
                answers=self._number(other.answers), visits=self._number(other.visits)
            )
            yield self._row(N_("Late, of another day"), f"{day_words(other.day, self._language)}: {told}")
        if self._closed.unsynced:
            yield self._row(N_("Timed by a clock that was not set"), self._number(self._closed.unsynced))
        if self._closed.erased:
            yield self._row(N_("Texts of closed days erased since"), self._number(self._closed.erased))
        if not self._closed.problems:
            yield self._row(N_("Open problems"), self._say(N_("none")))
            return
        yield self._say(N_("Open problems"))
        for problem in self._closed.problems:
            known = _PROBLEMS.get(problem.id)
            yield fitted(f"{_INDENT}! {self._say(known) if known else problem.sentence}", self._width).rstrip()

    def _foot(self) -> Iterator[str]:
        yield self._rule()
        yield self._row(
            N_("Records"), f"{self._closed.after_seq + 1}–{self._closed.last_seq}" if self._has_any else "0"
        )
        yield self._row(N_("Check code"), _short(self._closed.hash))
        before = self._closed.previous
        yield self._row(N_("The one before"), "–" if before == NO_CLOSE else _short(before))
        if any(question["metric"] and question["enough"] for question in self._closed.questions):
            yield typer.style(self._say(N_("In brackets: the interval of 95 per cent.")), dim=True)

    @property
    def _has_any(self) -> bool:
        return self._closed.last_seq > self._closed.after_seq

    def _verdict(self, question: Mapping[str, Any]) -> str:
        """Say the figure and its interval, rounded as they were stored; choices and texts are only counted."""
        if question["metric"] is None:
            return ""
        name = self._say(METRICS[question["metric"]])
        if not question["enough"]:
            return f"{name}  {self._say(N_('too few answers'))}"
        value, low, high = (self._number(Decimal(str(question[part]))) for part in ("value", "low", "high"))
        return f"{name}  {value} ({low} … {high})"

    def _title(self, question: Mapping[str, Any]) -> str:
        """Give the question's text, or its id when it is not asked that way any longer."""
        texts = {scale_of(asked): phrase_in(asked.text, self._language) for asked in self._config.question}
        return texts.get(Scale(question["id"], question["kind"], question["points"]), clean(question["id"]))

    def _counts(self, question: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
        """Give what was answered and how often: the best first on a scale, else the most frequent."""
        given = [(name, count) for name, count in question["counts"].items() if count]
        if question["points"] is None:
            of_choice = choice_words(self._config.question, self._language)
            for name, count in sorted(given, key=lambda each: -each[1]):
                yield clean(of_choice(question["id"], name)), count
            return
        for name, count in reversed(given):
            yield value_words(question["kind"], question["points"], int(name), self._language), count

    def _row(self, message: str, value: str) -> str:
        return sides(self._say(message), value, self._width)

    def _bold_row(self, message: str, value: str) -> str:
        return typer.style(self._row(message, value), bold=True)

    def _dotted(self, label: str, value: str) -> str:
        """Lead the eye from a label to its value, as a till does."""
        most = self._width - len(_INDENT) - wcswidth(value) - 4
        label = fitted(label, most).rstrip()
        dots = "." * (self._width - len(_INDENT) - wcswidth(label) - wcswidth(value) - 2)
        return f"{_INDENT}{label} {typer.style(dots, dim=True)} {value}"

    def _rule(self) -> str:
        return typer.style("─" * self._width, dim=True)

    def _number(self, value: Decimal | int) -> str:
        return number_words(value, self._language)

    def _local(self, at_ms: int) -> datetime:
        return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(self._config.zone)

    def _time(self, at_ms: int) -> str:
        return f"{self._local(at_ms):%H:%M}"

    def _date(self, at_ms: int) -> str:
        return day_words(self._local(at_ms).date(), self._language)


def _short(hashed: str) -> str:
    """Give the beginning of a hash in groups that can be read aloud."""
    return " ".join(hashed[start : start + 4] for start in range(0, _SHORT_HASH, 4))
