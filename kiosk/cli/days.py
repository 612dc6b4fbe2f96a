"""Days as people write them on the command line: `today`, `yesterday`, `2026-11-22`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from kiosk.clock import SystemClock, business_day
from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.results.period import Period

DayOption = Annotated[
    str | None, typer.Option("--day", metavar="DAY", help="One business day: today, yesterday or 2026-11-22.")
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="DAY", help="First of several business days.")]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="Last of them, included; today when left out.")
]

_EARLIEST, _LATEST = date(1980, 1, 1), date(2999, 12, 31)


def today(config: Config) -> date:
    """Give the business day that the shop is in now."""
    return business_day(SystemClock().now().at_ms, config.zone, config.kiosk.day_ends_at)


def period(config: Config, day: str | None, first: str | None, last: str | None) -> Period | None:
    """Read the three options; None when none of them was given. Raises UsageError with a sentence."""
    if day and (first or last):
        raise UsageError("--day cannot go together with --from or --to.", "Give one day, or the first and the last.")
    if last and not first:
        raise UsageError("--to needs --from.", "Give the first day as well.")
    if day:
        return Period(parse_day(day, today(config)))
    if first is None:
        return None
    span = Period(parse_day(first, today(config)), parse_day(last or "today", today(config)))
    if span.last and span.first > span.last:
        raise UsageError(f"--from {span.first} is after --to {span.last}.", "Give the earlier day first.")
    return span


def parse_day(text: str, now: date) -> date:
    """Read one day, `now` being today. Raises UsageError for anything that is not a day."""
    if text in ("today", "yesterday"):
        return now - timedelta(days=text == "yesterday")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise UsageError(f"'{text}' is not a day.", "Write today, yesterday or a date such as 2026-11-22.")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"There is no day {text}.", "Look at the calendar: the year, the month, then the day."
        ) from error
    if not _EARLIEST <= day <= _LATEST:
        raise UsageError(f"No kiosk has answers of {text}.", "Write a date such as 2026-11-22.")
    return day
