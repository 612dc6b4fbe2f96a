"""No key leads out, opens, copies, suspends or tells anything, whatever is on the screen."""

from __future__ import annotations

import string
from collections.abc import Awaitable, Callable

import pytest
from textual import events
from textual.command import CommandPalette
from textual.dom import DOMNode

from kiosk.config import Config
from kiosk.errors import StoreUnfit
from kiosk.ui.app import KioskApp
from kiosk.ui.stage import Stage
from kiosk.ui.view import View
from kiosk.ui.views.folder import FolderView
from kiosk.ui.views.hand_on import HandOnView
from kiosk.ui.views.notice import NoticeView
from kiosk.ui.views.pin import PinView
from kiosk.ui.views.staff import StaffView
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.line import Line
from tests.ui.driver import PIN, Before, Driver
from tests.ui.test_follow_up import SEVERAL, WORDS

LETTERS = string.ascii_lowercase
CONTROL = [f"ctrl+{key}" for key in [*LETTERS, "backslash", "underscore", "at", "space", "right_square_bracket"]]
FUNCTION = [f"{held}f{number}" for held in ("", "shift+", "ctrl+") for number in range(1, 25)]
ALT = [f"alt+{key}" for key in [*LETTERS, "enter", "escape", "f4"]]
NAMED = ["pageup", "pagedown", "insert", "print_screen", "pause", "menu", "ctrl+insert", "shift+insert", "shift+delete"]
HELD = [
    f"{held}+{key}" for held in ("ctrl", "shift", "super", "hyper") for key in ("home", "end", "left", "delete", "c")
]
SUPER = ["super+l", "super+space", "ctrl+shift+c", "ctrl+shift+v", "ctrl+alt+delete", "ctrl+pageup", "ctrl+tab"]
KEYS = [*CONTROL, *FUNCTION, *ALT, *NAMED, *HELD, *SUPER]

Way = Callable[[Driver], Awaitable[None]]


async def at_question(kiosk: Driver) -> None:
    await kiosk.awake()


async def at_choices(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.tap("2")
    await kiosk.asks("why")
    await kiosk.tap("queue")


async def at_line(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.tap("5")
    await kiosk.asks("words")
    await kiosk.type("some words")


async def at_thanks(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.tap("4")
    await kiosk.see(ThanksView)
    await kiosk.wait(0)


async def at_change(kiosk: Driver) -> None:
    await at_thanks(kiosk)
    await kiosk.tap("change")
    await kiosk.asks("first")


async def at_notice(kiosk: Driver) -> None:
    await kiosk.awake()
    kiosk.app._keeper.trouble = StoreUnfit("The disk forgets.")
    await kiosk.wait(0.3)
    await kiosk.see(NoticeView)


async def at_door(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.knock()
    await kiosk.see(PinView)


async def at_staff(kiosk: Driver) -> None:
    await at_door(kiosk)
    await kiosk.enter_pin(PIN)
    await kiosk.see(StaffView)


async def at_order(kiosk: Driver) -> None:
    await at_staff(kiosk)
    await kiosk.tap("export")
    await kiosk.see(HandOnView)


async def at_folder(kiosk: Driver) -> None:
    await at_order(kiosk)
    await kiosk.tap("folder")
    await kiosk.see(FolderView)


@pytest.fixture
def locked(survey: Callable[..., Config], pin: str) -> Config:
    """Give a survey with every kind of view, behind a PIN."""
    several = SEVERAL.replace("multiple", 'when = "<=3"\nmultiple')
    return survey(more=several + WORDS.replace("max_length", 'when = "5"\nmax_length'))


WAYS = [at_question, at_choices, at_line, at_thanks, at_change, at_notice, at_door, at_staff, at_order, at_folder]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_no_key_does_anything_but_what_the_screen_offers(
    before: Before, locked: Config, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbidden = []
    for name in ("notify", "exit", "bell", "action_suspend_process", "suspend", "deliver_text", "save_screenshot"):
        monkeypatch.setattr(KioskApp, name, lambda *_, __name=name, **__: forbidden.append(__name))
    async with before(locked, size=(100, 30)) as kiosk:
        await way(kiosk)
        view, seen = kiosk.app.stage.view, kiosk.words()
        kiosk.strike(*KEYS)
        await kiosk.settle()
        assert kiosk.app.stage.view is view
        assert kiosk.app.is_running
        assert kiosk.words() == seen
        assert forbidden == []
        assert kiosk.app.screen_stack == [kiosk.app.stage]
        assert not isinstance(kiosk.app.screen, CommandPalette)
        assert kiosk.app.clipboard == ""


@pytest.mark.parametrize("way", [at_question, at_choices, at_line, at_thanks, at_notice], ids=lambda way: way.__name__)
async def test_escape_and_a_paste_lead_nowhere(before: Before, locked: Config, way: Way) -> None:
    async with before(locked, size=(100, 30)) as kiosk:
        await way(kiosk)
        view = kiosk.app.stage.view
        kiosk.send(events.Paste("5\r5\x11\x03"))
        await kiosk.keys("escape", "escape")
        assert kiosk.app.stage.view is view
        assert kiosk.app.screen_stack == [kiosk.app.stage]


async def test_no_text_can_be_selected_or_copied(before: Before, locked: Config) -> None:
    async with before(locked, size=(100, 30)) as kiosk:
        await at_line(kiosk)
        line = kiosk.seen.query_one("Line").region
        kiosk.press(line.x + 2, line.y + 1)
        kiosk.move(line.x + 12, line.y + 1)
        kiosk.release(line.x + 12, line.y + 1)
        kiosk.press(0, 0)
        kiosk.move(99, 29)
        kiosk.release(99, 29)
        kiosk.strike("ctrl+c", "ctrl+x", "super+c", "ctrl+shift+c")
        await kiosk.settle()
        assert kiosk.app.clipboard == ""
        assert not kiosk.app.screen.selections
        kiosk.app.copy_to_clipboard("secret")
        assert kiosk.app.clipboard == ""


async def test_a_locked_kiosk_stays_and_an_unlocked_one_lets_ctrl_q_leave(before: Before, locked: Config) -> None:
    async with before(locked) as kiosk:
        await kiosk.awake()
        await kiosk.keys("ctrl+q")
        assert kiosk.app.is_running
    async with before(locked, unlocked=True) as kiosk:
        await kiosk.awake()
        await kiosk.keys("ctrl+c", "ctrl+p", "escape")
        assert kiosk.app.is_running
        kiosk.strike("ctrl+q")
        await kiosk.until(lambda: not kiosk.app.is_running)


@pytest.mark.parametrize("node", [KioskApp, Stage, View, Line])
def test_no_binding_is_left(node: type[DOMNode]) -> None:
    assert dict(node._merge_bindings().key_to_bindings) == {}
