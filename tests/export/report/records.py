"""Answers that a test lists, and what a report of them says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from kiosk.answer import Answer, Outcome, Visit
from kiosk.charts.marks import Words
from kiosk.clock import Moment
from kiosk.config import Config
from kiosk.export.report.page import page
from kiosk.results.period import Period
from kiosk.telling.edition import Edition
from kiosk.telling.facts import Facts
from tests.records import answer_at

NOON_MS = 1_795_168_800_000
"""Friday 20 November 2026, 12:00 in Helsinki."""
MORNING_MS = NOON_MS - 4 * 3_600_000
EVENING_MS = NOON_MS + 9 * 3_600_000
WEEK_MS = 7 * 86_400_000
FRIDAY = Period(date(2026, 11, 20))

_numbers = count(1)

Record = Answer | Visit
Tell = Callable[..., Facts]


def answer(question: str = "visit", **given: Any) -> Answer:
    """Make an answer in a visit of its own, five minutes after the one made before unless told otherwise."""
    number = next(_numbers)
    made = answer_at(
        Moment(NOON_MS, "b", number * 300_000, "synced"),
        id=UUID(int=0x019AA000000070008000000000000000 + number),
        visit_id=UUID(int=0x019AA000000070009000000000000000 + number),
        question=question,
        value=None,
    )
    return replace(made, **given)


def answers(*counts: int, first: int = 1, begin: int = MORNING_MS, **given: Any) -> list[Answer]:
    """Make as many answers of each value as `counts` says, the first of them for the value `first`.

    They come every four minutes and well mixed, so that nothing about them is doubtful.
    """
    values = [value for value, times in enumerate(counts, start=first) for _ in range(times)]
    Random(len(values)).shuffle(values)
    return [answer(value=value, at_ms=begin + 240_000 * place, **given) for place, value in enumerate(values)]


def ended(of: Answer, outcome: Outcome) -> Visit:
    """Make the end of an answer's visit."""
    names = ("visit_id", "at_ms", "boot_id", "boot_ms", "clock_state", "survey_revision", "language", "layout")
    common: dict[str, Any] = {name: getattr(of, name) for name in names}
    return Visit(id=UUID(int=of.id.int + (1 << 32)), outcome=outcome, **common)


def words(facts: Facts, config: Config, language: str = "en") -> list[str]:
    """Give every text on the page, in the order it is drawn."""
    marks = page(facts, config, Edition(config, language))
    return [mark.text.replace("\u202f", " ").replace("\xa0", " ") for mark in marks if isinstance(mark, Words)]
