"""Taking a batch: one transaction, after which each of its records is stored once, counted once, or rejected.

Whatever comes again changes nothing, so a batch may be sent, and taken, any number of times, whole or in parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table
from sqlalchemy.sql.dml import ReturningInsert

from kiosk.hub.store.arrivals import Arrival, Arrivals, answer_row, arrivals_of, visit_row
from kiosk.hub.store.config_states import hear_verdict
from kiosk.hub.store.counting import count
from kiosk.hub.store.devices import Device, mark_cloned
from kiosk.hub.store.dialects import insert_of
from kiosk.hub.store.erasures import erase, erased_among, to_tell
from kiosk.hub.store.known import OTHER_CONTENT, OTHER_RECORD, sort_out
from kiosk.hub.store.reports import hear, keep_surveys, note_state, unknown_surveys
from kiosk.hub.store.rollouts import judge, offered
from kiosk.hub.store.rollups import Deltas
from kiosk.hub.store.superseding import supersede
from kiosk.hub.store.tables.records import ANSWER, VISIT
from kiosk.hub.store.trials import trial_visits
from kiosk.wire.ack import Rejected
from kiosk.wire.event import AnswerEvent, EraseEvent, VisitEvent
from kiosk.wire.problem import ProblemType
from kiosk.wire.reading import Batch

Rows = dict[UUID, dict[str, Any]]
"""Rows by their id."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch."""

    accepted: int
    duplicates: int
    rejected: tuple[Rejected, ...]
    held_seq: int
    """The highest number before this batch."""
    highest_seq: int
    config_etag: str
    """The configuration that the kiosk shall have; empty for its own."""
    wanted_surveys: tuple[str, ...]
    erased: tuple[UUID, ...]


def take(connection: Connection, device: Device, batch: Batch, now_ms: int) -> Taken:
    """Take what a kiosk sent, within the caller's transaction."""
    arrivals = arrivals_of(batch, device.id)
    before_seq = hear(connection, device.id, now_ms)
    known = sort_out(connection, device.id, arrivals, before_seq)
    if known.is_cloned:
        mark_cloned(connection, device.id, now_ms, OTHER_RECORD)
    erased = _erase(connection, device.id, known.fresh, now_ms)
    stored = _store(connection, device, known.fresh, before_seq, now_ms)
    taken = _taken(known.fresh, stored, arrivals)
    highest_seq = max([before_seq, *taken])
    _note(connection, device, arrivals, highest_seq, now_ms)
    rollout = offered(connection, device)
    return Taken(
        accepted=len(stored) + erased,
        duplicates=known.duplicates + len(taken) - len(stored) - erased,
        rejected=tuple(arrivals.rejected),
        held_seq=before_seq,
        highest_seq=highest_seq,
        config_etag=rollout.etag if rollout else "",
        wanted_surveys=unknown_surveys(connection, device.id, _revisions(arrivals)),
        erased=to_tell(connection, device.id),
    )


def _taken(fresh: Iterable[Arrival], stored: Collection[UUID], arrivals: Arrivals) -> list[int]:
    """Give the numbers of the records that are safe now; what the database would not store is another's id."""
    taken = []
    for arrival in fresh:
        if arrival.event.id in stored or isinstance(arrival.event, EraseEvent):
            taken.append(arrival.seq)
        else:
            arrivals.reject(arrival, ProblemType.CONFLICT, OTHER_CONTENT)
    return taken


def _erase(connection: Connection, device_id: UUID, fresh: Iterable[Arrival], now_ms: int) -> int:
    events = (each.event for each in fresh)
    erased_ms = {each.data.answer_id: each.data.erased_ms for each in events if isinstance(each, EraseEvent)}
    return erase(connection, device_id, erased_ms, told_ms=now_ms)


def _store(connection: Connection, device: Device, fresh: Iterable[Arrival], held_seq: int, now_ms: int) -> set[UUID]:
    """Write new answers and visits, and count those that were written; give their ids."""
    answers, visits = [], []
    for arrival in sorted(fresh, key=lambda each: each.seq):
        if isinstance(arrival.event, AnswerEvent):
            answers.append(answer_row(arrival, device, now_ms))
        elif isinstance(arrival.event, VisitEvent):
            visits.append(visit_row(arrival, device, now_ms))
    _forget_erased(connection, device.id, answers)
    deltas = Deltas(device)
    stored_answers = _insert(connection, ANSWER, answers)
    stored_visits = _insert(connection, VISIT, visits)
    _add(connection, deltas, stored_answers, held_seq)
    trials = trial_visits(connection, device.id, stored_visits.values(), answers)
    for visit in stored_visits.values():
        if visit["visit_id"] not in trials:
            deltas.add_visit(visit)
    count(connection, deltas)
    return stored_answers.keys() | stored_visits.keys()


def _forget_erased(connection: Connection, device_id: UUID, answers: Iterable[dict[str, Any]]) -> None:
    """Empty the texts that were erased before they arrived."""
    written = {answer["id"]: answer for answer in answers if answer["text"]}
    for answer_id in erased_among(connection, device_id, written.keys()):
        written[answer_id]["text"] = ""


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> Rows:
    """Write rows; give those that were not there before."""
    if not rows:
        return {}
    written = set(connection.execute(_inserting(connection.dialect.name, table), rows).scalars())
    return {row["id"]: row for row in rows if row["id"] in written}


@lru_cache
def _inserting(dialect: str, table: Table) -> ReturningInsert[UUID]:
    return insert_of(dialect, table).on_conflict_do_nothing().returning(table.c.id)


def _add(connection: Connection, deltas: Deltas, answers: Rows, held_seq: int) -> None:
    if not answers:
        return
    superseded = supersede(connection, deltas.device.id, answers, held_seq)
    for answer in superseded:
        if answer["id"] not in answers:
            deltas.supersede(answer)
    gone = {answer["id"] for answer in superseded}
    for answer_id, row in answers.items():
        (deltas.add_superseded if answer_id in gone else deltas.add)(row)


def _note(connection: Connection, device: Device, arrivals: Arrivals, highest_seq: int, now_ms: int) -> None:
    keep_surveys(connection, device.id, (survey.data for survey in arrivals.surveys), now_ms)
    report = arrivals.reports[-1].data if arrivals.reports else None
    note_state(connection, device.id, highest_seq, len(arrivals.rejected), report, now_ms)
    if report is not None and hear_verdict(connection, device.id, report.config, now_ms):
        judge(connection, device.location_id, now_ms)


def _revisions(arrivals: Arrivals) -> set[str]:
    """Give the revisions of the survey that a batch speaks of."""
    told = {each.event.data.survey_revision for each in arrivals.records if not isinstance(each.event, EraseEvent)}
    return told | {report.data.survey_revision for report in arrivals.reports}
