"""What becomes of a batch: stored once, known again, or refused for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, select

from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.erasures import erase
from kiosk.hub.store.tables.fleet import DEVICE, DEVICE_STATE
from kiosk.hub.store.tables.records import ANSWER, TOMBSTONE, VISIT
from kiosk.wire.writing import Event, iso_time
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send
from tests.hub.store.recount import recount, rollups

_DAY_MS = 86_400_000


@pytest.fixture
def device(database: Database) -> Device:
    return let_in(database)


@pytest.fixture
def make(device: Device) -> Maker:
    return Maker(device.id)


@pytest.fixture
def rows(database: Database) -> Callable[[Table], list[dict[str, Any]]]:
    def read(table: Table) -> list[dict[str, Any]]:
        with database.read() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    return read


Rows = Callable[[Table], list[dict[str, Any]]]


def test_an_answer_is_kept_with_all_it_holds(database: Database, device: Device, make: Maker, rows: Rows) -> None:
    event = make.answer(kind="choice", choices=("queue", "price"), marks=("burst",), context={"shift": "morning"})
    event["data"]["points"] = None
    taken = send(database, device, event)
    assert (taken.accepted, taken.duplicates, taken.rejected, taken.highest_seq) == (1, 0, (), 1)
    (row,) = rows(ANSWER)
    assert (row["device_id"], str(row["id"]), row["seq"], row["at_ms"]) == (device.id, event["id"], 1, NOON_MS)
    assert (row["question"], row["kind"], row["points"], row["value"], row["text"]) == (
        "choice",
        "choice",
        0,
        None,
        None,
    )
    assert (row["choices"], row["marks"], row["context"]) == ('["queue","price"]', '["burst"]', '{"shift":"morning"}')
    assert json.loads(row["clock"]) == {"at_ms": NOON_MS, "boot_id": "boot", "boot_ms": 600_000, "state": "synced"}
    assert (row["received_ms"], row["is_timed"], row["superseded"]) == (NOON_MS, True, 0)


def test_what_comes_again_is_a_duplicate(database: Database, device: Device, make: Maker, rows: Rows) -> None:
    batch = [make.answer(), make.visit(), make.answer()]
    assert send(database, device, *batch, batch[0]).duplicates == 1
    again = send(database, device, *batch, make.answer())
    assert (again.accepted, again.duplicates, again.highest_seq) == (1, 3, 4)
    assert (len(rows(ANSWER)), len(rows(VISIT))) == (3, 1)


def test_a_resend_with_a_better_time_is_a_duplicate(database: Database, device: Device, make: Maker) -> None:
    """A kiosk corrects `time` once its clock is set; what was sent before, and never confirmed, comes with another."""
    event = make.answer()
    send(database, device, event)
    assert send(database, device, {**event, "time": iso_time(NOON_MS + 5_000)}).duplicates == 1


@pytest.mark.parametrize(
    ("member", "other"), [("value", 1), ("language", "sv"), ("marks", ["burst"]), ("visit_id", str(UUID(int=1)))]
)
def test_the_same_id_with_another_content_is_a_conflict(
    database: Database, device: Device, make: Maker, member: str, other: object
) -> None:
    event, good = make.answer(), make.answer()
    send(database, device, event)
    event["data"] = {**event["data"], member: other}
    taken = send(database, device, event, good)
    (refused,) = taken.rejected
    assert (str(refused.id), refused.position, refused.type) == (event["id"], 0, "/problems/conflict")
    assert (taken.accepted, taken.duplicates) == (1, 0)


def test_two_contents_of_one_id_in_one_batch_are_a_conflict(database: Database, device: Device, make: Maker) -> None:
    event = make.answer()
    other = {**event, "data": {**event["data"], "value": 1}}
    taken = send(database, device, event, other)
    assert (taken.accepted, [refused.position for refused in taken.rejected]) == (1, [1])


def test_an_id_that_comes_back_under_another_number_is_a_conflict(
    database: Database, device: Device, make: Maker
) -> None:
    event = make.answer()
    send(database, device, event)
    taken = send(database, device, {**event, "sequence": f"{99:020d}"})
    assert ([refused.type for refused in taken.rejected], taken.highest_seq) == (["/problems/conflict"], 1)


@pytest.mark.parametrize("later", ["answer", "visit"])
def test_a_number_that_is_another_records_shows_a_copied_card(
    database: Database, device: Device, make: Maker, rows: Rows, later: str
) -> None:
    send(database, device, make.answer(), make.answer())
    copy = Maker(device.id)
    taken = send(database, device, copy.answer() if later == "answer" else copy.visit(), now_ms=NOON_MS + 5)
    assert [refused.type for refused in taken.rejected] == ["/problems/conflict"]
    assert rows(DEVICE)[0]["cloned_ms"] == NOON_MS + 5
    assert rollups(database, device) == recount(database, device)


def test_what_names_another_kiosk_is_foreign(database: Database, device: Device, make: Maker, rows: Rows) -> None:
    stranger = Maker(UUID(int=7))
    taken = send(database, device, stranger.answer(), make.answer(), stranger.report())
    assert [(refused.position, refused.type) for refused in taken.rejected] == [
        (0, "/problems/foreign"),
        (2, "/problems/foreign"),
    ]
    assert taken.accepted == 1


def test_a_gap_is_filled_later(database: Database, device: Device, make: Maker) -> None:
    events = [make.answer() for _ in range(5)]
    send(database, device, events[4], events[0])
    taken = send(database, device, *events)
    assert (taken.accepted, taken.duplicates, taken.highest_seq) == (3, 2, 5)


def test_texts_are_cleaned_on_the_way_in(database: Database, device: Device, make: Maker, rows: Rows) -> None:
    hostile = "\x1b[31mred\x1b]0;title\x07 \u202eback\u2028 line"
    send(database, device, make.answer(kind="text", text=hostile, touchpoint="till\x9b", context={"a\x1b": "b\u202e"}))
    (row,) = rows(ANSWER)
    assert row["text"] == "[31mred]0;title back line"
    assert (row["touchpoint"], row["context"]) == ("till", '{"a":"b"}')


@pytest.mark.parametrize("at_ms", [0, 946_684_800_000, NOON_MS + 2 * _DAY_MS, 253_402_300_799_999])
def test_an_instant_that_cannot_be_is_taken_but_not_believed(
    database: Database, device: Device, make: Maker, rows: Rows, at_ms: int
) -> None:
    assert send(database, device, make.answer(at_ms), make.answer()).accepted == 2
    assert [row["is_timed"] for row in rows(ANSWER)] == [False, True]
    assert sorted(key[1] for key in rollups(database, device)["slots"]) == [False, True]


@pytest.mark.parametrize(("corrected", "is_timed"), [(0, False), (1, True)])
def test_a_clock_that_was_never_set_has_no_time_of_day(
    database: Database, device: Device, make: Maker, rows: Rows, corrected: int, is_timed: bool
) -> None:
    event = make.answer()
    event["data"]["clock"]["state"] = "unsynced"
    send(database, device, {**event, "time": iso_time(NOON_MS + corrected)})
    assert rows(ANSWER)[0]["is_timed"] is is_timed


def test_an_erased_text_goes_and_no_resend_brings_it_back(
    database: Database, device: Device, make: Maker, rows: Rows
) -> None:
    event = make.answer(kind="text", text="my number is 040")
    send(database, device, event)
    erasure = make.erasure(event["id"])
    assert send(database, device, erasure).accepted == 1
    again = send(database, device, event, erasure)
    assert (again.accepted, again.duplicates, again.erased) == (0, 2, ())
    assert rows(ANSWER)[0]["text"] == ""
    assert rollups(database, device) == recount(database, device)


def test_a_text_that_was_erased_before_it_came_never_arrives(
    database: Database, device: Device, make: Maker, rows: Rows
) -> None:
    event = make.answer(kind="text", text="my number is 040")
    send(database, device, make.erasure(event["id"]))
    assert send(database, device, event).accepted == 1
    assert rows(ANSWER)[0]["text"] == ""


def test_a_kiosk_is_told_of_an_erasure_until_it_has_erased_too(
    database: Database, device: Device, make: Maker, rows: Rows
) -> None:
    event = make.answer(kind="text", text="my number is 040")
    send(database, device, event)
    answer_id = UUID(event["id"])
    assert database.write(lambda connection: erase(connection, device.id, {answer_id: NOON_MS})) == 1
    assert rows(ANSWER)[0]["text"] == ""
    assert send(database, device).erased == send(database, device, event).erased == (answer_id,)
    assert send(database, device, make.erasure(answer_id)).erased == ()
    assert rows(TOMBSTONE)[0]["told_ms"] == NOON_MS


def test_a_report_says_how_a_kiosk_is_and_how_far_its_clock_is_off(
    database: Database, device: Device, make: Maker, rows: Rows
) -> None:
    send(database, device, make.answer(), make.report(waiting=3), make.report(waiting=2, name="Till\x1b 1"))
    send(database, device, now_ms=NOON_MS + 60_000)
    (state,) = rows(DEVICE_STATE)
    assert (state["seen_ms"], state["highest_seq"], state["offset_ms"], state["boot_id"]) == (
        NOON_MS + 60_000,
        1,
        1_500,
        "boot",
    )
    report = json.loads(state["report"])
    assert (report["waiting"], report["name"]) == (2, "Till 1")


def test_refusals_are_counted(database: Database, device: Device, make: Maker, rows: Rows) -> None:
    broken: Event = {**make.answer(), "data": {}}
    send(database, device, broken, make.answer())
    send(database, device, broken)
    assert rows(DEVICE_STATE)[0]["rejected"] == 2


def test_the_newest_refusal_is_dated_whoever_tells_of_it(
    database: Database, device: Device, make: Maker, rows: Rows
) -> None:
    broken: Event = {**make.answer(), "data": {}}

    def newest_ms() -> int | None:
        found: int | None = rows(DEVICE_STATE)[0]["refused_ms"]
        return found

    send(database, device, make.answer(), make.report())
    assert newest_ms() is None
    send(database, device, broken, make.report(), now_ms=NOON_MS + 1)
    assert newest_ms() == NOON_MS + 1
    send(database, device, make.report(refused=1), now_ms=NOON_MS + 2)
    send(database, device, make.report(refused=1), now_ms=NOON_MS + 3)
    send(database, device, make.answer(), now_ms=NOON_MS + 4)
    assert newest_ms() == NOON_MS + 2, "what the kiosk parked without the hub's word, such as after a 413"


def test_a_survey_is_wanted_until_it_was_told(database: Database, device: Device, make: Maker) -> None:
    assert send(database, device, make.answer()).wanted_surveys == ("0123456789ab",)
    assert send(database, device, make.report(survey_revision="later")).wanted_surveys == ("later",)
    assert send(database, device, make.answer(), make.survey("0123456789ab")).wanted_surveys == ()
    assert send(database, device, make.answer(), make.survey("0123456789ab")).wanted_surveys == ()


@pytest.mark.parametrize(
    "change",
    [{"kind": "smiley", "choices": ["queue"]}, {"kind": "nps", "points": 11, "value": None, "text": "words"}],
)
def test_an_answer_of_two_kinds_is_invalid(
    database: Database, device: Device, make: Maker, change: dict[str, Any]
) -> None:
    event = make.answer()
    event["data"].update(change)
    assert [refused.type for refused in send(database, device, event).rejected] == ["/problems/invalid"]


def test_an_answer_cannot_supersede_itself(database: Database, device: Device, make: Maker) -> None:
    event = make.answer()
    event["data"]["supersedes"] = event["id"]
    assert [refused.type for refused in send(database, device, event).rejected] == ["/problems/invalid"]
