"""What is counted in the database is what is counted answer by answer, whatever the clock did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.answer import STAFF_TEST, Answer
from kiosk.results.slots import slots, untimed
from kiosk.results.tally import Scale, count
from kiosk.results.taps import taps_of
from kiosk.store import queries
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

VISIT = Scale("visit", "smiley", 5)
BOOTS = (("synced", 0), ("rtc", 0), ("unsynced", 0), ("unsynced", 400_000_000_000))
"""The state of the clock in each boot, and how far it is off."""
DAY_MS = 86_400_000


@pytest.fixture(autouse=True, params=[0, 10**12], ids=["long", "short"])
def long_ms(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read periods both ways: as the table has them, and through indexes."""
    monkeypatch.setattr(queries, "_LONG_MS", request.param)


@pytest.fixture(params=[1, 2, 3])
def filled(request: pytest.FixtureRequest, store: Store, make: Maker, clock: WoundClock, database: Path) -> Path:
    """Some days of answers from boots with all kinds of clocks; in the last boot the clock is set in the end."""
    chance, begin = Random(request.param), clock.at_ms
    for number, (state, off_ms) in enumerate(BOOTS):
        clock.boot_id, clock.boot_ms, clock.state = f"boot {number}", 0, state  # type: ignore[assignment]
        clock.at_ms = begin + number * 2 * DAY_MS - off_ms
        store.add_many(_answers(make, clock, chance))
    clock.state, clock.at_ms = "synced", clock.at_ms + off_ms
    store.note("clock_synced").result()
    return database


def _answers(make: Maker, clock: WoundClock, chance: Random) -> Iterator[Answer]:
    for _ in range(150):
        clock.wind(chance.expovariate(1 / 900))
        answer = _any_answer(make, chance)
        yield answer
        while chance.random() < 0.3:
            clock.wind(2)
            answer = _any_answer(make, chance, answer)
            yield answer


def _any_answer(make: Maker, chance: Random, changed: Answer | None = None) -> Answer:
    """Make an answer of some kind; or another one of the same kind in place of one."""
    replies: dict[tuple[str, int | None], dict[str, Any]] = {
        ("smiley", 5): {"value": chance.choice([1, 2, 3, 4, 5, None])},
        ("smiley", 3): {"value": chance.randint(1, 3), "points": 3},
        ("nps", 11): {"kind": "nps", "points": 11, "value": chance.randint(0, 10)},
        ("choice", None): {
            "kind": "choice",
            "choices": tuple(chance.sample(["queue", "price", "taste"], chance.randint(0, 3))),
        },
        ("text", None): {"kind": "text", "text": chance.choice(["hyvä", None])},
    }
    kind = (changed.kind, changed.points) if changed else chance.choice(list(replies))
    link = {"supersedes": changed.id, "visit_id": changed.visit_id} if changed else {}
    marks = chance.choice([(), (), (), ("burst",), (STAFF_TEST,), (STAFF_TEST, "streak")])
    touchpoint = chance.choice(["kassa", "jono"])
    return make.answer(**replies[kind], **link, marks=marks, touchpoint=touchpoint)


def _periods(reader: Reader) -> list[tuple[int | None, int | None]]:
    """Give periods with and without bounds, their bounds on answers and between them, and one that is empty."""
    times = sorted(stored.corrected_ms for stored in reader.answers())
    third, late = times[len(times) // 3], times[-len(times) // 5] + 1
    return [(None, None), (third, late), (None, third), (late, None), (0, 1)]


def test_the_database_counts_as_the_tally_does(filled: Path) -> None:
    with Reader(filled) as reader:
        for period in _periods(reader):
            assert reader.count_values(*period) == count(reader.answers(*period))
        everything = reader.count_values()
    assert {(scale.kind, scale.points) for scale in everything} == {
        *[("smiley", 5), ("smiley", 3), ("nps", 11), ("choice", None), ("text", None)]
    }
    assert all(counts.n and counts.superseded and counts.flagged for counts in everything.values())


@pytest.mark.parametrize("day_ends_at", [time(4), time(3, 20), time(0, 1)])
def test_the_database_slices_as_the_slots_do(filled: Path, day_ends_at: time) -> None:
    with Reader(filled) as reader:
        for period, scale in chain.from_iterable(
            ((period, scale) for scale in (VISIT, Scale("nps", "nps", 11))) for period in _periods(reader)
        ):
            told = reader.slots(scale, day_ends_at, *period)
            assert sorted(told) == sorted(slots(reader.answers(*period), scale, day_ends_at))
        everything = reader.slots(VISIT, day_ends_at)
    assert 0 < untimed(everything) < sum(slot.n for slot in everything)


def test_the_database_gives_the_taps_that_count(filled: Path) -> None:
    with Reader(filled) as reader:
        for period in _periods(reader):
            assert list(reader.taps(*period)) == list(taps_of(reader.answers(*period)))


def test_a_scale_that_was_reworked_is_sliced_apart(filled: Path) -> None:
    with Reader(filled) as reader:
        three_faces = reader.slots(VISIT._replace(points=3), time(4))
    assert {slot.value for slot in three_faces} == {"1", "2", "3"}
