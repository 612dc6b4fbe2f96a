"""What no database could keep, or no figure count, is refused at the door: it would block all that is behind it."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.wire.ack import Rejected
from kiosk.wire.base import HIGHEST_SEQUENCE
from kiosk.wire.event import REPORT
from kiosk.wire.reading import read_batch
from kiosk.wire.writing import body_of, iso_time, plain_event
from tests.wire.test_batch import DEVICE, MOMENT, answer, event


def refused(changed: dict[str, Any], **data: Any) -> tuple[Rejected, ...]:
    written = {**event(), **changed}
    written["data"] = {**written["data"], **data}
    return tuple(read_batch(body_of([written, event(2)])).rejected)


@pytest.mark.parametrize("number", [0, HIGHEST_SEQUENCE + 1, 10**19, 10**20 - 1])
def test_a_sequence_number_that_no_database_can_keep_is_refused(number: int) -> None:
    (only,) = refused({"sequence": f"{number:020d}"})
    assert only.detail.startswith("sequence: ")


def test_the_first_and_the_last_sequence_number_are_taken() -> None:
    assert not refused({"sequence": f"{1:020d}"})
    assert not refused({"sequence": f"{HIGHEST_SEQUENCE:020d}"})


@pytest.mark.parametrize(
    "time",
    ["1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T10:00:00", 5],
)
def test_an_instant_that_cannot_be_counted_with_is_refused(time: object) -> None:
    (only,) = refused({"time": time})
    assert only.detail.startswith("time: ")


def test_every_instant_that_a_kiosk_can_store_is_taken() -> None:
    assert not refused({"time": iso_time(0)})
    assert not refused({"time": iso_time(253_402_300_799_999)})


@pytest.mark.parametrize("member", ["question", "language", "touchpoint", "survey_revision", "layout", "text"])
def test_a_character_that_postgresql_does_not_keep_is_refused(member: str) -> None:
    (only,) = refused({}, **{member: "a\x00b"})
    assert only.detail.startswith(f"data.{member}: ")


@pytest.mark.parametrize(
    "data",
    [
        {"value": 6},
        {"value": 0},
        {"value": "4"},
        {"value": True},
        {"points": 11},
        {"points": 2, "value": 1},
        {"points": None},
        {"points": None, "value": None},
        {"kind": "nps", "points": 5, "value": 5},
        {"kind": "choice", "points": 3, "value": 3},
        {"kind": "text", "points": None, "value": 1},
    ],
)
def test_a_value_that_is_not_on_the_questions_scale_is_refused(data: dict[str, Any]) -> None:
    assert refused({}, **data)


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "nps", "points": 11, "value": 0},
        {"kind": "ces", "points": 7, "value": 7},
        {"kind": "csat", "points": 5, "value": 1},
        {"kind": "success", "points": 3, "value": 0},
        {"kind": "smiley", "points": 3, "value": None},
        {"kind": "choice", "points": None, "value": None, "choices": ["queue"]},
    ],
)
def test_a_value_on_its_scale_is_taken_whatever_the_kind(data: dict[str, Any]) -> None:
    assert not refused({}, **data)


def test_the_longest_text_that_a_customer_can_write_is_taken() -> None:
    family = "👨‍👩‍👧‍👦"
    assert not refused({}, kind="text", points=None, value=None, text=family * 1000)


def test_half_a_character_spoils_only_its_own_event() -> None:
    body = body_of([event(1, "half"), event(2)]).replace(b'"half"', b'"\\ud800"')
    batch = read_batch(body)
    assert [position for position, _ in batch.events] == [1]
    assert [each.position for each in batch.rejected] == [0]


def test_a_report_holds_numbers_only() -> None:
    report = {"version": "1", "schema_version": 3, "survey_revision": "a", "now_ms": 1, "boot_id": "b", "boot_ms": 1}
    report |= {"clock_state": "synced", "config": {"etag": "", "state": "own"}, "temperature_c": float("nan")}
    batch = read_batch(body_of([plain_event(REPORT, answer().id, MOMENT.at_ms, DEVICE, report)]))
    assert batch.rejected[0].detail.startswith("data.temperature_c: ")
