"""The pages of the door and of the people, as a browser without a script sees them."""

from __future__ import annotations

import re
from html import unescape

import httpx2
import pytest

from kiosk.hub.access import accounts
from kiosk.hub.hub import Hub
from tests.hub.access.browser import Browser
from tests.hub.access.people import PASSWORD, events, location, owner_of, person
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def anna(hub: Hub, address: str) -> Browser:
    owner_of(hub)
    browser = Browser(address)
    browser.sign_in()
    return browser


def trouble(answer: httpx2.Response) -> str:
    """Give what the page says is wrong."""
    found = re.search(r'class="trouble".*?</p>', answer.text, re.DOTALL)
    return unescape(re.sub(r"<.*?>", "", found[0])) if found else ""


def test_the_first_visit_makes_the_owner_and_signs_them_in(hub: Hub, address: str) -> None:
    browser = Browser(address, **{"accept-language": "fi-FI,fi;q=0.9"})
    assert browser.get("/people").headers["location"] == "/set-up"
    assert browser.get("/sign-in").headers["location"] == "/set-up"
    assert 'name="code"' not in browser.get("/set-up").text
    wrong = browser.post("/set-up", {"name": "Anna", "password": "short", "language": "fi"})
    assert wrong.status_code == 422 and 'aria-describedby="password-wrong"' in wrong.text
    assert 'value="Anna"' in wrong.text and "short" not in wrong.text
    assert browser.post("/set-up", {"name": "Anna", "password": PASSWORD, "language": "sv"}).status_code == 303
    assert browser.get("/people").status_code == 200
    assert (person(hub, "anna").role, person(hub, "anna").language) == ("owner", "sv")
    assert browser.get("/set-up").headers["location"] == "/sign-in"
    assert browser.post("/set-up", {"name": "eve", "password": PASSWORD}).headers["location"] == "/sign-in"


def test_a_wrong_password_comes_back_with_the_name_and_without_the_password(hub: Hub, address: str) -> None:
    owner_of(hub)
    answer = Browser(address).post("/sign-in", {"name": "anna", "password": "not the password"})
    assert answer.status_code == 422 and "set-cookie" not in answer.headers
    assert "The name or the password is not right." in trouble(answer)
    assert 'value="anna"' in answer.text and "not the password" not in answer.text


def test_a_browser_is_known_after_signing_in_and_out(hub: Hub, anna: Browser) -> None:
    anna.post("/sign-out")
    for _ in range(6):
        assert Browser(anna.address).post("/sign-in", {"name": "anna", "password": "wrong one"}).status_code == 422
    stranger = Browser(anna.address).post("/sign-in", {"name": "anna", "password": PASSWORD})
    assert (stranger.status_code, stranger.headers["retry-after"]) == (429, "15")
    anna.sign_in()


def test_signing_out_takes_the_cookie_back_and_ends_the_session(anna: Browser) -> None:
    old = anna.cookie
    answer = anna.post("/sign-out")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    anna.jar.set("hub", old.removeprefix("hub="), domain="127.0.0.1")
    assert anna.get("/people").headers["location"] == "/sign-in?next=%2Fpeople"


def test_an_invited_person_chooses_a_password_and_is_in(hub: Hub, anna: Browser) -> None:
    place = location(hub, "Kamppi")
    answer = anna.post("/people", {"name": "Ben", "role": "manager", "location": str(place), "language": "en"})
    (link,) = re.findall(r"http://127\.0\.0\.1:8770(/welcome/[0-9a-f-]+)", answer.text)
    ben = Browser(anna.address)
    assert "You sign in as ben." in ben.get(link).text
    assert "at least 10 characters" in trouble(ben.post(link, {"password": "short"}))
    assert ben.post(link, {"password": PASSWORD}).headers["location"] == "/"
    assert ben.get(f"/probe/locations/{place}").json() == "ben"
    assert Browser(anna.address).get(link).status_code == 422
    assert Browser(anna.address).post(link, {"password": PASSWORD}).status_code == 422


def test_a_person_with_a_first_password_can_sign_in(hub: Hub, anna: Browser) -> None:
    anna.post("/people", {"name": "cecilia", "role": "viewer", "password": PASSWORD})
    Browser(anna.address).sign_in("cecilia")


@pytest.mark.parametrize(
    ("form", "field"),
    [({"name": " "}, "name"), ({"name": "ANNA"}, "name"), ({"name": "ben", "password": "short"}, "password")],
)
def test_what_is_wrong_stands_at_its_field(anna: Browser, form: dict[str, object], field: str) -> None:
    answer = anna.post("/people", {"role": "viewer", **form})
    assert answer.status_code == 422
    assert f'aria-describedby="{field}-wrong"' in answer.text and f'id="{field}-wrong"' in answer.text


@pytest.mark.parametrize(("page", "field", "longest"), [("/tokens", "name", "60"), ("/account", "old", "200")])
def test_a_field_has_one_longest_length(anna: Browser, page: str, field: str, longest: str) -> None:
    (drawn,) = re.findall(rf'<input id="{field}".*?>', anna.get(page).text, re.DOTALL)
    assert re.findall(r'maxlength="(\d+)"', drawn) == [longest]


def test_the_last_owner_can_neither_be_disabled_nor_made_less(hub: Hub, anna: Browser) -> None:
    page = f"/people/{person(hub, 'anna').id}"
    for answer in (anna.post(f"{page}/disabled"), anna.post(page, {"role": "viewer"})):
        assert answer.status_code == 422 and "Tämä on keskuksen viimeinen omistaja." in trouble(answer)
    assert anna.get("/people").status_code == 200


def test_an_owner_changes_disables_and_lets_in_again(hub: Hub, anna: Browser) -> None:
    kamppi = location(hub, "Kamppi")
    anna.post("/people", {"name": "ben", "role": "viewer", "password": PASSWORD})
    ben, page = Browser(anna.address), f"/people/{person(hub, 'ben').id}"
    ben.sign_in("ben")
    assert ben.get(f"/probe/locations/{kamppi}").status_code == 404
    anna.post(page, {"role": "manager", "location": [str(kamppi), "not a location"]})
    assert ben.get(f"/probe/locations/{kamppi}").status_code == 200
    anna.post(f"{page}/disabled")
    assert ben.get("/probe/visitor").status_code == 303
    anna.post(f"{page}/enabled")
    ben.sign_in("ben")
    anna.post(f"{page}/signed-out")
    assert ben.get("/probe/visitor").status_code == 303


def test_each_role_opens_its_own_pages(hub: Hub, anna: Browser) -> None:
    def statuses(browser: Browser) -> list[int]:
        asked = [browser.get(path) for path in ("/account", "/tokens", "/people", "/audit", "/people/unknown")]
        done = [browser.post(path) for path in ("/probe/manager", "/probe/owner", "/people")]
        return [answer.status_code for answer in (*asked, *done)]

    browsers = [Browser(anna.address)]
    for role in ("viewer", "manager"):
        anna.post("/people", {"name": role, "role": role, "password": PASSWORD})
        browsers.append(Browser(anna.address))
        browsers[-1].sign_in(role)
    nobody, viewer, manager = map(statuses, browsers)
    assert nobody == [303] * 8
    assert viewer == [200, 200, 403, 403, 403, 403, 403, 403]
    assert manager == [200, 200, 403, 403, 403, 200, 403, 403]
    assert statuses(anna)[:4] == [200] * 4 and statuses(anna)[5:7] == [200, 200]


def test_a_token_is_shown_once_reads_and_changes_nothing(hub: Hub, anna: Browser) -> None:
    (token,) = re.findall(r'value="(kiosk_[\w-]{43})"', anna.post("/tokens", {"name": "Power BI"}).text)
    assert token not in anna.get("/tokens").text and "Power BI" in anna.get("/tokens").text
    bearer = {"authorization": f"Bearer {token}"}
    assert httpx2.get(f"{anna.address}/api/probe", headers=bearer, timeout=PATIENCE_SECONDS).json() == "anna"
    assert httpx2.post(f"{anna.address}/api/probe", headers=bearer, timeout=PATIENCE_SECONDS).status_code == 403
    assert httpx2.get(f"{anna.address}/people", headers=bearer, timeout=PATIENCE_SECONDS).status_code == 401
    (kept,) = re.findall(r'name="hash" value="(\w+)"', anna.get("/tokens").text)
    anna.post("/tokens/revoke", {"hash": kept})
    answer = httpx2.get(f"{anna.address}/api/probe", headers=bearer, timeout=PATIENCE_SECONDS)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_changed_password_holds_from_now_on(hub: Hub, anna: Browser) -> None:
    wrong = anna.post("/account/password", {"old": "not this", "new": "another password"})
    assert 'aria-describedby="old-wrong"' in wrong.text
    weak = anna.post("/account/password", {"old": PASSWORD, "new": "short"})
    assert 'aria-describedby="new-wrong"' in weak.text
    assert anna.post("/account/password", {"old": PASSWORD, "new": "another password"}).status_code == 303
    assert anna.get("/account").status_code == 200
    Browser(anna.address).sign_in("anna", "another password")


def test_a_chosen_language_is_kept(anna: Browser) -> None:
    anna.post("/account/language", {"language": "sv"})
    assert '<html lang="sv">' in anna.get("/account").text
    anna.post("/account/language", {"language": "xx"})
    assert '<html lang="sv">' in anna.get("/account").text


def test_the_log_shows_who_did_what_page_by_page(hub: Hub, anna: Browser) -> None:
    me = person(hub, "anna")
    for number in range(60):
        accounts.make_token(hub, me, f"token {number:02d}")
    seen, path = [], "/audit"
    while path:
        text = anna.get(path).text
        seen += re.findall(r"token \d\d", text)
        path = unescape("".join(re.findall(r'href="(/audit\?before=[^"]+)"', text)))
    assert sorted(seen) == [f"token {number:02d}" for number in range(60)]


def test_nothing_that_anybody_typed_wrongly_stands_in_the_log(hub: Hub, anna: Browser) -> None:
    Browser(anna.address).post("/sign-in", {"name": "my password by mistake", "password": "x"})
    assert "sign_in.failed" not in events(hub)
    assert "by mistake" not in anna.get("/audit").text
