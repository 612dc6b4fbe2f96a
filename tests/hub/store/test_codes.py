"""Enrolment codes: once, for a day, however they are typed."""

from __future__ import annotations

from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from kiosk.errors import Refused
from kiosk.hub.store.admission import CodeWanted, MadeCode, admit
from kiosk.hub.store.codes import ALPHABET, LENGTH, WrongCode, use_code
from kiosk.hub.store.database import Database
from kiosk.hub.store.tables.fleet import ENROL_CODE
from tests.conftest import WoundClock

DAY = 86_400


def made(database: Database, clock: WoundClock, zone: str | None = None) -> MadeCode:
    wanted = CodeWanted("Kampin lounaskahvila", ZoneInfo(zone) if zone else None, None, DAY)
    return database.write(lambda connection: admit(connection, wanted, clock.now()))


def use(database: Database, clock: WoundClock, code: str, device: UUID | None = None) -> UUID:
    used = database.write(lambda connection: use_code(connection, code, device or uuid4(), clock.at_ms))
    return used.location_id


def test_a_code_is_hard_to_guess_and_easy_to_read() -> None:
    assert len(ALPHABET) ** LENGTH >= 2**40
    assert not set("ILOU") & set(ALPHABET)


def test_a_code_lets_a_kiosk_into_its_location(database: Database, clock: WoundClock) -> None:
    code = made(database, clock)
    assert use(database, clock, code.code) == code.location.id


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.4}-{:.4}"])
def test_a_code_may_be_typed_as_people_type(database: Database, clock: WoundClock, typed: str) -> None:
    code = made(database, clock)
    written = typed.format(code.code, code.code[4:]).lower().replace("0", "o").replace("1", "l")
    assert use(database, clock, written) == code.location.id


def test_a_code_lets_in_one_kiosk_only(database: Database, clock: WoundClock) -> None:
    code = made(database, clock)
    use(database, clock, code.code)
    with pytest.raises(WrongCode):
        use(database, clock, code.code)


def test_the_kiosk_that_used_a_code_may_use_it_again_as_it_may_not_have_got_the_answer(
    database: Database, clock: WoundClock
) -> None:
    code, device = made(database, clock), uuid4()
    use(database, clock, code.code, device)
    assert use(database, clock, code.code, device) == code.location.id


def test_a_code_is_good_for_a_day(database: Database, clock: WoundClock) -> None:
    code, device = made(database, clock), uuid4()
    clock.wind(DAY - 1)
    use(database, clock, code.code, device)
    clock.wind(1)
    with pytest.raises(WrongCode):
        use(database, clock, code.code, device)


def test_a_code_is_not_kept_as_it_is(database: Database, clock: WoundClock) -> None:
    code = made(database, clock)
    with database.read() as connection:
        kept = connection.execute(select(ENROL_CODE)).all()
    assert code.code not in str(kept)


def test_a_location_is_opened_once_and_keeps_its_clocks(database: Database, clock: WoundClock) -> None:
    first = made(database, clock, "Europe/Helsinki")
    assert first.is_new_location
    second = made(database, clock)
    assert not second.is_new_location
    assert second.location == first.location
    with pytest.raises(Refused):
        made(database, clock, "Europe/Stockholm")
