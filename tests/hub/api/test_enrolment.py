"""Enrolment end to end: a real hub on a port, and the kiosk's own code on the other side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import APIRouter
from sqlalchemy import select

from kiosk.errors import HubUnreachable, Refused
from kiosk.hub.access.door import Knock, sign_in
from kiosk.hub.access.set_up import set_up
from kiosk.hub.api.devices import TheDevice
from kiosk.hub.app import create_app
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import LATE_MS, retire
from kiosk.hub.store.tables.fleet import DEVICE
from kiosk.hub.store.tables.people import AUDIT
from kiosk.sync.enrolment import WrongCode, enrol
from kiosk.sync.hub_client import HubClient
from kiosk.sync.identity import FILE_NAME, membership_in, read_identity
from kiosk.sync.rotation import TOKEN_MS, change_token
from kiosk.wire.enrolment import EnrolRequest, signed_text
from kiosk.wire.keys import new_private_key, public_key_of, sign
from tests.conftest import WoundClock
from tests.hub.fleet import Fleet, hub_on, served

_asking = APIRouter()


@_asking.get("/v1/whoami")
def whoami(device: TheDevice) -> dict[str, str]:
    return {"id": str(device.id), "zone": device.zone.key}


@pytest.fixture
def fleet(database: Database, clock: WoundClock, tmp_path: Path) -> Iterator[Fleet]:
    app = create_app(hub_on(database, clock))
    app.include_router(_asking)
    with served(app) as url:
        yield Fleet(url, database, clock, tmp_path)


def facts(fleet: Fleet, device_id: object) -> dict[str, object]:
    with fleet.database.read() as connection:
        return dict(connection.execute(select(DEVICE).where(DEVICE.c.id == device_id)).one()._mapping)


def audited(fleet: Fleet) -> list[str]:
    with fleet.database.read() as connection:
        return list(connection.execute(select(AUDIT.c.event).order_by(AUDIT.c.id)).scalars())


def test_a_kiosk_with_a_code_is_let_in_and_known_by_its_token(fleet: Fleet) -> None:
    kiosk = fleet.applicant()
    membership = fleet.enrol(kiosk)
    reply = HubClient(fleet.url).ask("GET", "/v1/whoami", {}, token=membership.token)
    assert json.loads(reply.body) == {"id": str(kiosk.device_id), "zone": "Europe/Helsinki"}
    assert membership.location == "Kampin lounaskahvila"
    assert membership.hub == fleet.database.identity.id
    assert membership_in(kiosk.folder, kiosk.device_id) == membership


def test_what_a_kiosk_keeps_is_for_its_own_user_only(fleet: Fleet) -> None:
    kiosk = fleet.applicant()
    membership = fleet.enrol(kiosk)
    assert (kiosk.folder / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert membership.token not in repr(read_identity(kiosk.folder, kiosk.device_id))


@pytest.mark.parametrize("token", [None, "made-up", ""])
def test_without_a_token_of_the_hub_nobody_gets_in(fleet: Fleet, token: str | None) -> None:
    assert fleet.status(token) == 401


def test_a_code_lets_in_one_kiosk(fleet: Fleet) -> None:
    code = fleet.code()
    fleet.enrol(fleet.applicant(), code)
    with pytest.raises(WrongCode):
        fleet.enrol(fleet.applicant(), code)


def test_a_kiosk_whose_answer_was_lost_enrols_with_the_same_code_again(fleet: Fleet) -> None:
    kiosk, code = fleet.applicant(), fleet.code()
    lost = fleet.enrol(kiosk, code)
    kept = fleet.enrol(kiosk, code)
    assert fleet.status(kept.token) == 200
    assert fleet.status(lost.token) == 401


def test_a_kiosk_cannot_take_the_place_of_one_whose_key_it_does_not_hold(fleet: Fleet) -> None:
    kiosk = fleet.applicant()
    membership = fleet.enrol(kiosk)
    (kiosk.folder / FILE_NAME).unlink()
    with pytest.raises(Refused, match="another key"):
        fleet.enrol(kiosk)
    assert fleet.status(membership.token) == 200


def test_a_request_that_its_key_did_not_sign_is_refused_and_uses_no_code_up(fleet: Fleet) -> None:
    kiosk, code = fleet.applicant(), fleet.code()
    key, other = new_private_key(), new_private_key()
    public = public_key_of(key)
    forged = EnrolRequest(
        code=code,
        device_id=kiosk.device_id,
        public_key=public,
        signature=sign(other, signed_text("enrol", kiosk.device_id, code, public)),
    )
    reply = HubClient(fleet.url).ask(
        "POST", "/v1/enrol", {"content-type": "application/json"}, forged.model_dump_json().encode()
    )
    assert reply.status == 403
    assert fleet.status(fleet.enrol(kiosk, code).token) == 200


def test_guessing_codes_is_slowed_down_and_a_right_one_works_afterwards(fleet: Fleet) -> None:
    kiosk, code = fleet.applicant(), fleet.code()
    for _ in range(11):
        with pytest.raises(WrongCode):
            fleet.enrol(kiosk, "ZZZZ-ZZZZ")
    with pytest.raises(HubUnreachable, match="from somebody else") as refused:
        fleet.enrol(kiosk, code)
    assert "again in 1 min" in refused.value.hint
    fleet.clock.wind(900)
    assert fleet.status(fleet.enrol(kiosk, code).token) == 200


def test_wrong_codes_keep_nobody_from_signing_in(fleet: Fleet) -> None:
    hub = hub_on(fleet.database, fleet.clock)
    set_up(hub, "anna", "neljä kivaa sanaa", "fi", None, Knock("127.0.0.1"))
    for _ in range(11):
        with pytest.raises(WrongCode):
            fleet.enrol(fleet.applicant(), "ZZZZ-ZZZZ")
    with pytest.raises(HubUnreachable):
        fleet.enrol(fleet.applicant())
    assert sign_in(hub, "anna", "neljä kivaa sanaa", Knock("127.0.0.1"))


def test_a_replacement_keeps_the_location_and_retires_the_old_kiosk(fleet: Fleet) -> None:
    old, new = fleet.applicant("Kassa 1"), fleet.applicant("Kassa 1")
    before = fleet.enrol(old)
    after = fleet.enrol(new, fleet.code(replaces=old.device_id))
    assert fleet.status(before.token) == 410
    assert fleet.status(after.token) == 200
    assert facts(fleet, old.device_id)["replaced_by"] == new.device_id
    assert facts(fleet, old.device_id)["location_id"] == facts(fleet, new.device_id)["location_id"]


def test_a_retired_kiosk_is_told_so_and_comes_back_with_a_new_code(fleet: Fleet) -> None:
    kiosk = fleet.applicant()
    membership = fleet.enrol(kiosk)
    assert fleet.database.write(lambda connection: retire(connection, kiosk.device_id, fleet.clock.at_ms))
    assert fleet.status(membership.token) == 410
    again = fleet.enrol(kiosk)
    assert fleet.status(again.token) == 200
    assert fleet.status(membership.token) == 401


def test_the_old_token_ends_when_the_new_one_is_first_used(fleet: Fleet) -> None:
    kiosk = fleet.applicant()
    old = fleet.enrol(kiosk)
    assert fleet.status(old.token) == 200
    fleet.clock.wind(TOKEN_MS / 1000 + 1)
    change_token(kiosk.folder, kiosk.device_id, HubClient(fleet.url), fleet.clock.now())
    new = membership_in(kiosk.folder, kiosk.device_id)
    assert new is not None
    assert new.token != old.token
    assert fleet.status(old.token) == 200
    assert fleet.status(new.token) == 200
    assert fleet.status(old.token) == 401


def test_a_token_that_another_key_signed_is_not_known(fleet: Fleet) -> None:
    kiosk, other = fleet.applicant(), fleet.applicant()
    mine, others = fleet.enrol(kiosk), fleet.enrol(other)
    identity = read_identity(kiosk.folder, kiosk.device_id)
    stranger = read_identity(other.folder, other.device_id)
    assert identity is not None
    assert stranger is not None
    stolen = replace(identity, private_key=stranger.private_key)
    (kiosk.folder / FILE_NAME).unlink()
    from kiosk.sync.identity import write_identity

    write_identity(kiosk.folder, stolen)
    with pytest.raises(Refused, match="not signed"):
        change_token(kiosk.folder, kiosk.device_id, HubClient(fleet.url), fleet.clock.now())
    assert fleet.status(mine.token) == 200
    assert fleet.status(others.token) == 200


def test_an_ended_token_that_comes_back_means_a_copied_card(fleet: Fleet) -> None:
    kiosk = fleet.applicant()
    old = fleet.enrol(kiosk)
    fleet.status(old.token)
    change_token(kiosk.folder, kiosk.device_id, HubClient(fleet.url), fleet.clock.now())
    new = membership_in(kiosk.folder, kiosk.device_id)
    assert new is not None
    fleet.status(new.token)
    assert fleet.status(old.token) == 401
    assert facts(fleet, kiosk.device_id)["cloned_ms"] is None  # a request may have been on its way
    fleet.clock.wind(LATE_MS / 1000 + 1)
    assert fleet.status(old.token) == 401
    assert facts(fleet, kiosk.device_id)["cloned_ms"] == fleet.clock.at_ms
    assert audited(fleet).count("device.cloned") == 1
    assert fleet.status(new.token) == 200


def test_what_answers_without_being_a_hub_is_no_hub(clock: WoundClock, tmp_path: Path) -> None:
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

    portal = FastAPI()

    @portal.post("/v1/enrol")
    def sign_in() -> HTMLResponse:
        return HTMLResponse("<h1>Free Wi-Fi</h1>")

    with served(portal) as url:
        fleet = Fleet(url, None, clock, tmp_path)  # type: ignore[arg-type]
        with pytest.raises(HubUnreachable, match="not a hub"):
            enrol(fleet.applicant(), url, "ABCD2345", clock)


def test_a_hub_that_is_not_there_is_said_to_be_unreachable(clock: WoundClock, tmp_path: Path) -> None:
    fleet = Fleet("http://127.0.0.1:9", None, clock, tmp_path)  # type: ignore[arg-type]
    kiosk = fleet.applicant(device_id=uuid4())
    with pytest.raises(HubUnreachable):
        fleet.enrol(kiosk, "ABCD2345")
    assert membership_in(kiosk.folder, kiosk.device_id) is None
