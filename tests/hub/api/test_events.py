"""`POST /v1/events` and what else programs ask of a hub: what is acknowledged is stored."""

from __future__ import annotations

import json

import httpx2

from kiosk.hub.hub import Hub
from kiosk.wire.ack import Ack
from kiosk.wire.base import BATCH_TYPE, MAX_BYTES, MAX_EVENTS
from kiosk.wire.well_known import HubFacts
from kiosk.wire.writing import body_of, packed
from tests.hub.api.replies import post, problem, stored
from tests.hub.commits import failing_commits
from tests.hub.store.kiosks import NOON_MS, Maker


def test_a_batch_is_stored_and_acknowledged(kiosk: httpx2.Client, make: Maker, hub: Hub) -> None:
    body = body_of([make.answer(), make.answer(), make.report()])
    for sent, expected in ((packed(body), (2, 0)), (packed(body), (0, 2))):
        reply = post(kiosk, sent, content_encoding="gzip")
        assert reply.status_code == 200
        ack = Ack.model_validate_json(reply.content)
        assert (ack.accepted, ack.duplicate) == expected
        assert (ack.rejected, ack.highest_sequence, ack.hub) == ((), 2, hub.database.identity.id)
        assert (round(ack.server_time.timestamp() * 1000), ack.next_sync_s) == (NOON_MS, 300)
    assert stored(hub.database) == 2


def test_nothing_is_acknowledged_before_it_is_committed(kiosk: httpx2.Client, make: Maker, hub: Hub) -> None:
    body = body_of([make.answer()])
    with failing_commits():
        reply = post(kiosk, body)
    assert (reply.status_code, problem(reply).type) == (503, "/problems/busy")
    assert int(reply.headers["retry-after"]) >= 15
    assert stored(hub.database) == 0
    assert Ack.model_validate_json(post(kiosk, body).content).accepted == 1


def test_a_hub_whose_writing_fails_is_not_ready_until_it_works_again(
    kiosk: httpx2.Client, make: Maker, hub: Hub
) -> None:
    with failing_commits():
        assert kiosk.get("/readyz").status_code == 200, "nothing was tried yet"
        post(kiosk, body_of([make.answer()]))
        assert (problem(kiosk.get("/readyz")).status, kiosk.get("/livez").status_code) == (503, 200)
    assert kiosk.get("/readyz").status_code == 200


def test_a_body_need_not_be_packed_and_may_be_a_single_event(kiosk: httpx2.Client, make: Maker, hub: Hub) -> None:
    assert post(kiosk, body_of([make.answer()])).status_code == 200
    single = json.dumps(make.answer()).encode()
    reply = post(kiosk, single, content_type="application/cloudevents+json; charset=utf-8")
    assert Ack.model_validate_json(reply.content).accepted == 1
    assert stored(hub.database) == 2


def test_a_batch_of_nothing_is_a_sign_of_life(kiosk: httpx2.Client) -> None:
    assert Ack.model_validate_json(post(kiosk, b"[]").content).accepted == 0


def test_a_bad_event_is_named_and_the_others_are_stored(kiosk: httpx2.Client, make: Maker, hub: Hub) -> None:
    bad = make.answer()
    bad["data"]["value"] = 9
    ack = Ack.model_validate_json(post(kiosk, body_of([bad, make.answer()])).content)
    assert [(each.position, each.type) for each in ack.rejected] == [(0, "/problems/invalid")]
    assert (ack.accepted, stored(hub.database)) == (1, 1)


def test_a_hub_says_who_it_is(kiosk: httpx2.Client, hub: Hub) -> None:
    facts = HubFacts.model_validate_json(kiosk.get("/.well-known/kiosk-hub").content)
    assert (facts.hub, facts.versions) == (hub.database.identity.id, ("v1",))
    assert (facts.max_events, facts.max_bytes) == (MAX_EVENTS, MAX_BYTES)


def test_a_hub_whose_schema_was_changed_under_it_is_alive_and_not_ready(kiosk: httpx2.Client, hub: Hub) -> None:
    assert (kiosk.get("/livez").status_code, kiosk.get("/readyz").status_code) == (200, 200)
    hub.database.write(lambda connection: connection.exec_driver_sql("UPDATE hub_schema SET version_num = '9999'"))
    assert kiosk.get("/livez").status_code == 200
    assert problem(kiosk.get("/readyz")).status == 503


def test_the_figures_are_prometheus_s(kiosk: httpx2.Client, make: Maker) -> None:
    good, bad = make.answer(), make.answer()
    bad["data"]["value"] = 9
    waiting = make.report(waiting=2, oldest_waiting_ms=NOON_MS - 90_000)
    post(kiosk, body_of([good, bad, waiting]))
    post(kiosk, body_of([good]))
    told = kiosk.get("/metrics").text.splitlines()
    assert {
        "kiosk_hub_records_accepted_total 1.0",
        "kiosk_hub_records_duplicate_total 1.0",
        'kiosk_hub_records_rejected_total{reason="invalid"} 1.0',
        "kiosk_hub_ingest_batch_size_sum 4.0",
        "kiosk_hub_ingest_duration_seconds_count 2.0",
        "kiosk_hub_writer_queue_depth 0.0",
        'kiosk_hub_devices{state="ok"} 1.0',
        'kiosk_hub_devices{state="lost"} 0.0',
        'kiosk_hub_device_versions{version="0.1.0"} 1.0',
        "kiosk_hub_oldest_unsent_seconds 90.0",
    } <= set(told)


def test_programs_can_read_what_the_hub_takes(kiosk: httpx2.Client) -> None:
    described = kiosk.get("/openapi.json").json()["paths"]["/v1/events"]["post"]
    assert BATCH_TYPE in described["requestBody"]["content"]
    assert {"200", "401", "413", "503"} <= set(described["responses"])
