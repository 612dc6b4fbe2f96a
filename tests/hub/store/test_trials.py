"""Visits of test mode: kept, and never counted."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from kiosk.hub.store.database import Database
from kiosk.hub.store.tables.counts import OUTCOME_COUNT
from tests.hub.store.kiosks import Maker, let_in, send

TEST = ("staff_test",)


def test_a_visit_of_test_mode_is_not_counted(database: Database) -> None:
    device = let_in(database)
    make, tried, real = Maker(device.id), uuid4(), uuid4()
    send(
        database,
        device,
        make.answer(visit_id=tried, marks=TEST),
        make.visit(visit_id=tried),
        make.answer(visit_id=real),
        make.visit(visit_id=real),
        make.visit(visit_id=uuid4()),
    )
    assert _visits(database) == 2


def test_nor_is_one_whose_end_comes_with_a_later_batch(database: Database) -> None:
    device = let_in(database)
    make, tried = Maker(device.id), uuid4()
    send(database, device, make.answer(visit_id=tried, marks=TEST))
    send(database, device, make.visit(visit_id=tried))
    assert _visits(database) == 0


def test_one_that_a_customer_began_is_counted(database: Database) -> None:
    device = let_in(database)
    make, mixed = Maker(device.id), uuid4()
    send(database, device, make.answer(visit_id=mixed), make.answer(visit_id=mixed, marks=TEST))
    send(database, device, make.visit(visit_id=mixed))
    assert _visits(database) == 1


def _visits(database: Database) -> int:
    with database.read() as connection:
        return sum(connection.execute(select(OUTCOME_COUNT.c.n)).scalars())
