"""Closed days: whether they are still what they were, and what is wrong with the kiosk when another one is closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.clock import ClockState
from kiosk.device.clock import clock_finding
from kiosk.device.finding import Finding
from kiosk.device.storage import disk_findings
from kiosk.errors import StoreError

if TYPE_CHECKING:
    from kiosk.store.chain import Chain, Watched
    from kiosk.store.day_close import Break, OpenProblem

_HINT = "Keep a copy of the database, hold it against that day's printed report and exports, and ask who opened it."


def closes_findings(database: Path, watched: Watched | None = None) -> list[Finding]:
    """Hold every closed day to its seals, record by record through `watched`; nothing where there is no database."""
    from kiosk.store.chain import check_chain, unwatched

    if not database.is_file():
        return []
    try:
        chain = check_chain(database, watched or unwatched)
    except StoreError as error:
        return [Finding("unread closed days", "error", f"Closed days cannot be checked: {error.message}", error.hint)]
    if chain.broken is not None:
        return [Finding("closed days", "error", _sentence(chain.broken), _HINT)]
    return [Finding("closed days", "ok", _sound(chain))]


def open_problems(
    database: Path, clock: ClockState, allow_volatile: bool, watched: Watched | None = None
) -> list[OpenProblem]:
    """Give what a day's close has to tell about the kiosk. May take seconds; harmless beside an open store."""
    from kiosk.store.day_close import OpenProblem

    findings = [clock_finding(clock), *disk_findings(database, allow_volatile), *closes_findings(database, watched)]
    return [OpenProblem(finding.id, finding.sentence) for finding in findings if finding.level != "ok"]


def _sound(chain: Chain) -> str:
    if not chain.closes:
        return "No day is closed yet."
    return f"Closed days: {chain.closes}, the last one {chain.last_day}; nothing in them was changed."


def _sentence(broken: Break) -> str:
    """Say which record or close is not what it was, and to which day it belongs."""
    day = broken.day or "an unknown day"
    where = f"of {day}, closed as number {broken.number},"
    record = f"{broken.record.capitalize()} {broken.id} (record {broken.seq})"
    return {
        "changed": f"{record} {where} was changed afterwards.",
        "added": f"{record} {where} was put in afterwards.",
        "uncounted": f"{record} was put in by another program.",
        "gone": f"Record {broken.seq} {where} is gone.",
        "close changed": f"The close of {day}, number {broken.number}, was changed afterwards.",
        "close gone": f"The close of {day}, number {broken.number}, is gone.",
    }[broken.what]
