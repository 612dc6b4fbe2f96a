"""A visit that a crash or a power cut left open is ended at the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kiosk.answer import Outcome
from kiosk.store.reader import Reader
from kiosk.store.store import Store

if TYPE_CHECKING:
    from tests.conftest import WoundClock
    from tests.store.conftest import Maker

Boot = Callable[..., None]
Opening = Callable[[], Store]


def test_a_visit_left_open_is_ended_with_its_last_answer(
    open_store: Opening, make: Maker, clock: WoundClock, database: Path
) -> None:
    visit_id = uuid4()
    store = open_store()
    store.add(make.answer(visit_id=visit_id)).result()
    clock.wind(2.5)
    last = make.answer(visit_id=visit_id, kind="text", text="kylmää", language="sv", touchpoint="keittiö")
    store.add(last).result()
    store.close()
    clock.wind(60)
    open_store()
    with Reader(database) as reader:
        (stored,) = reader.visits()
        assert {answer.outcome for answer in reader.answers()} == {Outcome.LEFT}
    ended = stored.visit
    assert (ended.visit_id, ended.outcome, ended.follow_ups, ended.review_shown) == (visit_id, "left", (), False)
    assert (ended.answering_ms, ended.duration_ms) == (2500, 2500)
    assert (ended.at_ms, ended.boot_ms, ended.language) == (last.at_ms, last.boot_ms, "sv")
    assert (ended.touchpoint, ended.seq) == ("kassa", 3)


def test_a_visit_across_two_boots_has_no_duration(
    open_store: Opening, make: Maker, clock: WoundClock, boot: Boot, database: Path
) -> None:
    visit_id = uuid4()
    store = open_store()
    store.add(make.answer(visit_id=visit_id)).result()
    boot("boot-2", clock.now().at_ms + 9000, 200_000)
    store.add(make.answer(visit_id=visit_id)).result()
    store.close()
    open_store()
    with Reader(database) as reader:
        assert [(stored.visit.answering_ms, stored.visit.duration_ms) for stored in reader.visits()] == [(0, 0)]


def test_a_visit_that_ended_is_left_alone(open_store: Opening, make: Maker, database: Path) -> None:
    store = open_store()
    answer = make.answer()
    store.add(answer).result()
    store.add(make.visit(visit_id=answer.visit_id)).result()
    store.close()
    for _ in range(2):
        open_store().close()
    with Reader(database) as reader:
        assert [stored.visit.outcome for stored in reader.visits()] == [Outcome.COMPLETE]
