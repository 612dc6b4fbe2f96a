"""What a database holds, held against what the screen has thanked for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

from kiosk.answer import Outcome
from kiosk.store.reader import Reader

Given = tuple[str, str]
"""A question's id and what was answered to it."""


def stored_answers(database: Path) -> list[Given]:
    """Read what a database holds, oldest first; fails when something is there twice."""
    with Reader(database) as reader:
        answers = [stored.answer for stored in reader.answers()]
    assert len({answer.id for answer in answers}) == len(answers)
    assert len({answer.seq for answer in answers}) == len(answers)
    return [(answer.question, str(answer.value or ",".join(answer.choices))) for answer in answers]


def visit_outcomes(database: Path) -> list[Outcome]:
    """Read how the visits ended, in the order in which they began; fails when one has no end, or an end no visit."""
    begun, ended = _visits(database)
    assert set(begun) == set(ended)
    return [ended[visit] for visit in begun]


def open_visits(database: Path) -> set[UUID]:
    """Read which visits have no end."""
    begun, ended = _visits(database)
    return set(begun) - set(ended)


def require_kept(stored: list[Given], thanked: list[Given], tapped: list[Given]) -> None:
    """Fail unless all that was thanked for is stored, once, in its order, and beyond it at most what was tapped."""
    kept = stored[: len(thanked)]
    assert kept == thanked, f"thanked answers lost or changed: {len(thanked)} thanked, {len(kept)} kept"
    beyond = stored[len(thanked) :]
    assert beyond == tapped[: len(beyond)], f"stored, but never tapped: {beyond} instead of {tapped}"


def require_sound(database: Path) -> None:
    """Fail unless SQLite finds every page and every index in order."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _visits(database: Path) -> tuple[list[UUID], dict[UUID, Outcome]]:
    with Reader(database) as reader:
        begun = dict.fromkeys(stored.answer.visit_id for stored in reader.answers())
        ended = {stored.visit.visit_id: stored.visit.outcome for stored in reader.visits()}
    return list(begun), ended
