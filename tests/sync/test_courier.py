"""Records arrive once in effect, in order, whatever the other side does."""

from __future__ import annotations

import ssl
from typing import Any

import httpx2
import pytest

from kiosk.sync.courier import STOPPED_SECONDS
from kiosk.sync.trouble import Trouble
from tests.sync.conftest import Answering, Counter, Pass, ack, events_of, problem, records_of


def test_records_leave_in_the_order_they_were_counted_and_once(counter: Counter) -> None:
    records = counter.visits(600)
    hub = counter.to_hub()
    assert hub.drain() == 1200
    sent = [event for batch in hub.receiver.batches for event in batch]
    assert [event["id"] for event in sent] == [str(record.id) for record in records]
    assert [len(batch) for batch in hub.receiver.batches] == [498, 498, 204]
    assert counter.delivery(hub).waiting == 0


def test_a_batch_stays_within_a_mebibyte(counter: Counter) -> None:
    counter.answers(400, kind="text", points=None, value=None, text="ä" * 4000)
    hub = counter.to_hub()
    hub.drain()
    assert len(hub.receiver.batches) == 4
    assert sum(map(len, hub.receiver.batches)) == 400


def test_a_token_goes_along_and_nothing_of_the_environment(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    counter.answers(1)
    hub = counter.to_hub()
    hub.drain()
    (request,) = hub.receiver.requests
    assert request.headers["authorization"] == f"Bearer {'t' * 43}"
    assert str(request.url) == "https://hub.example/v1/events"
    assert hub.sender._client.trust_env is False


def test_the_cursor_waits_for_the_answer(counter: Counter) -> None:
    counter.answers(3)
    hub = counter.to_hub(lambda _: httpx2.ReadTimeout("slow"))
    step = hub.courier.step()
    assert (step.trouble, step.is_done, counter.delivery(hub).acked_seq) == (Trouble.UNREACHABLE, True, 0)
    hub.receiver.answer = ack
    assert hub.drain() == 3
    first, again = hub.receiver.batches
    assert first == again


def test_an_answer_that_was_lost_after_the_commit_is_a_duplicate_the_next_time(counter: Counter) -> None:
    kept: set[str] = set()

    def hub_that_loses_its_first_answer(request: httpx2.Request) -> Any:
        ids = {event["id"] for event in records_of(request)}
        duplicates, first = len(ids & kept), not kept
        kept.update(ids)
        if first:
            return httpx2.RemoteProtocolError("cut")
        return ack(request, accepted=len(ids) - duplicates, duplicate=duplicates)

    counter.answers(4)
    hub = counter.to_hub(hub_that_loses_its_first_answer)
    assert (hub.drain(), hub.drain(), len(kept)) == (0, 4, 4)


def test_what_is_kept_of_the_progress_outlives_the_courier(counter: Counter) -> None:
    counter.answers(2)
    counter.to_hub().drain()
    counter.answers(1)
    again = counter.to_hub()
    assert again.drain() == 1
    assert [event["sequence"] for event in again.receiver.batches[0]] == [f"{3:020d}"]


PAGE = "<html><body>Welcome to our Wi-Fi</body></html>"
STRANGERS: dict[str, httpx2.Response] = {
    "a page": httpx2.Response(200, html=PAGE),
    "a page that says it is JSON": httpx2.Response(200, text=PAGE, headers={"content-type": "application/json"}),
    "nothing": httpx2.Response(200, content=b""),
    "no content": httpx2.Response(204),
    "other JSON": httpx2.Response(200, json={"status": "ok"}),
    "a list": httpx2.Response(200, json=[]),
    "a redirect": httpx2.Response(302, headers={"location": "https://portal.example/login"}),
    "a moved address": httpx2.Response(307, headers={"location": "https://portal.example/v1/events"}),
    "a sign-in": httpx2.Response(401, html=PAGE),
    "a forbidding page": httpx2.Response(403, html=PAGE),
    "a page about too much": httpx2.Response(413, html=PAGE),
    "a page about a bad request": httpx2.Response(400, html=PAGE),
    "a page about something gone": httpx2.Response(410, html=PAGE),
    "a page about its own fault": httpx2.Response(500, html=PAGE),
    "a page of a proxy": httpx2.Response(503, text=PAGE),
    "a server of files": httpx2.Response(501),
    "a server that takes no POST": httpx2.Response(405),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_but_the_hub_is_believed(counter: Counter, name: str) -> None:
    counter.answers(1)
    hub = counter.to_hub(lambda _: STRANGERS[name])
    step = hub.courier.step()
    assert step.trouble is Trouble.PORTAL
    assert step.wait_s <= 5
    delivery = counter.delivery(hub)
    assert (delivery.acked_seq, delivery.trouble, counter.refused()) == (0, "portal", [])
    assert [str(request.url) for request in hub.receiver.requests] == ["https://hub.example/v1/events"]
    hub.receiver.answer = ack
    assert hub.drain() == 1


@pytest.mark.parametrize(
    "members",
    [
        {"hub": "0190aaaa-0000-7000-8000-000000000002"},
        {"accepted": 1},
        {"accepted": 3},
        {"duplicate": 1},
        {"server_time": "yesterday"},
        {"accepted": -2},
    ],
)
def test_an_answer_that_does_not_fit_the_batch_confirms_nothing(counter: Counter, members: dict[str, Any]) -> None:
    counter.answers(2)
    hub = counter.to_hub(lambda request: ack(request, **members))
    assert hub.courier.step().trouble is Trouble.PORTAL
    assert counter.delivery(hub).acked_seq == 0


def _cut(body: bytes) -> Answering:
    return lambda _: httpx2.Response(200, content=body)


def test_an_answer_cut_anywhere_confirms_nothing(counter: Counter) -> None:
    counter.answers(1)
    hub = counter.to_hub()
    whole = ack(hub.receiver.requests[0]).content if hub.drain() else b""
    counter.answers(1)
    for length in range(len(whole)):
        hub.receiver.answer = _cut(whole[:length])
        assert hub.courier.step().trouble is Trouble.PORTAL, length
    assert counter.delivery(hub).acked_seq == 1
    hub.receiver.answer = ack
    assert hub.drain() == 1


def test_a_reply_without_end_is_given_up(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.sync.sender.MAX_REPLY_BYTES", 1000)
    counter.answers(1)
    hub = counter.to_hub(lambda _: httpx2.Response(200, content=b" " * 2000))
    assert hub.courier.step().trouble is Trouble.PORTAL


def test_what_the_hub_rejects_is_parked_and_the_rest_goes_on(counter: Counter) -> None:
    records = counter.answers(5)

    def picky(request: httpx2.Request) -> httpx2.Response:
        bad = [{"id": str(records[2].id), "type": "/problems/conflict", "detail": "stored with another value"}]
        return ack(request, bad if len(records_of(request)) == 5 else ())

    hub = counter.to_hub(picky)
    assert hub.drain() == 5
    (parked,) = counter.reader.refused()
    assert (parked.refusal.record_id, parked.refusal.code) == (records[2].id, "conflict")
    assert parked.refusal.detail == "stored with another value"
    counter.answers(1)
    assert hub.drain() == 1


def test_a_record_without_a_readable_id_is_found_by_its_place(counter: Counter) -> None:
    counter.answers(3)
    rejected = [{"id": None, "position": 1, "type": "/problems/invalid", "detail": "id"}]
    counter.to_hub(lambda request: ack(request, rejected)).drain()
    assert counter.refused() == [(2, "invalid")]


def _poisoned(numbers: set[int], refusal: httpx2.Response) -> Answering:
    """Refuse a whole request as long as one of these records is in it."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent = {int(event["sequence"]) for event in records_of(request)}
        return refusal if sent & numbers else ack(request)

    return answer


@pytest.mark.parametrize(("status", "code"), [(400, "unreadable"), (413, "too-large"), (415, "unreadable")])
def test_poison_is_found_by_halving_and_parked_and_the_others_go_through(
    counter: Counter, status: int, code: str
) -> None:
    counter.answers(700)
    hub = counter.to_hub(_poisoned({1, 333, 334, 700}, problem(status, code)))
    assert hub.drain() == 700
    assert counter.refused() == [(1, code), (333, code), (334, code), (700, code)]
    assert len(hub.receiver.requests) < 80
    counter.answers(400)
    hub.receiver.requests.clear()
    assert (hub.drain(), len(hub.receiver.requests)) == (400, 1)


def test_a_receiver_of_small_batches_gets_them(counter: Counter) -> None:
    counter.answers(500)

    def small(request: httpx2.Request) -> httpx2.Response:
        return ack(request) if len(records_of(request)) <= 100 else problem(413, "too-large")

    hub = counter.to_hub(small)
    assert (hub.drain(), counter.refused()) == (500, [])


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(401, Trouble.UNAUTHORISED), (403, Trouble.FORBIDDEN), (410, Trouble.RETIRED)],
)
def test_who_is_turned_away_asks_no_more_until_there_is_another_token(
    counter: Counter, status: int, trouble: Trouble
) -> None:
    counter.answers(1)
    hub = counter.to_hub(lambda _: problem(status))
    for _ in range(5):
        step = hub.courier.step()
        assert (step.trouble, step.wait_s) == (trouble, STOPPED_SECONDS)
    assert len(hub.receiver.requests) == 1
    assert counter.delivery(hub).trouble == trouble
    counter.pass_, hub.receiver.answer = Pass(token="n" * 43), ack
    assert hub.drain() == 1
    assert counter.delivery(hub).trouble is None


def test_nothing_is_sent_without_a_pass(counter: Counter) -> None:
    counter.answers(1)
    hub = counter.to_hub()
    counter.pass_ = None
    assert hub.courier.step().trouble is Trouble.NOT_ENROLLED
    assert not hub.receiver.requests


def test_a_token_of_another_device_parks_nothing(counter: Counter) -> None:
    records = counter.answers(2)
    rejected = [{"id": str(each.id), "type": "/problems/foreign", "detail": "source"} for each in records]
    hub = counter.to_hub(lambda request: ack(request, rejected))
    assert hub.courier.step().trouble is Trouble.FOREIGN
    assert (counter.refused(), counter.delivery(hub).acked_seq) == ([], 0)


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (429, Trouble.BUSY),
        (500, Trouble.FAILING),
        (502, Trouble.BUSY),
        (503, Trouble.BUSY),
        (504, Trouble.BUSY),
    ],
)
def test_who_asks_for_time_gets_it(counter: Counter, status: int, trouble: Trouble) -> None:
    counter.answers(1)
    hub = counter.to_hub(lambda _: problem(status, "busy", **{"retry-after": "120"}))
    step = hub.courier.step()
    assert step.trouble is trouble and 120 <= step.wait_s <= 125
    hub.receiver.answer = ack
    assert hub.drain() == 1


def test_a_wrong_certificate_is_named(counter: Counter) -> None:
    def refuse(_: httpx2.Request) -> Exception:
        error = httpx2.ConnectError("hostname mismatch")
        error.__cause__ = ssl.SSLCertVerificationError("hostname mismatch")
        return error

    counter.answers(1)
    assert counter.to_hub(refuse).courier.step().trouble is Trouble.CERTIFICATE


def test_one_destination_never_waits_for_another(counter: Counter) -> None:
    counter.answers(3)
    dead = counter.to_webhook(lambda _: httpx2.ConnectError("no route"))
    hub = counter.to_hub()
    dead.drain()
    assert hub.drain() == 3
    assert (counter.delivery(dead).waiting, counter.delivery(hub).waiting) == (3, 0)
    dead.receiver.answer = lambda _: httpx2.Response(202)
    assert dead.drain() == 3


@pytest.mark.parametrize(
    ("at_ms", "time"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (2_147_483_648_000, "2038-01-19T03:14:08.000Z"),
        (1_792_889_999_999, "2026-10-25T00:59:59.999Z"),
        (1_792_890_000_000, "2026-10-25T01:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ],
)
def test_any_clock_can_be_told(counter: Counter, at_ms: int, time: str) -> None:
    counter.clock.at_ms, counter.clock.state = at_ms, "rtc"
    counter.answers(1)
    hub = counter.to_hub()
    assert hub.drain() == 1
    assert [event["time"] for event in events_of(hub.receiver.requests[0])] == [time]
