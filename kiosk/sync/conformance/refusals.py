"""Rules of a sink that answers as a hub does: what it refuses, and that a bad record never holds up the others."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from kiosk.sync.conformance.trial import Rule, Trial
from kiosk.wire.base import MAX_BYTES, MAX_EVENTS
from kiosk.wire.event import SOURCE
from kiosk.wire.writing import Event, body_of, packed

_GZIP = {"Content-Encoding": "gzip"}
_NOBODY = UUID("01a203df-0000-7000-8000-00000000dead")


def other_content_under_a_known_id_is_a_conflict(trial: Trial) -> None:
    """Somebody copied the kiosk's memory card, or changed its database."""
    answer = trial.samples.answer(4)
    trial.require_counted([answer], accepted=1)
    trial.require_refused(_with(answer, value=1), "conflict", trial.samples.answers(2))
    trial.require_counted([answer], duplicate=1)


def another_record_under_a_known_sequence_is_a_conflict(trial: Trial) -> None:
    """The same, seen from the counter."""
    answer, other = trial.samples.answers(2)
    trial.require_counted([answer], accepted=1)
    trial.require_refused({**other, "sequence": answer["sequence"]}, "conflict", trial.samples.answers(2))


def a_bad_event_is_rejected_alone(trial: Trial) -> None:
    """A value beyond the scale; a member that is missing."""
    trial.require_refused(_with(trial.samples.answer(), value=99), "invalid", trial.samples.answers(2))
    lacking = trial.samples.answer()
    del lacking["data"]["question"]
    trial.require_refused(lacking, "invalid", trial.samples.answers(2))


def a_character_that_databases_refuse_spoils_only_its_own_event(trial: Trial) -> None:
    """U+0000, which PostgreSQL cannot keep."""
    trial.require_refused(_with(trial.samples.answer(), touchpoint="a\0b"), "invalid", trial.samples.answers(2))


def an_event_of_an_unknown_type_is_rejected_alone(trial: Trial) -> None:
    """A newer kiosk at an older hub."""
    later = {**trial.samples.answer(), "type": "kiosk.weather.v1"}
    trial.require_refused(later, "unknown-type", trial.samples.answers(2))


def an_event_of_another_kiosk_is_rejected_alone(trial: Trial) -> None:
    """Whose event it is, the token says and not the event."""
    foreign = {**trial.samples.answer(), "source": f"{SOURCE}{_NOBODY}"}
    trial.require_refused(foreign, "foreign", trial.samples.answers(2))


def a_batch_that_was_cut_short_leaves_nothing(trial: Trial) -> None:
    """Neither of what is readable in it, nor of what would have followed."""
    batch = trial.samples.answers(20)
    whole = packed(body_of(batch))
    for length in (len(whole) // 2, len(whole) - 9, len(whole) - 1):
        trial.sink.post(whole[:length], _GZIP).require_problem(400)
    trial.sink.post(body_of(batch)[:-1]).require_problem(400)
    trial.require_counted(batch, accepted=20)


def what_is_no_batch_is_refused(trial: Trial) -> None:
    """Not JSON, not an array, not gzip."""
    for body in (b"", b"Sign in", json.dumps({"events": []}).encode()):
        trial.sink.post(body).require_problem(400)
    trial.sink.post(b"[]", _GZIP).require_problem(400)


def too_many_events_are_refused_as_a_whole(trial: Trial) -> None:
    """The kiosk halves the batch then."""
    batch = trial.samples.answers(MAX_EVENTS + 1)
    trial.sink.send(batch).require_problem(413)
    trial.require_counted(batch[:1], accepted=1)


def too_many_bytes_are_refused_packed_or_not(trial: Trial) -> None:
    """Unpacked with a bound: a hundred megabytes of blanks fit into one packed tenth of one."""
    trial.sink.post(b"[" + b" " * MAX_BYTES + b"]").require_problem(413)
    trial.sink.post(packed(b"[" + b" " * (100 * MAX_BYTES) + b"]"), _GZIP).require_problem(413)


def a_wrong_token_is_refused(trial: Trial) -> None:
    """And so is none."""
    trial.sink.post(b"[]", {"Authorization": f"Bearer {'A' * 43}"}).require_problem(401)
    trial.sink.post(b"[]", {"Authorization": ""}).require_problem(401)


def _with(event: Event, **data: Any) -> Event:
    return {**event, "data": {**event["data"], **data}}


RULES: tuple[Rule, ...] = (
    other_content_under_a_known_id_is_a_conflict,
    another_record_under_a_known_sequence_is_a_conflict,
    a_bad_event_is_rejected_alone,
    a_character_that_databases_refuse_spoils_only_its_own_event,
    an_event_of_an_unknown_type_is_rejected_alone,
    an_event_of_another_kiosk_is_rejected_alone,
    a_batch_that_was_cut_short_leaves_nothing,
    what_is_no_batch_is_refused,
    too_many_events_are_refused_as_a_whole,
    too_many_bytes_are_refused_packed_or_not,
    a_wrong_token_is_refused,
)
