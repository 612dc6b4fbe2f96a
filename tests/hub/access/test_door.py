"""Who gets in with a password, and who waits."""

from __future__ import annotations

import time

import pytest

from kiosk.hub.access import accounts, passwords
from kiosk.hub.access.door import Knock, Wait, WrongPassword, sign_in, sign_out
from kiosk.hub.access.known_browser import new_mark
from kiosk.hub.access.visitor import person_in_session
from kiosk.hub.hub import Hub
from kiosk.hub.store import people
from tests.conftest import WoundClock
from tests.hub.access.people import DESK, PASSWORD, events, owner_of, person

STRANGER = "198.51.100.66"


def guess(hub: Hub, times: int, name: str = "anna", address: str = STRANGER) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            sign_in(hub, name, "not the password", Knock(address))


def test_the_right_password_lets_in_whatever_the_names_spelling(hub: Hub) -> None:
    owner_of(hub)
    cookie = sign_in(hub, " ANNA\u200b ", PASSWORD, Knock(DESK))
    found = person_in_session(hub, cookie)
    assert found is not None and found.name == "anna"
    assert events(hub) == ["hub.set_up", "sign_in"]


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "wrong password"), ("nobody", PASSWORD), ("", ""), ("anna", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(hub: Hub, name: str, password: str) -> None:
    owner_of(hub)
    with pytest.raises(WrongPassword) as refused:
        sign_in(hub, name, password, Knock(DESK))
    assert "name or the password" in refused.value.message


def test_a_letter_from_another_keyboard_is_the_same_letter(hub: Hub) -> None:
    owner_of(hub)
    assert sign_in(hub, "anna", PASSWORD.replace("ä", "a\u0308"), Knock(DESK))


def test_signing_in_anew_ends_the_session_that_the_browser_brought(hub: Hub) -> None:
    owner_of(hub)
    planted = sign_in(hub, "anna", PASSWORD, Knock(DESK))
    fresh = sign_in(hub, "anna", PASSWORD, Knock(DESK, planted))
    assert fresh != planted
    assert person_in_session(hub, planted) is None
    assert person_in_session(hub, fresh) is not None


def test_a_cookie_that_the_hub_did_not_give_is_nobodys(hub: Hub) -> None:
    owner_of(hub)
    assert person_in_session(hub, "x" * 43) is None
    assert person_in_session(hub, None) is None


def test_signing_out_ends_the_session(hub: Hub) -> None:
    anna = owner_of(hub)
    cookie = sign_in(hub, "anna", PASSWORD, Knock(DESK))
    sign_out(hub, cookie, anna)
    assert person_in_session(hub, cookie) is None


def test_a_session_ends_when_nobody_uses_it_for_half_a_day(hub: Hub, clock: WoundClock) -> None:
    owner_of(hub)
    cookie = sign_in(hub, "anna", PASSWORD, Knock(DESK))
    for _ in range(3):
        clock.wind(11 * 3600)
        assert person_in_session(hub, cookie) is not None
    clock.wind(12 * 3600)
    assert person_in_session(hub, cookie) is None


def test_a_session_ends_after_thirty_days_however_it_is_used(hub: Hub, clock: WoundClock) -> None:
    owner_of(hub)
    cookie = sign_in(hub, "anna", PASSWORD, Knock(DESK))
    uses = 0
    while person_in_session(hub, cookie) is not None:
        clock.wind(6 * 3600)
        uses += 1
    assert uses == 30 * 4


def test_the_database_keeps_neither_cookies_nor_passwords(hub: Hub) -> None:
    owner_of(hub)
    cookie = sign_in(hub, "anna", PASSWORD, Knock(DESK))
    token = accounts.make_token(hub, person(hub, "anna"), "Till")
    with hub.database.read() as connection:
        tables = [
            connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in ("session", "api_token", "person")
        ]
    for secret in (cookie, token, PASSWORD):
        assert secret not in repr(tables)


def test_after_five_wrong_guesses_a_name_waits_and_the_waits_double(hub: Hub, clock: WoundClock) -> None:
    owner_of(hub)
    guess(hub, 6)
    waits = []
    for _ in range(8):
        with pytest.raises(Wait) as refused:
            sign_in(hub, "anna", PASSWORD, Knock(STRANGER))
        waits.append(refused.value.seconds)
        clock.wind(refused.value.seconds)
        guess(hub, 1)
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900]


def test_waiting_is_not_prolonged_by_trying(hub: Hub, clock: WoundClock) -> None:
    owner_of(hub)
    guess(hub, 6)
    for _ in range(15):
        with pytest.raises(Wait):
            sign_in(hub, "anna", PASSWORD, Knock(STRANGER))
        clock.wind(1)
    assert sign_in(hub, "anna", PASSWORD, Knock(STRANGER))


def test_a_stranger_who_guesses_does_not_keep_the_owner_out(hub: Hub) -> None:
    owner_of(hub)
    guess(hub, 6)
    assert sign_in(hub, "anna", PASSWORD, Knock(DESK))


def test_who_guesses_behind_the_same_router_does_not_keep_a_known_browser_out(hub: Hub) -> None:
    owner_of(hub)
    mark = new_mark(hub, "anna")
    for number in range(21):
        guess(hub, 1, f"name-{number}", DESK)
    with pytest.raises(Wait) as refused:
        sign_in(hub, "anna", PASSWORD, Knock(DESK))
    assert "Somebody else on this network" in refused.value.hint
    assert sign_in(hub, " Anna", PASSWORD, Knock(DESK, mark=mark))


def test_a_known_browser_opens_nothing_and_guesses_no_faster(hub: Hub) -> None:
    anna = owner_of(hub)
    accounts.add(hub, "ben", "viewer", (), PASSWORD, anna, "en")
    guess(hub, 6, "anna", DESK)
    number, _, seal = new_mark(hub, "anna").partition(".")
    for mark in (new_mark(hub, "ben"), f"{number}.", f".{seal}", f"{number}x.{seal}", "ä.ö", ""):
        with pytest.raises(Wait):
            sign_in(hub, "anna", PASSWORD, Knock(DESK, mark=mark))
    known = Knock(DESK, mark=f"{number}.{seal}")
    for _ in range(6):
        with pytest.raises(WrongPassword):
            sign_in(hub, "anna", "not the password", known)
    with pytest.raises(Wait):
        sign_in(hub, "anna", PASSWORD, known)


def test_an_address_that_tries_many_names_waits(hub: Hub) -> None:
    owner_of(hub)
    for number in range(21):
        guess(hub, 1, f"name-{number}")
    with pytest.raises(Wait):
        sign_in(hub, "another", "whatever it is", Knock(STRANGER))


def test_an_own_account_does_not_excuse_the_guesses_at_others(hub: Hub) -> None:
    anna = owner_of(hub)
    accounts.add(hub, "mallory", "viewer", (), PASSWORD, anna, "en")
    for number in range(21):
        sign_in(hub, "mallory", PASSWORD, Knock(STRANGER))
        guess(hub, 1, f"name-{number}")
    with pytest.raises(Wait):
        sign_in(hub, "mallory", PASSWORD, Knock(STRANGER))


def test_a_household_of_ipv6_is_one_address(hub: Hub) -> None:
    owner_of(hub)
    for number in range(6):
        guess(hub, 1, address=f"2001:db8:0:1::{number}")
    with pytest.raises(Wait):
        sign_in(hub, "anna", PASSWORD, Knock("2001:db8:0:1:ffff::1"))
    assert sign_in(hub, "anna", PASSWORD, Knock("2001:db8:0:2::1"))


def test_a_quiet_day_forgets_the_guesses(hub: Hub, clock: WoundClock) -> None:
    owner_of(hub)
    guess(hub, 6)
    clock.wind(86_400 + 16)
    guess(hub, 5)
    assert sign_in(hub, "anna", PASSWORD, Knock(STRANGER))


def test_failed_attempts_stand_in_the_log_only_for_names_that_exist(hub: Hub) -> None:
    owner_of(hub)
    guess(hub, 1)
    guess(hub, 1, "my secret typed into the wrong field")
    assert events(hub).count("sign_in.failed") == 1


def test_a_disabled_person_is_out_at_once_and_stays_out(hub: Hub) -> None:
    anna = owner_of(hub)
    accounts.add(hub, "ben", "viewer", (), PASSWORD, anna, "en")
    cookie = sign_in(hub, "ben", PASSWORD, Knock(DESK))
    accounts.disable(hub, person(hub, "ben"), anna)
    assert person_in_session(hub, cookie) is None
    with pytest.raises(WrongPassword):
        sign_in(hub, "ben", PASSWORD, Knock(DESK))
    accounts.enable(hub, person(hub, "ben"), anna)
    assert person_in_session(hub, cookie) is None
    assert sign_in(hub, "ben", PASSWORD, Knock(DESK))


def test_an_old_hash_is_made_anew_at_the_next_sign_in(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = owner_of(hub)
    monkeypatch.setattr(passwords, "PASSES", 2)
    passwords._hasher.cache_clear()
    assert sign_in(hub, "anna", PASSWORD, Knock(DESK))
    with hub.database.read() as connection:
        assert ",t=2," in (people.password_hash(connection, anna.id) or "")
    assert sign_in(hub, "anna", PASSWORD, Knock(DESK))


def test_the_real_cost_is_paid_for_names_that_nobody_has(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()
    kept = passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    passwords.matches(None, PASSWORD)

    def seconds(stored: str | None) -> float:
        began = time.process_time()
        assert not passwords.matches(stored, "another password")
        return time.process_time() - began

    known = sorted(seconds(kept) for _ in range(5))[2]
    unknown = sorted(seconds(None) for _ in range(5))[2]
    assert 0.5 < unknown / known < 2
