"""What the hub answers to requests that are not meant for it, were made by another site, or never end."""

from __future__ import annotations

import socket
from dataclasses import replace

import httpx2
import pytest
import uvicorn
from argon2 import PasswordHasher

from kiosk.hub.access import guard, patience
from kiosk.hub.access.origins import local_path
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from tests.hub.access.browser import Browser, running
from tests.hub.access.people import DESK, PASSWORD, owner_of
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

FOREIGN = "https://evil.example"


@pytest.mark.parametrize(
    "path",
    ["/sign-in", "/set-up", "/people", "/no-such-page", "/v1/no-such-route", "/static/x/hub.css", "/probe/failure"],
)
def test_every_answer_carries_the_headers_that_protect_its_reader(address: str, path: str) -> None:
    headers = Browser(address).get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers and "strict-transport-security" not in headers
    assert path.startswith("/static/") or headers["cache-control"] == "no-store"


def test_a_failure_tells_nothing_of_the_inside(address: str) -> None:
    answer = Browser(address).get("/probe/failure")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "Traceback" not in answer.text


def test_over_https_cookies_and_headers_are_for_https_alone(hub: Hub) -> None:
    owner_of(hub)
    secure = replace(hub, settings=replace(hub.settings, public_url="https://hub.example"))
    with running(uvicorn.Config(create_app(secure), port=0, log_level="critical", lifespan="off")) as address:
        form = {"name": "anna", "password": PASSWORD}
        headers = {"host": "hub.example", "origin": "https://hub.example"}
        answer = httpx2.post(f"{address}/sign-in", data=form, headers=headers, timeout=PATIENCE_SECONDS)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-hub=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8770", 200),
        ("localhost", 200),
        ("192.168.1.5:8770", 200),
        ("[::1]:8770", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
        ("[::1", 421),
    ],
)
def test_only_the_hubs_own_names_are_answered(address: str, host: str, status: int) -> None:
    assert Browser(address).get("/set-up", host=host).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": FOREIGN}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": FOREIGN, "sec-fetch-site": "same-origin"}, 403),
        ({}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
    ],
)
def test_a_form_of_another_site_changes_nothing(hub: Hub, address: str, headers: dict[str, str], status: int) -> None:
    owner_of(hub)
    browser = Browser(address)
    browser.sign_in()
    answer = httpx2.post(f"{address}/sign-out", headers={"cookie": browser.cookie, **headers}, timeout=PATIENCE_SECONDS)
    assert answer.status_code == status
    assert browser.get("/probe/visitor").status_code == (200 if status == 403 else 303)


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 401), ({"origin": FOREIGN}, 403), ({"sec-fetch-site": "cross-site"}, 403)]
)
def test_programs_need_no_origin_but_a_foreign_page_is_no_program(
    hub: Hub, address: str, headers: dict[str, str], status: int
) -> None:
    owner_of(hub)
    assert httpx2.post(f"{address}/api/probe", headers=headers, timeout=PATIENCE_SECONDS).status_code == status


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "/\t/evil.example",
        "evil",
        " /people",
        "/ä",
        "",
    ],
)
def test_signing_in_leads_only_to_the_hubs_own_pages(hub: Hub, address: str, wanted: str) -> None:
    owner_of(hub)
    answer = Browser(address).post("/sign-in", {"name": "anna", "password": PASSWORD, "next": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert [said.partition("=")[0] for said in answer.headers.get_list("set-cookie")] == ["hub", "hub-known"]


def test_signing_in_leads_on_to_the_page_that_was_asked_for(hub: Hub, address: str) -> None:
    owner_of(hub)
    browser = Browser(address)
    asked = browser.get("/audit?before=01a2040a-b9b8-7cbe-b595-539c3c45edd0")
    assert asked.headers["location"] == "/sign-in?next=%2Faudit%3Fbefore%3D01a2040a-b9b8-7cbe-b595-539c3c45edd0"
    assert 'value="/audit?before=' in browser.get(asked.headers["location"]).text
    assert local_path("/audit?before=1&x=%2F") == "/audit?before=1&x=%2F"


def test_a_planted_cookie_is_never_made_a_session(hub: Hub, address: str) -> None:
    owner_of(hub)
    browser = Browser(address)
    browser.jar.set("hub", "planted" * 6, domain="127.0.0.1")
    browser.sign_in()
    assert "planted" not in browser.cookie
    victim = Browser(address)
    victim.jar.set("hub", "planted" * 6, domain="127.0.0.1")
    assert victim.get("/probe/visitor").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../../pages/rendering.py",
        "/static/x/..%2f..%2frendering.py",
        "/static/x/%2e%2e/%2e%2e/rendering.py",
        "/static/x/....//rendering.py",
        "/static/x/..%5c..%5crendering.py",
        "/static/%2fetc/passwd",
        "/static/x//etc/passwd",
        "/static/x/hub.css%00.py",
    ],
)
def test_no_path_leads_out_of_the_static_files(address: str, path: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.split(b" ")[1] in (b"404", b"400")
    assert b"import" not in answer and b"root:" not in answer


def test_a_body_that_is_too_large_is_refused(hub: Hub, address: str) -> None:
    owner_of(hub)
    answer = Browser(address).post("/sign-in", {"name": "a" * (3 << 20)})
    assert answer.status_code == 413


def test_a_field_that_is_too_long_is_refused_without_being_reckoned(
    hub: Hub, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner_of(hub)
    reckoned: list[str] = []
    monkeypatch.setattr(PasswordHasher, "verify", lambda _, kept, said: reckoned.append(said))
    answer = Browser(address).post("/sign-in", {"name": "anna", "password": "x" * 900_000})
    assert answer.status_code in (400, 422)
    assert not reckoned


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 1.0)
    monkeypatch.setattr(guard, "BODY_SECONDS", 1.0)


def whole_answer(raw: socket.socket) -> bytes:
    """Ask for a page and read it to its end."""
    raw.sendall(b"GET /set-up HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    answer = b""
    while b"</html>" not in answer:
        answer += raw.recv(65536)
    return answer


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", b""),
        (b"GET /set-up HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b""),
        (b"GET /set-up HTTP/1.1\r\nX: " + b"x" * 70_000, b"400"),
        (
            b"POST /set-up HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nname",
            b"408",
        ),
    ],
    ids=["nothing", "half a head", "a head without end", "half a body"],
)
def test_a_client_that_never_finishes_is_let_go(hurried: None, address: str, sent: bytes, told: bytes) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as raw:
        raw.sendall(sent)
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert (answer.split(b" ")[1] if answer else b"") == told


def test_a_client_that_never_finishes_a_later_request_is_let_go(hurried: None, address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as raw:
        assert b" 200 " in whole_answer(raw)
        raw.sendall(b"GET /set")
        assert raw.recv(65536) == b""


def test_a_slow_answer_is_not_taken_for_a_slow_client(hurried: None, address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as raw:
        for _ in range(3):
            assert b" 200 " in whole_answer(raw)


def test_guesses_over_the_web_are_slowed_down_with_the_time_to_wait(hub: Hub, address: str) -> None:
    owner_of(hub)
    browser = Browser(address)
    for _ in range(6):
        assert browser.post("/sign-in", {"name": "anna", "password": "wrong"}).status_code == 422
    answer = browser.post("/sign-in", {"name": "anna", "password": PASSWORD})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "15")
    assert "Wait 15 seconds" in answer.text


def test_a_forged_address_of_a_proxy_is_not_believed(hub: Hub) -> None:
    owner_of(hub)
    config = uvicorn.Config(
        create_app(hub), port=0, log_level="critical", lifespan="off", forwarded_allow_ips="192.0.2.1"
    )
    with running(config) as address:
        for number in range(6):
            Browser(address).post(
                "/sign-in", {"name": "anna", "password": "wrong"}, **{"x-forwarded-for": f"198.51.100.{number}"}
            )
        answer = Browser(address).post("/sign-in", {"name": "anna", "password": PASSWORD}, **{"x-forwarded-for": DESK})
    assert answer.status_code == 429
