"""What may be done to accounts, and what is written down of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from kiosk.hub.access import accounts
from kiosk.hub.access.door import Knock, Wait, WrongPassword, sign_in
from kiosk.hub.access.names import NoName
from kiosk.hub.access.passwords import BadPassword
from kiosk.hub.access.set_up import SetUpAlready, WrongCode, invitation, needs_code, set_up
from kiosk.hub.access.visitor import person_in_session, person_with_token
from kiosk.hub.hub import Hub
from kiosk.hub.settings import Settings
from kiosk.hub.store import people, tokens
from tests.hub.access.people import DESK, PASSWORD, events, location, owner_of, person


def test_only_the_first_visitor_becomes_the_owner(hub: Hub) -> None:
    owner_of(hub)
    with pytest.raises(SetUpAlready):
        set_up(hub, "eve", PASSWORD, "en", None, Knock(DESK))
    with hub.database.read() as connection:
        assert [found.name for found in people.everybody(connection)] == ["anna"]


def test_of_many_first_visitors_at_once_one_becomes_the_owner(hub: Hub) -> None:
    def claim(number: int) -> bool:
        try:
            set_up(hub, f"person-{number}", PASSWORD, "en", None, Knock(DESK))
        except SetUpAlready:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(claim, range(16))) == 1
    with hub.database.read() as connection:
        assert len(people.everybody(connection)) == 1


def test_the_terminal_shows_the_way_in_until_there_is_an_owner(hub: Hub) -> None:
    assert invitation(hub) == "http://127.0.0.1:8770/set-up"
    owner_of(hub)
    assert invitation(hub) is None


def test_a_hub_in_the_network_is_claimed_only_with_the_code_of_the_terminal(hub: Hub) -> None:
    away = Hub(Settings("sqlite://", "https://hub.example"), hub.database, hub.clock)
    address, _, code = (invitation(away) or "").partition("?code=")
    assert address == "https://hub.example/set-up"
    for wrong in ("", "AAAAA-AAAAA", code[:-1]):
        with pytest.raises(WrongCode):
            set_up(away, "eve", PASSWORD, "en", wrong, Knock(DESK))
    assert set_up(away, "anna", PASSWORD, "fi", f" {code.lower().replace('-', '')} ", Knock(DESK))


@pytest.mark.parametrize(
    ("public_url", "address", "host", "needed"),
    [
        ("http://127.0.0.1:8770", "127.0.0.1", "127.0.0.1:8770", False),
        ("http://localhost:8770", "::1", "localhost:8770", False),
        ("http://127.0.0.1:8770", "192.168.1.9", "127.0.0.1:8770", True),
        ("http://127.0.0.1:8770", "127.0.0.1", "hub.example", True),
        ("https://hub.example", "127.0.0.1", "127.0.0.1:8770", True),
        ("https://hub.example", "203.0.113.9", "hub.example", True),
    ],
)
def test_only_who_sits_at_the_machine_needs_no_code(
    hub: Hub, public_url: str, address: str, host: str, needed: bool
) -> None:
    there = Hub(Settings("sqlite://", public_url), hub.database, hub.clock)
    assert needs_code(there, address, host) is needed


@pytest.mark.parametrize("password", ["", "ninechars", "x" * 201])
def test_a_password_that_is_too_short_or_too_long_is_refused(hub: Hub, password: str) -> None:
    with pytest.raises(BadPassword):
        set_up(hub, "anna", password, "fi", None, Knock(DESK))


def test_nobody_can_be_called_nothing(hub: Hub) -> None:
    with pytest.raises(NoName):
        set_up(hub, "\u202e \x1b", PASSWORD, "fi", None, Knock(DESK))


def test_two_people_cannot_have_one_name(hub: Hub) -> None:
    anna = owner_of(hub)
    with pytest.raises(accounts.NameInUse):
        accounts.add(hub, " Anna", "viewer", (), None, anna, "en")


def test_managers_see_their_locations_and_owners_see_all(hub: Hub) -> None:
    anna = owner_of(hub)
    kamppi, kallio = location(hub, "Kamppi"), location(hub, "Kallio")
    accounts.add(hub, "ben", "manager", [kamppi], PASSWORD, anna, "en")
    ben = person(hub, "ben")
    assert ben.may_see(kamppi) and not ben.may_see(kallio)
    assert anna.locations is None and anna.may_see(kallio)
    accounts.change(hub, ben, "owner", [], anna)
    assert person(hub, "ben").may_see(kallio)
    accounts.change(hub, ben, "viewer", [], anna)
    assert not person(hub, "ben").may_see(kamppi)


def test_the_last_owner_stays_one(hub: Hub) -> None:
    anna = owner_of(hub)
    with pytest.raises(accounts.OnlyOwner):
        accounts.disable(hub, anna, anna)
    with pytest.raises(accounts.OnlyOwner):
        accounts.change(hub, anna, "manager", [], anna)
    assert person(hub, "anna").role == "owner" and person(hub, "anna").disabled_ms is None
    accounts.add(hub, "ben", "owner", (), PASSWORD, anna, "en")
    accounts.disable(hub, anna, anna)
    with pytest.raises(accounts.OnlyOwner):
        accounts.disable(hub, person(hub, "ben"), None)


def test_two_owners_who_disable_each_other_at_once_leave_one(hub: Hub) -> None:
    anna = owner_of(hub)
    ben = accounts.add(hub, "ben", "owner", (), PASSWORD, anna, "en")

    def disable(one: people.Person) -> None:
        with suppress(accounts.OnlyOwner):
            accounts.disable(hub, one, None)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(disable, [anna, ben]))
    with hub.database.read() as connection:
        assert [found.disabled_ms for found in people.everybody(connection)].count(None) == 1


def test_a_changed_password_ends_the_other_sessions(hub: Hub) -> None:
    anna = owner_of(hub)
    here, there = (sign_in(hub, "anna", PASSWORD, Knock(DESK)) for _ in range(2))
    with pytest.raises(WrongPassword):
        accounts.change_own_password(hub, anna, "not the password", "another password", Knock(DESK, here))
    accounts.change_own_password(hub, anna, PASSWORD, "another password", Knock(DESK, here))
    assert person_in_session(hub, here) is not None
    assert person_in_session(hub, there) is None
    assert sign_in(hub, "anna", "another password", Knock(DESK))


def test_nobody_elses_guesses_are_in_the_way_of_changing_an_own_password_but_own_ones_are(hub: Hub) -> None:
    anna = owner_of(hub)
    for attempt in range(21):
        with pytest.raises(WrongPassword):
            sign_in(hub, f"name-{attempt}", "whatever it is", Knock(DESK))
    accounts.change_own_password(hub, anna, PASSWORD, "another password", Knock(DESK))
    for _ in range(6):
        with pytest.raises(WrongPassword):
            accounts.change_own_password(hub, anna, "not the password", PASSWORD, Knock(DESK))
    with pytest.raises(Wait):
        accounts.change_own_password(hub, anna, "another password", PASSWORD, Knock(DESK))


def test_a_token_reads_what_its_maker_may_until_it_is_revoked(hub: Hub) -> None:
    anna = owner_of(hub)
    token = accounts.make_token(hub, anna, "Power BI")
    found = person_with_token(hub, token)
    assert found is not None and found.name == "anna"
    with hub.database.read() as connection:
        (kept,) = tokens.tokens_of(connection, anna.id)
    assert kept.name == "Power BI" and kept.used_ms == hub.now_ms()
    accounts.revoke_token(hub, accounts.add(hub, "ben", "owner", (), None, anna, "en"), kept.hash)
    assert person_with_token(hub, token) is not None
    accounts.revoke_token(hub, anna, kept.hash)
    assert person_with_token(hub, token) is None
    assert person_with_token(hub, kept.hash) is None


def test_what_was_done_stands_in_the_log_with_who_did_it(hub: Hub) -> None:
    anna = owner_of(hub)
    ben = accounts.add(hub, "ben", "viewer", (), None, anna, "en")
    accounts.change(hub, ben, "manager", [], anna)
    accounts.set_password(hub, ben, PASSWORD, None)
    accounts.disable(hub, ben, anna)
    assert events(hub) == ["hub.set_up", "person.added", "person.changed", "person.disabled", "person.password"]
