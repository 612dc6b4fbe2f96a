"""The days that a page is about: what was asked for in the address, and the links to other days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from kiosk.results.period import Period, last_days
from kiosk.words import N_

USUAL, OWN, ALL = "28", "own", "all"
_LONGEST_DAYS = 3 * 366
_PRESETS = {
    "today": N_("Today"),
    "yesterday": N_("Yesterday"),
    "7": N_("7 days"),
    "28": N_("28 days"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says of days, read but not yet held against a calendar."""

    preset: str
    first: date | None
    last: date | None
    others: tuple[tuple[str, str], ...]
    """What else the address says, to be kept in the links to other days."""

    def on(self, today: date, usual: str = USUAL) -> Days:
        """Give the days that are meant at a place where it is `today`; the usual ones for what makes no sense.

        With ALL as the usual ones, a page is about all days there are until somebody chooses some.
        """
        if self.preset == OWN and self.first and self.last and self.first <= min(self.last, today):
            last = min(self.last, today)
            first = max(self.first, last - timedelta(days=_LONGEST_DAYS - 1))
            return Days(self, OWN, Period(first) if first == last else Period(first, last), today, usual)
        preset = self.preset if self.preset in _PRESETS else usual
        return Days(self, preset, _period(USUAL if preset == ALL else preset, today), today, usual)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one page."""

    asked: Asked
    preset: str
    period: Period
    """Of all days, the last ones."""
    today: date
    usual: str = USUAL

    @property
    def last(self) -> date:
        """Give the last of the days."""
        return self.period.last or self.period.first

    @property
    def query(self) -> str:
        """Give the days as the part of an address, for links to other pages about the same days."""
        if self.preset != OWN:
            return urlencode({"days": self.preset})
        return urlencode({"days": OWN, "from": self.period.first.isoformat(), "to": self.last.isoformat()})

    @property
    def is_own(self) -> bool:
        """Tell whether somebody chose the first and the last day."""
        return self.preset == OWN

    @property
    def is_all(self) -> bool:
        """Tell whether all days there are are meant."""
        return self.preset == ALL

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """Give what else the address says, for the fields of a form."""
        return self.asked.others

    @property
    def is_as_asked(self) -> bool:
        """Tell whether these are the days of the address, if it names some, and no others in their stead."""
        is_preset = self.asked.preset in ("", self.preset)
        return is_preset and (not self.is_own or self.period.first == self.asked.first)

    def links(self) -> Iterator[tuple[str, str, bool]]:
        """Give the address of each preset, its words in English, and whether it is the one shown."""
        presets = {ALL: N_("All days"), **_PRESETS} if self.usual == ALL else _PRESETS
        for preset, words in presets.items():
            yield f"?{urlencode([*self.asked.others, ('days', preset)])}", words, preset == self.preset


def _asked(request: Request) -> Asked:
    query = request.query_params
    others = tuple(
        (name, value) for name, value in query.multi_items() if name not in ("days", "from", "to", "page", "after")
    )
    return Asked(query.get("days", ""), day_in(query.get("from", "")), day_in(query.get("to", "")), others)


AskedDays = Annotated[Asked, Depends(_asked)]
"""How a route asks for the days in its address."""


def _period(preset: str, today: date) -> Period:
    if preset == "today":
        return Period(today)
    if preset == "yesterday":
        return Period(today - timedelta(days=1))
    return last_days(today, int(preset))


def day_in(words: str) -> date | None:
    """Read a day such as `2026-11-22`; None for anything else."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
