"""A batch as it goes over the wire: what is written is read, and one bad event spoils no other."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.answer import Answer, Outcome
from kiosk.clock import Moment
from kiosk.wire.base import MAX_BYTES, MAX_EVENTS
from kiosk.wire.event import AnswerEvent, VisitEvent
from kiosk.wire.reading import TooLarge, Unreadable, read_batch, unpacked
from kiosk.wire.writing import Event, answer_event, body_of, packed, visit_event
from tests.records import answer_at, visit_at

DEVICE = UUID("01a203df-0000-7000-8000-000000000001")
MOMENT = Moment(1_793_057_400_123, "boot", 5_000, "synced")


def answer(seq: int = 1, text: str | None = None) -> Answer:
    said: dict[str, Any] = {} if text is None else {"question": "more", "kind": "text", "text": text}
    return answer_at(MOMENT, seq=seq, context={"shift": "morning"}, **said)


def event(seq: int = 1, text: str | None = None) -> Event:
    return answer_event(answer(seq, text), MOMENT.at_ms, DEVICE)


def test_an_answer_that_is_written_is_read_with_all_it_holds() -> None:
    given_answer = answer()
    batch = read_batch(unpacked(packed(body_of([answer_event(given_answer, 1_793_057_400_999, DEVICE)]))))
    (_, read), *_ = batch.events
    assert isinstance(read, AnswerEvent)
    assert (read.id, read.seq, read.source) == (given_answer.id, 1, f"urn:uuid:{DEVICE}")
    assert round(read.time.timestamp() * 1000) == 1_793_057_400_999
    assert (read.data.question, read.data.value, read.data.points) == ("visit", 4, 5)
    assert read.data.context == {"shift": "morning"}
    assert read.data.clock.at_ms == MOMENT.at_ms


def test_a_visit_that_is_written_is_read() -> None:
    visit = visit_at(
        MOMENT, seq=1, outcome=Outcome.TIMED_OUT, follow_ups=("why",), review_shown=True, duration_ms=9_000
    )
    (_, read), *_ = read_batch(body_of([visit_event(visit, MOMENT.at_ms, DEVICE)])).events
    assert isinstance(read, VisitEvent)
    assert (read.data.outcome, read.data.follow_ups, read.data.review_shown) == (Outcome.TIMED_OUT, ("why",), True)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=200))
def test_any_text_comes_through(text: str) -> None:
    (_, read), *_ = read_batch(unpacked(packed(body_of([event(text=text)])))).events
    assert isinstance(read, AnswerEvent)
    assert read.data.text == text


def test_a_bad_event_is_named_and_the_others_are_read() -> None:
    out_of_range, unknown, good = event(1), event(2), event(3)
    out_of_range["data"]["value"] = 99
    unknown["type"] = "kiosk.weather.v1"
    batch = read_batch(body_of([out_of_range, unknown, good]))
    assert [position for position, _ in batch.events] == [2]
    assert [(each.position, str(each.id), each.type) for each in batch.rejected] == [
        (0, out_of_range["id"], "/problems/invalid"),
        (1, unknown["id"], "/problems/unknown-type"),
    ]
    assert "data.value" in batch.rejected[0].detail


def test_a_member_that_a_later_version_adds_is_ignored() -> None:
    later = {**event(), "traceparent": "00-1"}
    later["data"] = {**later["data"], "mood": "sunny"}
    assert not read_batch(body_of([later])).rejected


@pytest.mark.parametrize("body", [b"", b"<html>Sign in</html>", b"{}", b'"x"', b"[", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_batch_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_batch(body)


def test_a_batch_of_too_many_events_is_too_large() -> None:
    with pytest.raises(TooLarge):
        read_batch(json.dumps([event()] * (MAX_EVENTS + 1)).encode())
    with pytest.raises(TooLarge):
        read_batch(json.dumps([1] * (MAX_EVENTS + 1)).encode())


def test_a_body_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge):
        unpacked(packed(b" " * (100 * MAX_BYTES)))


def test_a_body_that_was_cut_short_anywhere_is_unreadable() -> None:
    whole = packed(body_of([event()]))
    for length in range(len(whole)):
        with pytest.raises(Unreadable):
            unpacked(whole[:length])


def test_a_record_without_a_number_cannot_be_sent() -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="no sequence number"):
        answer_event(replace(answer(), seq=None), MOMENT.at_ms, DEVICE)
