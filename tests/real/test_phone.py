"""A phone's browser takes the file: Chromium opens the address as a camera does, and presses the button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kiosk.handover.parcel import Parcel
from kiosk.handover.phone import PhoneLink
from tests.patience import wait_until
from tests.real.devtools import Devtools, chromium, start_chromium

pytestmark = pytest.mark.real

CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def link(tmp_path: Path) -> Iterator[PhoneLink]:
    with Parcel("kiosk-kassa-1-2026-11-22.xlsx", tmp_path) as parcel:
        parcel.file.write(CONTENT)
        with PhoneLink(parcel, "fi", address="127.0.0.1", port=0) as offered:
            yield offered


@pytest.fixture
def browser() -> Iterator[Devtools]:
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        started = start_chromium(program, Path(folder), "--accept-lang=sv-FI,sv", "about:blank")
        try:
            started.attach()
            started.ask("Emulation.setDeviceMetricsOverride", width=360, height=640, deviceScaleFactor=2, mobile=True)
            yield started
        finally:
            started.close()


def test_the_button_downloads_the_file_and_uses_the_link_up(browser: Devtools, link: PhoneLink, tmp_path: Path) -> None:
    browser.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    open_address(browser, link.url)
    assert browser.evaluate("document.querySelector('h1').textContent") == "En fil till dig"
    assert browser.evaluate("document.querySelector('button').getBoundingClientRect().height") >= 64
    assert browser.evaluate("document.documentElement.scrollWidth") == 360
    assert link.state == "waiting"
    browser.evaluate("document.querySelector('button').click()")
    wait_until(lambda: link.state == "fetched")
    wait_until((tmp_path / "kiosk-kassa-1-2026-11-22.xlsx").exists)
    assert (tmp_path / "kiosk-kassa-1-2026-11-22.xlsx").read_bytes() == CONTENT
    open_address(browser, link.url)
    assert browser.evaluate("document.querySelector('button')") is None


def test_the_browser_lets_the_page_look_as_it_is_meant(browser: Devtools, link: PhoneLink) -> None:
    open_address(browser, link.url)
    colour = "getComputedStyle(document.querySelector('button')).backgroundColor"
    assert browser.evaluate(colour) == "rgb(156, 58, 38)"


def open_address(browser: Devtools, url: str) -> None:
    browser.ask("Page.navigate", url=url)
    browser.wait_for("document.readyState === 'complete' && document.querySelector('h1')")
