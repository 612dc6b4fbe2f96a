"""Links with which somebody chooses a password."""

from __future__ import annotations

import pytest

from kiosk.hub.access import accounts
from kiosk.hub.access.door import Knock
from kiosk.hub.access.invitations import DAYS, WornOut, accept, invite, invited
from kiosk.hub.access.passwords import BadPassword
from kiosk.hub.access.visitor import person_in_session
from kiosk.hub.hub import Hub
from kiosk.hub.store.people import Person
from tests.conftest import WoundClock
from tests.hub.access.people import DESK, PASSWORD, owner_of, person


@pytest.fixture
def ben(hub: Hub) -> Person:
    return accounts.add(hub, "ben", "viewer", (), None, owner_of(hub), "sv")


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def test_an_invitation_lets_its_person_choose_a_password_once(hub: Hub, ben: Person) -> None:
    link, another = invite(hub, ben, None), invite(hub, ben, None)
    assert link.startswith("http://127.0.0.1:8770/welcome/")
    assert invited(hub, token_of(link)).name == "ben"
    with pytest.raises(BadPassword):
        accept(hub, token_of(link), "short", Knock(DESK))
    cookie = accept(hub, token_of(link), PASSWORD, Knock(DESK))
    found = person_in_session(hub, cookie)
    assert found is not None and found.name == "ben"
    for used in (link, another):
        with pytest.raises(WornOut):
            accept(hub, token_of(used), PASSWORD, Knock(DESK))


def test_an_invitation_wears_out(hub: Hub, ben: Person, clock: WoundClock) -> None:
    token = token_of(invite(hub, ben, None))
    clock.wind(DAYS * 86_400)
    with pytest.raises(WornOut):
        invited(hub, token)


def test_a_disabled_person_cannot_take_up_an_invitation(hub: Hub, ben: Person) -> None:
    token = token_of(invite(hub, ben, None))
    accounts.disable(hub, ben, None)
    with pytest.raises(WornOut):
        invited(hub, token)


def test_a_link_cannot_be_made_up_or_bent(hub: Hub, ben: Person) -> None:
    person_hex, ends, sealed = token_of(invite(hub, ben, None)).split("-")
    anna = person(hub, "anna").id.hex
    bent = [f"{anna}-{ends}-{sealed}", f"{person_hex}-{int(ends) + 1}-{sealed}", f"{person_hex}-{ends}-{'0' * 32}"]
    for token in (*bent, "", "--", "a-b-c", f"{person_hex}-{ends}-ä", f"{person_hex}-{'9' * 5000}-{sealed}"):
        with pytest.raises(WornOut):
            invited(hub, token)
