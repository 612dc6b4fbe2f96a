"""`kiosk close-day`: the numbered report of a business day, made once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.app import ConfigOption, DatabaseOption, JsonOption, Setup, app, called, set_up, tell
from kiosk.cli.days import parse_day, today
from kiosk.cli.progress import closed_days_watch, watched
from kiosk.cli.writing import writing
from kiosk.config import Config
from kiosk.errors import Refused, StoreError, UsageError
from kiosk.words import N_, words

if TYPE_CHECKING:
    from kiosk.store.day_close import DayClose

ClosedDayOption = Annotated[
    str, typer.Option("--day", metavar="DAY", help="The business day: today, yesterday or 2026-11-22.")
]
AgainOption = Annotated[bool, typer.Option("--again", help="Show the report of a day that is closed already.")]


@app.command("close-day", short_help="Close a business day and show its numbered report.")
def close_day(
    day: ClosedDayOption = "today",
    again: AgainOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Close a business day, today unless another is named, for good; days before it that are open are closed first.

    What comes in afterwards goes into the next close. While the kiosk runs, days are closed on its staff screen.
    """
    setup = set_up(config, database)
    now = today(setup.config)
    asked = parse_day(day, now)
    if asked > now:
        raise UsageError(f"The day {asked} has not begun.", f"Close {now}, which is today, or a day before it.")
    if not setup.database.exists():
        raise StoreError(
            f"There is nothing to close: {setup.database} does not exist.",
            "Start the kiosk, name another file with --database, or try `kiosk demo`.",
        )
    *before, closed = [_closed_already(setup, asked)] if again else _close_all(setup, asked)
    _show(closed, setup, as_json)
    if before:
        _tell_of_days_before(before, setup.config)


def _close_all(setup: Setup, day: date) -> list[DayClose]:
    """Close the days that are open up to one, with a progress bar where they are many."""
    closes: list[DayClose] = []

    def days(closed: DayClose) -> int:
        """Count on from the close before: shops are closed on some days."""
        return max(0, (closed.day - closes[-2].day).days) if len(closes) > 1 else 1

    for closed in watched(_close(setup, day), "Closing days", lambda: (day - closes[0].day).days + 1, days, stride=1):
        closes.append(closed)
    return closes


def _close(setup: Setup, day: date) -> Iterator[DayClose]:
    """Close the days before one that are still open, then that day."""
    from kiosk.clock import clock_state
    from kiosk.device.closed_days import open_problems

    volatile = setup.config.kiosk.allow_volatile
    problems = open_problems(setup.database, clock_state(), volatile, closed_days_watch)
    instead = "Close the day on its staff screen; `kiosk close-day --again` shows the report here."
    with writing(setup.database, instead) as store:
        closed = None
        while closed is None or closed.day != day:
            closed = store.close_day(day, setup.config, problems)
            yield closed


def _closed_already(setup: Setup, day: date) -> DayClose:
    from kiosk.store.reader import Reader  # half a second of database library

    with Reader(setup.database) as reader:
        for closed in reader.closes():
            if closed.day == day:
                return closed
    raise Refused(f"The day {day} is not closed yet.", "Close it without --again.")


def _show(closed: DayClose, setup: Setup, as_json: bool) -> None:
    from kiosk.cli.slip import slip

    if as_json:
        typer.echo(json.dumps(closed.as_json(), ensure_ascii=False, indent=2))
        return
    for line in slip(closed, setup.config):
        typer.echo(line)


def _tell_of_days_before(before: list[DayClose], config: Config) -> None:
    from kiosk.export.closed_before import closed_before_words  # with the database library, as the report itself

    language = config.kiosk.languages[0]
    tell(closed_before_words(before, language))
    report = words(language)(N_("Show that report: {command}"))
    tell(report.format(command=f"{called()} close-day --again --day {before[-1].day}"))
