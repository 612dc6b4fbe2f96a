"""What kiosk and hub say to each other besides records."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kiosk.answer import Answer
from kiosk.config import Config
from kiosk.config.reading import load_config
from kiosk.sync.reporter import HubReporter
from kiosk.sync.state import KioskState
from kiosk.wire.reading import read_batch
from tests.sync.conftest import Counter, Served, ack, events_of, problem, records_of

NOON = "2026-11-22T10:00:00Z"
NOON_MS = 1_795_341_600_000


@pytest.fixture
def reporter(counter: Counter, shipped: Config) -> HubReporter:
    state = KioskState(shipped, counter.database, counter.clock, counter.reader)
    return HubReporter(counter.reader.device_id, counter.clock, counter.store, state.report, state.survey)


def _kinds(served: Served) -> list[list[str]]:
    return [[event["type"].split(".")[1] for event in batch] for batch in served.receiver.batches]


def test_every_batch_says_how_the_kiosk_is_also_an_empty_one(
    counter: Counter, reporter: HubReporter, shipped: Config
) -> None:
    hub = counter.to_hub(reporter=reporter)
    hub.drain()
    counter.answers(2)
    counter.clock.wind(90)
    hub.drain()
    assert _kinds(hub) == [["report"], ["answer", "answer", "report"]]
    report = hub.receiver.batches[1][-1]["data"]
    assert report["waiting"] == 2 and report["oldest_waiting_ms"] == counter.clock.at_ms - 90_000
    assert report["last_tap_ms"] == counter.clock.at_ms - 90_000
    assert report["survey_revision"] == shipped.survey.revision
    assert report["schema_version"] == 3 and report["name"] == "Kassa 1"


def test_a_clock_that_nobody_has_set_is_told_once(counter: Counter, shipped: Config) -> None:
    counter.clock.state = "unsynced"
    (delivery,) = counter.reader.deliveries(["hub"])
    report = KioskState(shipped, counter.database, counter.clock, counter.reader).report(delivery, 0)
    assert report.clock_state == "unsynced"
    assert not [problem for problem in report.problems if "clock" in problem]


def test_a_full_batch_is_no_larger_than_a_hub_takes(counter: Counter, reporter: HubReporter, shipped: Config) -> None:
    counter.answers(1200)
    hub = counter.to_hub(lambda request: ack(request, wanted_surveys=[shipped.survey.revision]), reporter)
    assert hub.drain() == 1200
    assert [len(batch) for batch in hub.receiver.batches] == [499, 500, 206]


def test_the_hub_can_read_all_that_is_sent(counter: Counter, reporter: HubReporter, shipped: Config) -> None:
    counter.visits(2)
    counter.answers(1, kind="text", points=None, value=None, text="kylmää")
    counter.store.erase_texts(counter.clock.at_ms + 1).result()
    hub = counter.to_hub(lambda request: ack(request, wanted_surveys=[shipped.survey.revision]), reporter)
    hub.drain()
    hub.courier.step()
    for batch in hub.receiver.requests:
        read = read_batch(gzip.decompress(batch.content))
        assert not read.rejected and len(read.events) == len(events_of(batch))
    assert _kinds(hub)[0] == ["answer", "visit", "answer", "visit", "answer", "erase", "report"]


def test_a_survey_is_told_when_the_hub_wants_it_and_then_no_more(
    counter: Counter, reporter: HubReporter, shipped: Config, tmp_path: Path
) -> None:
    wanted = [["0123456789ab", shipped.survey.revision], ["0123456789ab"], []]
    hub = counter.to_hub(lambda request: ack(request, wanted_surveys=wanted.pop(0)), reporter)
    for _ in range(3):
        hub.courier.step()
    assert _kinds(hub) == [["report"], ["report", "survey"], ["report"]]
    told = hub.receiver.batches[1][1]["data"]
    assert told["revision"] == shipped.survey.revision
    assert _read_again(told["document"], tmp_path).survey.revision == shipped.survey.revision


def _read_again(document: dict[str, Any], folder: Path) -> Config:
    """Read what the hub was told as `kiosk check` reads a file."""
    path = folder / "told.toml"
    lines = [f"{name} = {_toml(value)}" for name, value in document.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_config(path)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{name}" = {_toml(each)}' for name, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def test_the_offset_of_the_clock_is_learnt_from_the_answer(counter: Counter, reporter: HubReporter) -> None:
    counter.clock.at_ms = NOON_MS - 5000

    def slow(request: httpx2.Request) -> httpx2.Response:
        counter.clock.wind(2)
        return ack(request, server_time=NOON)

    hub = counter.to_hub(slow, reporter)
    hub.courier.step()
    hub.courier.step()
    assert [batch[-1]["data"]["clock_offset_ms"] for batch in hub.receiver.batches] == [0, 4000]


def test_a_kiosk_that_does_not_know_the_time_asks_before_its_records_leave(
    counter: Counter, reporter: HubReporter
) -> None:
    counter.clock.at_ms, counter.clock.state = 1_000, "unsynced"
    counter.answers(1)
    counter.clock.wind(600)
    hub = counter.to_hub(lambda request: ack(request, server_time=NOON), reporter)
    assert hub.drain() == 1
    assert _kinds(hub) == [["report"], ["answer", "report"]]
    assert records_of(hub.receiver.requests[1])[0]["time"] == "2026-11-22T09:50:00.000Z"


def test_what_was_erased_at_the_hub_is_erased_here_and_told(counter: Counter, reporter: HubReporter) -> None:
    (answer,) = counter.answers(1, kind="text", points=None, value=None, text="soita 040 123")
    erased = [str(answer.id)]
    hub = counter.to_hub(lambda request: ack(request, erased=erased), reporter)
    hub.drain()
    hub.drain()
    (kept,) = [each.record for each in counter.reader.outbox(0, 1)]
    assert isinstance(kept, Answer) and kept.text == ""
    assert records_of(hub.receiver.requests[1])[0]["data"]["answer_id"] == erased[0]
    assert b"040 123" not in b"".join(path.read_bytes() for path in counter.database.parent.iterdir())


def test_a_report_that_is_refused_does_not_cost_a_record(counter: Counter, reporter: HubReporter) -> None:
    counter.answers(3)

    def no_reports(request: httpx2.Request) -> httpx2.Response:
        return problem(400) if len(events_of(request)) > len(records_of(request)) else ack(request)

    hub = counter.to_hub(no_reports, reporter)
    for _ in range(12):
        hub.courier.step()
    assert (counter.delivery(hub).acked_seq, counter.refused()) == (3, [])
