"""The rollups always say what a count of the rows would say, whatever comes in whatever order, however often."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from kiosk.answer import STAFF_TEST, Outcome
from kiosk.hub.store.database import Database
from kiosk.hub.store.ingest import Taken, take
from kiosk.wire.reading import read_batch
from kiosk.wire.writing import Event, body_of
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send
from tests.hub.store.recount import recount, rollups
from tests.patience import PATIENCE_SECONDS

_HOUR_MS = 3_600_000

values = st.fixed_dictionaries({}, optional={"value": st.integers(1, 5)}) | st.fixed_dictionaries(
    {"kind": st.just("nps"), "value": st.none() | st.integers(0, 10)}
)
selections = st.fixed_dictionaries(
    {"kind": st.just("choice"), "choices": st.lists(st.sampled_from(["queue", "price", "food"]), max_size=3).map(tuple)}
)
texts = st.fixed_dictionaries({"kind": st.just("text"), "text": st.none() | st.sampled_from(["slow", ""])})
marks = st.sampled_from([(), (), ("burst",), (STAFF_TEST,), ("burst", STAFF_TEST)])
instants = st.integers(-40, 40).map(lambda quarters: NOON_MS + quarters * _HOUR_MS // 4)

answers = st.builds(
    lambda said, marks, at_ms, withdrawn: {
        **said,
        **({"value": None} if withdrawn and said.get("kind", "smiley") == "smiley" else {}),
        "marks": marks,
        "at_ms": at_ms,
    },
    values | selections | texts,
    marks,
    instants,
    st.booleans(),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[tuple[int, int]], int]:
    """Give answers, which of them supersede which, and a seed for the order in which all arrives."""
    said = draw(st.lists(answers, min_size=1, max_size=14))
    places = st.integers(0, len(said) - 1)
    pairs = st.tuples(places, places).map(lambda pair: (max(pair), min(pair)))  # a kiosk changes what was said before
    return said, draw(st.lists(pairs, max_size=8)), draw(st.integers(0, 1_000_000))


def events_of(make: Maker, said: list[dict[str, Any]], pairs: list[tuple[int, int]]) -> list[Event]:
    events = [make.answer(**fields) for fields in said]
    for later, earlier in pairs:
        if later != earlier:
            events[later]["data"]["supersedes"] = events[earlier]["id"]
    return [*events, make.visit(said[0]["at_ms"]), make.visit(outcome=Outcome.LEFT)]


def batches_of(events: list[Event], chance: random.Random) -> Iterator[list[Event]]:
    """Give all events at least once, some several times, in any order, in batches of any size."""
    sent = events + chance.sample(events, chance.randrange(len(events) + 1))
    chance.shuffle(sent)
    while sent:
        size = chance.randint(1, len(sent))
        yield sent[:size]
        sent = sent[size:]


@pytest.mark.parametrize("day_ends_at", [time(4, 0), time(3, 50)])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_the_rollups_are_a_count_of_the_rows(
    database: Database, day_ends_at: time, history: tuple[list[dict[str, Any]], list[tuple[int, int]], int]
) -> None:
    said, pairs, seed = history
    device = let_in(database, day_ends_at)
    events = events_of(Maker(device.id), said, pairs)
    accepted = 0
    for batch in batches_of(events, random.Random(seed)):
        taken = send(database, device, *batch, now_ms=NOON_MS + 12 * _HOUR_MS)
        assert not taken.rejected
        assert taken.accepted + taken.duplicates == len(batch)
        accepted += taken.accepted
        assert rollups(database, device) == recount(database, device)
    assert accepted == len(events)


def test_a_changed_answer_moves_in_the_counts_and_a_withdrawn_one_leaves_them(database: Database) -> None:
    device = let_in(database)
    make = Maker(device.id)
    first, changed = make.answer(value=1), make.answer(value=5)
    changed["data"]["supersedes"] = first["id"]
    withdrawn = make.answer(value=None)
    withdrawn["data"]["supersedes"] = changed["id"]
    expected = [(1, 0, 0, {1: 1}), (1, 0, 1, {5: 1}), (0, 0, 2, {})]
    for event, facts in zip((first, changed, withdrawn), expected, strict=True):
        send(database, device, event)
        assert list(rollups(database, device)["days"].values()) == [facts]


def test_the_last_day_of_the_calendar_and_the_first_are_counted(database: Database) -> None:
    device = let_in(database)
    make = Maker(device.id)
    taken = send(database, device, make.answer(at_ms=0), make.answer(at_ms=253_402_300_799_999))
    assert (taken.accepted, len(rollups(database, device)["days"])) == (2, 2)


@pytest.mark.parametrize("devices", [1, 4])
def test_four_writers_at_once_lose_and_double_nothing(new_server: Database, devices: int) -> None:
    """On one device they meet at every row, on four at none."""
    fleet = [let_in(new_server) for _ in range(devices)]
    histories = {}
    for device in fleet:
        make = Maker(device.id)
        events = [make.answer(value=1 + number % 5) for number in range(60)]
        for later, earlier in ((number, number - 7) for number in range(7, 60, 5)):
            events[later]["data"]["supersedes"] = events[earlier]["id"]
        histories[device] = events

    def write(writer: int) -> int:
        chance, accepted = random.Random(writer), 0
        for device in fleet:
            for batch in batches_of(histories[device], chance):
                accepted += send(new_server, device, *batch).accepted
        return accepted

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(4))) == 60 * devices
    for device in fleet:
        assert rollups(new_server, device) == recount(new_server, device)


def test_four_writers_never_wait_for_each_other_in_a_circle(
    new_server: Database, caplog: pytest.LogCaptureFixture
) -> None:
    device = let_in(new_server)
    make = Maker(device.id)
    events = [make.answer(at_ms=NOON_MS - number * _HOUR_MS, value=1 + number % 5) for number in range(200)]

    def write(writer: int) -> None:
        chance = random.Random(writer)
        for batch in batches_of(events, chance):
            send(new_server, device, *batch)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert not [record for record in caplog.records if "once more" in record.message], "a deadlock had to be broken"
    assert rollups(new_server, device) == recount(new_server, device)


def test_batches_of_one_kiosk_are_taken_one_after_the_other(new_server: Database) -> None:
    """An answer and the one that supersedes it, each in a transaction that cannot see the other, would both count."""
    device = let_in(new_server)
    make = Maker(device.id)
    first, later = make.answer(value=1), make.answer(value=5)
    later["data"]["supersedes"] = first["id"]
    batch = read_batch(body_of([first]))
    send(new_server, device)

    def take_while_the_other_knocks(connection: Connection) -> Future[Taken]:
        take(connection, device, batch, NOON_MS)
        other = pool.submit(send, new_server, device, later)
        while not other.done() and not _somebody_waits(new_server):
            pass
        return other

    with ThreadPoolExecutor(1) as pool:
        new_server.write(take_while_the_other_knocks).result(PATIENCE_SECONDS)
    assert rollups(new_server, device) == recount(new_server, device)
    assert [facts[0] for facts in rollups(new_server, device)["days"].values()] == [1]


def _somebody_waits(database: Database) -> bool:
    with database.read() as connection:
        return bool(connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar())
