"""Every page in Chromium, on a phone and on a wall screen, in light and in dark, in three languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.pages.browser import SIZES, Browser, browsing
from tests.hub.pages.conftest import Chain
from tests.real.devtools import chromium

pytestmark = [pytest.mark.real, pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")]

PAGES = (
    "/",
    "/locations/{0}",
    "/locations/{0}?days=today",
    "/locations/{1}",
    "/heat-map?location={0}",
    "/compare?location={0}",
    "/compare?location={0}&against=place&other={2}",
    "/comments",
    "/kiosks",
    "/kiosks/connect",
    "/export?location={0}",
    "/wall?location={0}",
    "/wall?location={1}",
    "/wall",
    "/compare?location={0}&against=days&since=2026-09-01&until=2026-09-30",
    "/compare?location={0}&against=days&since=2026-11-01&until=2026-11-02",
    "/comments?location={2}&days=all",
    "/locations/{2}?days=own&from=2026-01-01&to=2026-11-22",
)
_LOOKS = """(() => {
  const seen = (element) => element.getClientRects().length > 0;
  const named = (field) => field.type === 'hidden' || field.labels?.length > 0 || field.ariaLabel;
  const levels = [...document.querySelectorAll('h1, h2, h3')].filter(seen).map((heading) => Number(heading.tagName[1]));
  const main = (chosen) => [...document.querySelectorAll(`main ${chosen}`)];
  const low = (target) => seen(target) && target.getBoundingClientRect().height < 40;
  const inline = (target) => target.closest('p, li, th, td, label, dd');
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: levels.filter((level) => level === 1).length,
    skipped: levels.some((level, place) => place > 0 && level > levels[place - 1] + 1),
    unnamed: [...document.querySelectorAll('input, select, textarea')].filter((field) => !named(field)).length,
    captions: [...document.querySelectorAll('table')].filter((table) => !table.caption).length,
    drawings: main('svg').filter((drawing) => drawing.getAttribute('aria-label') === null).length,
    small: main('a, button, select, input:not([type=hidden])').filter((one) => low(one) && !inline(one)).length,
    language: document.documentElement.lang,
  };
})()"""
_CONTRASTS = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const f = (c) => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || element.closest('svg, script, .hidden, .skip') || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgb(style.color)), light(ground(element))].sort((a, b) => b - a);
    const least = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    if ((one + .05) / (other + .05) < least) poor.push(`${text}: ${((one + .05) / (other + .05)).toFixed(2)}`);
  }
  return poor;
})()"""


@pytest.fixture(scope="module")
def browser(chain: Chain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a browser that is signed in as an owner."""
    with browsing(chain.house.person("owner"), tmp_path_factory.mktemp("browser")) as shown:
        yield shown


def _ids(chain: Chain) -> tuple[str, str, str]:
    return str(chain.kamppi.id), str(chain.vaasa.id), str(chain.turku.id)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole(chain: Chain, browser: Browser, page: str, size: str, tmp_path: Path) -> None:
    browser.complaints()
    browser.look(page.format(*_ids(chain)), size)
    found = browser.evaluate(_LOOKS)
    assert found == {
        "overflow": 0,
        "headings": 1,
        "skipped": False,
        "unnamed": 0,
        "captions": 0,
        "drawings": 0,
        "small": 0,
        "language": "en",
    }
    assert browser.complaints() == []
    browser.picture(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 10_000


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_all_words_can_be_read(chain: Chain, browser: Browser, page: str, is_dark: bool) -> None:
    browser.look(page.format(*_ids(chain)), is_dark=is_dark)
    assert browser.evaluate(_CONTRASTS) == []


def test_pages_read_without_a_script(chain: Chain, browser: Browser) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.look(f"/locations/{chain.kamppi.id}")
        assert browser.evaluate("document.querySelectorAll('main .chart svg').length") > 4
        browser.look(f"/wall?location={chain.kamppi.id}")
        assert browser.evaluate("document.querySelector('meta[http-equiv=refresh]').content") == "30"
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_a_keyboard_reaches_the_content_first(chain: Chain, browser: Browser) -> None:
    browser.look("/")
    _press(browser, "Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    _press(browser, "Enter", text="\r")
    browser.until("document.activeElement.id === 'content'")


def _press(browser: Browser, key: str, **more: str) -> None:
    code = {"Tab": 9, "Enter": 13}[key]
    for kind in ("keyDown", "keyUp"):
        browser.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)


def test_the_wall_follows_what_happens(chain: Chain, browser: Browser) -> None:
    browser.look(f"/wall?location={chain.turku.id}")
    before = browser.evaluate("document.querySelector('.wall-main').innerText")
    chain.builder.answer(chain.turku, 40)
    browser.until(f"document.querySelector('.wall-main').innerText !== {json.dumps(before)}")


def test_the_wall_catches_up_with_what_it_missed(chain: Chain, browser: Browser) -> None:
    browser.look(f"/wall?location={chain.kamppi.id}")
    shown = "document.querySelector('.wall-main').innerText"
    before = browser.evaluate(shown)
    _cut(browser, is_cut=True)
    chain.builder.answer(chain.kamppi, 30)
    assert browser.evaluate(shown) == before
    _cut(browser, is_cut=False)
    browser.until(f"{shown} !== {json.dumps(before)}")


def test_the_wall_says_when_it_hears_nothing(chain: Chain, browser: Browser) -> None:
    browser.look(f"/wall?location={chain.turku.id}")
    _cut(browser, is_cut=True)
    try:
        # Again and again: a request that began before the cut may still be answered.
        browser.until("window.dispatchEvent(new Event('online')) && document.querySelector('.live.stale')")
    finally:
        _cut(browser, is_cut=False)
    browser.until("!document.querySelector('.live.stale')")


def test_the_wall_asks_by_itself_where_there_is_no_seat(
    chain: Chain, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain.house.hub.seats, "each", 0)
    browser.look("/wall")
    shown = "document.querySelector('.wall-cards').innerText"
    before = browser.evaluate(shown)
    chain.builder.answer(chain.turku, 50)
    browser.evaluate("(now => { Date.now = () => now() + 31000; })(Date.now)")  # the page thinks half a minute went by
    browser.until(f"{shown} !== {json.dumps(before)}")
    assert not browser.evaluate("document.querySelector('.live.stale')")


def test_other_fields_are_there_as_soon_as_they_are_wanted(chain: Chain, browser: Browser) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.look(f"/compare?location={chain.kamppi.id}")
        shown = "[...document.querySelectorAll('.of-days, .of-place')].map((each) => each.getClientRects().length > 0)"
        assert browser.evaluate(shown) == [False, False, False]
        browser.evaluate("document.querySelector('[name=against]').value = 'days'")
        assert browser.evaluate(shown) == [False, True, True]
        browser.evaluate("document.querySelector('[name=against]').value = 'place'")
        assert browser.evaluate(shown) == [True, False, False]
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def _cut(browser: Browser, *, is_cut: bool) -> None:
    """Cut the browser off from every network, or let it back."""
    unbounded = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.ask("Network.emulateNetworkConditions", offline=is_cut, **unbounded)
