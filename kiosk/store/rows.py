"""Between records and rows: ids as text that a person can search for, lists and context as JSON."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from kiosk.answer import Answer, Outcome, Record, Visit
from kiosk.clock import Moment
from kiosk.store.day_close import DayClose, OpenProblem, OtherDay
from kiosk.store.tables import ANSWER, VISIT

_ANSWER_COLUMNS = tuple(ANSWER.c.keys())
_VISIT_COLUMNS = tuple(VISIT.c.keys())


def moment_row(moment: Moment) -> dict[str, Any]:
    """Give the columns of an instant."""
    return {
        "at_ms": moment.at_ms,
        "boot_id": moment.boot_id,
        "boot_ms": moment.boot_ms,
        "clock_state": moment.state,
    }


def answer_row(answer: Answer, seq: int) -> dict[str, Any]:
    """Give an answer's columns, counted as `seq`."""
    return {
        **_record_row(answer, seq),
        "question": answer.question,
        "kind": answer.kind,
        "points": answer.points,
        "value": answer.value,
        "choices": _array(answer.choices),
        "text": answer.text,
        "supersedes": str(answer.supersedes) if answer.supersedes else None,
        "marks": _array(answer.marks),
    }


def visit_row(visit: Visit, seq: int) -> dict[str, Any]:
    """Give a visit's columns, counted as `seq`."""
    return {
        **_record_row(visit, seq),
        "outcome": visit.outcome.value,
        "follow_ups": _array(visit.follow_ups),
        "review_shown": int(visit.review_shown),
        "answering_ms": visit.answering_ms,
        "duration_ms": visit.duration_ms,
    }


def answer_from(row: Row[Any]) -> Answer:
    """Give the answer of a row that begins with the answer's columns; an erased text is the empty string."""
    columns = _record_from(row, _ANSWER_COLUMNS)
    supersedes = columns["supersedes"]
    columns["choices"] = items(columns["choices"])
    columns["marks"] = items(columns["marks"])
    columns["supersedes"] = UUID(supersedes) if supersedes else None
    if columns.pop("erased_ms") is not None:
        columns["text"] = ""
    return Answer(**columns)


def visit_from(row: Row[Any]) -> Visit:
    """Give the visit of a row that begins with the visit's columns."""
    columns = _record_from(row, _VISIT_COLUMNS)
    columns["outcome"] = Outcome(columns["outcome"])
    columns["follow_ups"] = items(columns["follow_ups"])
    columns["review_shown"] = bool(columns["review_shown"])
    return Visit(**columns)


def close_from(row: Row[Any]) -> DayClose:
    """Give the close of a row of `day_close`."""
    report = json.loads(row.report)
    return DayClose(
        number=row.number,
        day=date.fromisoformat(row.day),
        closed=Moment(row.at_ms, row.boot_id, row.boot_ms, row.clock_state),
        after_seq=row.after_seq,
        last_seq=row.last_seq,
        location=report["location"],
        first_ms=report["first_ms"],
        last_ms=report["last_ms"],
        visits=report["visits"],
        questions=tuple(report["questions"]),
        flagged=report["flagged"],
        unsynced=report["unsynced"],
        others=tuple(OtherDay(date.fromisoformat(other.pop("day")), **other) for other in report["others"]),
        erased=len(json.loads(row.erased)),
        problems=tuple(OpenProblem(**problem) for problem in report["problems"]),
        previous=row.previous,
        hash=row.hash,
    )


def _record_row(record: Record, seq: int) -> dict[str, Any]:
    return {
        "seq": seq,
        "id": str(record.id),
        "visit_id": str(record.visit_id),
        "at_ms": record.at_ms,
        "boot_id": record.boot_id,
        "boot_ms": record.boot_ms,
        "clock_state": record.clock_state,
        "survey_revision": record.survey_revision,
        "language": record.language,
        "layout": record.layout,
        "touchpoint": record.touchpoint,
        "context": _json(dict(record.context)) if record.context else "{}",
    }


def _record_from(row: Row[Any], names: tuple[str, ...]) -> dict[str, Any]:
    columns: dict[str, Any] = dict(zip(names, row, strict=False))
    columns["id"] = UUID(columns["id"])
    columns["visit_id"] = UUID(columns["visit_id"])
    columns["context"] = json.loads(columns["context"]) if columns["context"] != "{}" else {}
    return columns


def _array(items: tuple[str, ...]) -> str:
    return _json(items) if items else "[]"


@lru_cache(maxsize=4096)
def items(array: str) -> tuple[str, ...]:
    """Read a JSON array; the same few come again and again."""
    return tuple(json.loads(array))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
