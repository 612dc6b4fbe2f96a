"""Hostile words and hostile sites against the hub's pages, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from kiosk.config import Config
from kiosk.hub.access import accounts
from kiosk.hub.hub import Hub
from kiosk.hub.pages.navigation import links_for
from tests.hub.access.people import PASSWORD, owner_of, person
from tests.hub.access.places import kiosk_called
from tests.patience import wait_until
from tests.real.devtools import Devtools, chromium, start_chromium

pytestmark = [pytest.mark.real, pytest.mark.parametrize("url", ["sqlite"], indirect=True)]

HOSTILE = (
    "<script>ran('script')</script>",
    '"><img src=x onerror="ran(\'image\')">',
    "' onfocus='ran(1)' autofocus='",
    "</textarea></title></style></script><svg onload=ran('svg')>",
    "javascript:ran('address')",
    "{{ 7 * 7 }}{% for x in y %}",
    "\u202eevil\u2066 \u0000\x1b[2J",
    "<style>*{display:none}</style><base href=//evil.example>",
)

_WATCH = """
window.broken = [];
window.ran = (what) => window.broken.push("ran " + what);
document.addEventListener("securitypolicyviolation", (event) => window.broken.push(event.effectiveDirective));
window.addEventListener("error", (event) => window.broken.push("error " + event.message), true);
"""


@pytest.fixture
def chrome() -> Iterator[Devtools]:
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        started = start_chromium(program, Path(folder), "--accept-lang=en", "about:blank")
        try:
            started.attach()
            started.ask("Page.enable")
            started.ask("Page.addScriptToEvaluateOnNewDocument", source=_WATCH)
            yield started
        finally:
            started.close()


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    with Foreign() as site:
        yield site


class Foreign:
    """A site that is not the hub, and serves one page of a test's choice."""

    def __init__(self) -> None:
        site = self
        self.page = "<h1>harmless</h1>"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(site.page.encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Foreign:
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def open_address(chrome: Devtools, url: str) -> None:
    chrome.ask("Page.navigate", url=url)
    chrome.wait_for("document.readyState === 'complete' && document.querySelector('h1')")


def sign_in(chrome: Devtools, address: str) -> None:
    open_address(chrome, f"{address}/sign-in")
    chrome.evaluate(
        f"document.querySelector('#name').value = 'anna', document.querySelector('#password').value = {PASSWORD!r},"
        "document.querySelector('main form').requestSubmit()"
    )
    chrome.wait_for("location.pathname == '/'")


def test_hostile_words_stay_words_on_every_page(hub: Hub, address: str, chrome: Devtools, shipped: Config) -> None:
    anna = owner_of(hub)
    devices = [kiosk_called(hub, shipped, said.replace("\0", "")) for said in HOSTILE]
    for said in HOSTILE:
        accounts.add(hub, said, "viewer", [devices[0].location_id], None, anna, "en")
        accounts.make_token(hub, anna, said)
    sign_in(chrome, address)
    people = [f"/people/{person(hub, HOSTILE[0]).id}"]
    places = [f"/locations/{device.location_id}" for device in devices]
    pages = [link.address for link in links_for("owner")]
    for path in [*pages, *places, *people, "/account", "/tokens", "/kiosks/connect", "/audit?before=<script>"]:
        open_address(chrome, address + path)
        assert chrome.evaluate("window.broken") == [], path
        assert chrome.evaluate("document.querySelector('main').offsetHeight") > 50, path
    for path, said in zip(places, HOSTILE, strict=True):
        open_address(chrome, address + path)
        assert chrome.evaluate("document.querySelector('h1').textContent").strip() == said.replace("\0", "").strip()
    open_address(chrome, f"{address}/comments")
    assert chrome.evaluate("document.body.innerText").count("<script>ran('script')</script>") >= 2
    open_address(chrome, f"{address}/people")
    shown = chrome.evaluate("document.querySelector('.list').innerText")
    assert "<script>ran('script')</script>" in shown and "\u202e" not in shown


def test_the_watch_sees_a_script_that_is_not_the_hubs(hub: Hub, address: str, chrome: Devtools) -> None:
    open_address(chrome, f"{address}/set-up")
    chrome.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=ran(1)>')")
    chrome.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'ran(2)'})), undefined"
    )
    chrome.wait_for("window.broken.length >= 3")
    assert {"script-src-attr", "script-src-elem"} <= set(chrome.evaluate("window.broken"))
    assert not [what for what in chrome.evaluate("window.broken") if what.startswith("ran")]


def test_no_other_site_can_frame_the_hub(hub: Hub, address: str, chrome: Devtools, foreign: Foreign) -> None:
    def framed(url: str) -> bool:
        foreign.page = f"<h1>frame</h1><iframe src='{url}'></iframe>"
        open_address(chrome, foreign.url)
        (child,) = chrome.ask("Page.getFrameTree")["frameTree"]["childFrames"]
        return "unreachableUrl" not in child["frame"]

    assert framed("data:text/html,<h1>harmless</h1>")
    assert not framed(f"{address}/set-up")


def test_a_form_of_another_site_is_refused_though_the_cookie_comes_along(
    hub: Hub, address: str, chrome: Devtools, foreign: Foreign
) -> None:
    ben = accounts.add(hub, "ben", "viewer", (), None, owner_of(hub), "en")
    sign_in(chrome, address)
    foreign.page = (
        f"<h1>Win!</h1><form method=post action='{address}/people/{ben.id}/disabled'></form>"
        "<script>document.forms[0].submit()</script>"
    )
    chrome.ask("Page.navigate", url=foreign.url)
    chrome.wait_for("document.body?.innerText.includes('another site')")
    assert person(hub, "ben").disabled_ms is None
    open_address(chrome, f"{address}/people/{ben.id}")
    chrome.evaluate("document.querySelector('form[action$=disabled]').requestSubmit()")
    wait_until(lambda: person(hub, "ben").disabled_ms is not None)


def test_no_other_site_reads_the_hub(hub: Hub, address: str, chrome: Devtools, foreign: Foreign) -> None:
    owner_of(hub)
    sign_in(chrome, address)
    open_address(chrome, foreign.url)
    read = f"fetch('{address}/people', {{credentials: 'include'}}).then((a) => a.text(), () => 'refused')"
    assert chrome.evaluate(read) == "refused"


def test_the_cookie_cannot_be_read_by_a_script(hub: Hub, address: str, chrome: Devtools) -> None:
    owner_of(hub)
    sign_in(chrome, address)
    assert chrome.evaluate("document.cookie") == ""
