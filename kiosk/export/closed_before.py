"""What people are told of the days that were closed along with the one they closed."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.formats import day_words, number_words
from kiosk.store.day_close import DayClose
from kiosk.words import N_, words


def closed_before_words(closes: Sequence[DayClose], language: str) -> str:
    """Say which days were still open and were closed first, and their numbers; empty where there was none."""
    if not closes:
        return ""
    say, first, last = words(language), closes[0], closes[-1]
    if first is last:
        told = say(N_("{day} was still open and was closed first, number {number}."))
        return told.format(day=day_words(first.day, language), number=first.number)
    told = say(N_("{n} days ({first}–{last}) were still open and were closed first, numbers {low}–{high}."))
    days = {"first": day_words(first.day, language), "last": day_words(last.day, language)}
    return told.format(n=number_words(len(closes), language), low=first.number, high=last.number, **days)
