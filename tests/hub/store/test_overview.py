"""What pages of many places read, from SQLite and from PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import insert

from kiosk.hub.store.comments import Sought, find_comments, moods
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.kiosks import kiosk, kiosks
from kiosk.hub.store.overview import by_day, choices_of, standings
from kiosk.hub.store.places import place, place_names, usual_calendar
from kiosk.hub.store.pulse import pulse
from kiosk.hub.store.tables.fleet import DEVICE
from kiosk.results.tally import Scale
from kiosk.wire.event import SURVEY
from kiosk.wire.writing import plain_event
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send

TODAY = date(2026, 11, 22)
FACES = Scale("smiley", "smiley", 5)
DOCUMENT = {
    "kiosk": {"name": "Kassa 1", "languages": ["fi", "en"]},
    "question": [
        {"id": "smiley", "kind": "smiley", "points": 5, "text": {"fi": "Miten meni?", "en": "How was it?"}},
        {"id": "text", "kind": "text", "after": "smiley", "text": {"fi": "Mitä?", "en": "What?"}},
    ],
}


@pytest.fixture
def shop(database: Database) -> Device:
    """Give a kiosk that has asked, been answered, and been written to."""
    device, visit = let_in(database), uuid4()
    make = Maker(device.id)
    told = {"revision": "0123456789ab", "document": DOCUMENT}
    send(
        database,
        device,
        plain_event(SURVEY, uuid4(), NOON_MS, device.id, told),
        make.report(refused=2),
        *(make.answer(value=value) for value in (5, 5, 4)),
        make.answer(value=1, visit_id=visit),
        make.answer(kind="choice", choices=("queue",), visit_id=visit),
        make.answer(kind="text", text="Jono ETENI hitaasti", visit_id=visit),
        make.visit(visit_id=visit),
    )
    return device


def test_places_stand_side_by_side(database: Database, shop: Device) -> None:
    silent = let_in(database)
    with database.read() as connection:
        found = {each.id: each for each in standings(connection, None, TODAY, TODAY)}
        earlier = {each.id: each for each in standings(connection, None, date(2026, 11, 1), date(2026, 11, 21))}
        seen = standings(connection, {silent.location_id}, TODAY, TODAY)
        daily = by_day(connection, FACES, [shop.location_id], TODAY, TODAY)
        chosen = choices_of(connection, [shop.location_id, silent.location_id], TODAY, TODAY)
    assert found[shop.location_id].scale == FACES
    assert found[shop.location_id].values == (1, 0, 0, 1, 2)
    assert (found[silent.location_id].scale, found[silent.location_id].values) == (None, ())
    assert not earlier[shop.location_id].values
    assert [each.id for each in seen] == [silent.location_id]
    assert daily == {shop.location_id: {TODAY: (1, 0, 0, 1, 2)}}
    assert chosen == {shop.location_id: {("choice", "queue"): 1}}


def test_two_kiosks_of_a_place_are_one_standing(database: Database, shop: Device) -> None:
    other = replace(shop, id=uuid4(), name="Kassa 2")
    row = {"id": other.id, "location_id": other.location_id, "name": other.name, "public_key": "k", "enrolled_ms": 1}
    database.write(lambda connection: connection.execute(insert(DEVICE).values(row)))
    send(database, other, Maker(other.id).answer(value=5))
    with database.read() as connection:
        (standing,) = standings(connection, {shop.location_id}, TODAY, TODAY)
        known = place(connection, shop.location_id)
    assert standing.values == (1, 0, 0, 1, 3)
    assert known is not None
    assert set(known.devices) == {shop.id, other.id}


def test_a_place_knows_its_survey_and_its_calendar(database: Database, shop: Device) -> None:
    with database.read() as connection:
        known = place(connection, shop.location_id)
        names = place_names(connection, {shop.location_id})
        zone, day_ends_at = usual_calendar(connection, None)
        assert place_names(connection, set()) == []
        assert place(connection, uuid4()) is None
    assert known is not None
    assert known.config is not None
    assert [question.id for question in known.config.survey.questions] == ["smiley", "text"]
    assert known.config.kiosk.location == known.name == names[0].name
    assert (zone.key, day_ends_at.hour) == ("Europe/Helsinki", 4)


def test_comments_are_found_in_whatever_case_and_with_their_mood(database: Database, shop: Device) -> None:
    with database.read() as connection:
        found = find_comments(connection, Sought(words="eteni"))
        assert find_comments(connection, Sought(words="ruoka")).comments == []
        assert find_comments(connection, Sought({uuid4()})).comments == []
        felt = moods(connection, found.comments)
        assert moods(connection, []) == {}
    (comment,) = found.comments
    assert (found.goes_on, found.is_cut) == (None, False)
    assert (comment.text, comment.is_timed, comment.location_id) == ("Jono ETENI hitaasti", True, shop.location_id)
    assert felt == {comment.answer_id: 0.0}


def test_kiosks_are_told_of_with_what_they_said(database: Database, shop: Device) -> None:
    silent = let_in(database)
    with database.read() as connection:
        known = {each.id: each for each in kiosks(connection, None)}
        assert [each.id for each in kiosks(connection, {silent.location_id})] == [silent.id]
        assert kiosk(connection, shop.id) == known[shop.id]
        assert kiosk(connection, uuid4()) is None
    told = known[shop.id].told
    assert told is not None
    assert (told.refused, told.version, told.clock_state) == (2, "0.1.0", "synced")
    assert known[silent.id].told is None


def test_the_pulse_changes_with_every_answer(database: Database, shop: Device) -> None:
    def now() -> str:
        with database.read() as connection:
            return pulse(connection, [shop.location_id], {TODAY})

    before = now()
    send(database, shop, Maker(shop.id, 100).answer(value=3))
    assert now() != before
