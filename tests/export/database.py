"""A small database with every kind of answer, and texts that attack whoever opens the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from kiosk.answer import Answer, Outcome, Visit
from kiosk.clock import Moment, SystemClock
from kiosk.store.store import Store
from tests.records import shared_at

NOON_MS = 1_795_341_600_250
"""Sunday 22 November 2026, 12:00:00.250 in Helsinki."""

FORMULAS = (
    *("=1+2", "  =cmd", "-5", "+358", "@x", "\t=1", "\r\n=1", "＝1+1", '=1+2";=1+2', "|calc", "%0A"),
    *('=HYPERLINK("http://x","y")', "{=1+1}", "http://example.org", "12"),
)
"""Texts that spreadsheets like to take for something else."""


def filled(path: Path, texts: tuple[str, ...] = FORMULAS) -> Path:
    """Make a database with twelve faces, one of them changed, a choice and `texts`; give its path."""
    visit_id = UUID(int=0x019AA0000000700080000000000000B1)
    common = shared_at(Moment(NOON_MS, "b", 1, "synced"), visit_id=visit_id, language="sv")

    def new_id(number: int) -> UUID:
        return UUID(int=visit_id.int + 256 + number)

    faces = [
        Answer(**common, id=new_id(number), question="visit", kind="smiley", points=5, value=1 + number % 5)
        for number in range(11)
    ]
    changed = replace(faces[0], id=new_id(50), value=4, supersedes=faces[0].id, marks=("burst",))
    context = {"order": "=7", "shift": "ilta"}
    why = Answer(**common, context=context, id=new_id(51), question="why", kind="choice", choices=("queue", "music"))
    words = [
        Answer(**common, id=new_id(100 + number), question="words", kind="text", text=text)
        for number, text in enumerate(texts)
    ]
    end = Visit(**common, id=UUID(int=visit_id.int + 1), outcome=Outcome.SKIPPED)
    with Store.open(path, SystemClock()) as store:
        store.add_many([*faces, changed, why, *words, end])
    return path
