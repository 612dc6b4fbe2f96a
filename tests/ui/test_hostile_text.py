"""Any text, from the shop or from a customer, is shown as text: it commands no terminal and breaks no screen."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual import events

from kiosk.config import Config
from kiosk.scripts import steady
from kiosk.survey import Choice, Question, Survey
from kiosk.text import clean
from kiosk.ui.charts.sheets import Bar, Rank, RankingSheet, Remark, RemarksSheet, Sheet, Step, TodaySheet
from kiosk.ui.view import View
from kiosk.ui.views.folder import FolderView
from kiosk.ui.views.notice import out_of_order
from kiosk.ui.views.question import Asking, QuestionView
from kiosk.ui.views.staff import Desk, Page, StaffView
from kiosk.ui.views.thanks import Invitation, ThanksView
from kiosk.ui.views.words import WordsView
from kiosk.visit import OpenVisit, Reply
from tests.conftest import WoundClock
from tests.ui.driver import Before, Driver, standing_before
from tests.ui.test_follow_up import WORDS

FAST = (Phase.explicit, Phase.generate)
"""Each example starts a kiosk, so a failure is told as it was found."""

HOSTILE = [
    "[red]x[/red] [/] [@click=app.quit]q[/] [link=file:///etc]l[/]",
    "\x1b[2J\x1b]52;c;aGk=\x07 \x9b31m \x90q\x9c \x00\x08\x7f",
    "{} {0} {answer} {seconds} %s %(x)s $page \\n \\x1b",
    "a\u202eb\u2066c\u200bd\ufeffe\u2028f\u0085g\U000e0041",
    "é" * 40 + "e\u0301\u0302\u0303\u0304" * 30 + "\u0489" * 10,
    "👨‍👩‍👧‍👦 🇫🇮 👍🏽 ☕️ ﷽ 漢字テスト 한국어 العربية עברית",
    "Z̸̢̛͙̗̈́a̷l̶g̵o̴ " * 8,
    "verylongwordwithoutanyspaces" * 20,
    "\ud800 lone \udfff".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
]

text = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60) | st.sampled_from(HOSTILE)


def is_calm(kiosk: Driver) -> None:
    """Nothing goes to the terminal but characters that are shown, in cells that every terminal counts alike."""
    for strip in kiosk.app.screen._compositor.render_strips():
        assert strip.cell_length == kiosk.app.size.width
        for segment in strip:
            assert not segment.control
            assert steady(segment.text) == segment.text
            commands = [letter for letter in segment.text if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]
            assert commands == []
            assert segment.style is None or segment.style.link is None
            assert segment.style is None or "@click" not in segment.style.meta


def sheets(said: str) -> list[Sheet]:
    """Give the pages for staff that show what a shop or its customers wrote."""
    bar, steps = Bar(0.2, 0.4, 0.6), (Step(said, 1.0, "12", 0.5),)
    today = TodaySheet(said, "64", said, "12", bar, said, said, (said,), steps, (), said, steps, (said,))
    return [
        today,
        RankingSheet([(said, [Rank("1", said, "64", "12", bar)])], [said]),
        RemarksSheet(said, [Remark(said, "12.00", 0.0)]),
    ]


def views(kiosk: Driver, said: str) -> list[View[Any]]:
    """Give views that show a text wherever a shop or a customer can put one."""
    phrase, look = {"*": said}, replace(kiosk.app.around.look, place=clean(said))
    choices = tuple(Choice(id=name, text=phrase) for name in ("one", "two", "three"))
    several = Question(id="why", kind="choice", multiple=True, text=phrase, choices=choices)
    typed = Question(id="words", kind="text", text=phrase, max_length=1000)
    visit = OpenVisit(Survey((several,), ("en",)), kiosk.clock, "80x24")
    chosen = visit.answer(several, Reply(choices=("one", "two")), "en")
    words = visit.answer(typed, Reply(text=clean(said) or "nothing"), "en")
    assert chosen is not None
    assert words is not None
    return [
        QuestionView(look, "en", several, Asking(45, may_skip=True, before=Reply(choices=("two",)))),
        WordsView(look, "en", typed, Asking(45, before=Reply(text=clean(said)))),
        ThanksView(look, "en", [(several, chosen), (typed, words)], Invitation("https://x.example/y", typed.text), 8),
        out_of_order(look, "en", said),
        *(StaffView(look, "en", 60, Desk(clean(said), Page.TODAY, sheet, said)) for sheet in sheets(clean(said))),
        FolderView(look, "en", 60, [Path(said.replace("\0", ""))]),
    ]


async def shows_calmly(kiosk: Driver, said: str) -> None:
    for view in views(kiosk, said):
        showing = asyncio.ensure_future(kiosk.app.stage.show(view))
        await kiosk.see(type(view))
        is_calm(kiosk)
        showing.cancel()


@settings(max_examples=2, derandomize=True, suppress_health_check=list(HealthCheck), phases=FAST)
@given(texts=st.lists(text, min_size=8, max_size=8))
async def test_any_text_is_shown_as_text(shipped: Config, texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        async with standing_before(shipped, WoundClock(), Path(folder)) as kiosk:
            await kiosk.awake()
            for said in texts:
                if clean(said):
                    await shows_calmly(kiosk, said)


@pytest.mark.parametrize("size", [(80, 24), (20, 8)])
async def test_hostile_text_is_shown_as_text(before: Before, size: tuple[int, int]) -> None:
    async with before(size=size) as kiosk:
        await kiosk.awake()
        for said in HOSTILE:
            await shows_calmly(kiosk, said)


async def test_any_text_of_a_customer_is_stored_and_shown_as_text(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS.replace("max_length = 20", "max_length = 280"))) as kiosk:
        for number, said in enumerate(HOSTILE, start=1):
            await kiosk.awake()
            await kiosk.tap("2")
            await kiosk.asks("words")
            await (kiosk.type(said) if number % 2 else kiosk.settle())
            kiosk.send(events.Paste(said))
            await kiosk.settle()
            is_calm(kiosk)
            await kiosk.keys("enter")
            await kiosk.see(ThanksView)
            is_calm(kiosk)
            await kiosk.wait(8)
            await kiosk.ended(number)
        texts = [answer.text for answer in kiosk.answers() if answer.question == "words"]
    assert len(texts) == len(HOSTILE)
    for kept in texts:
        assert kept
        assert not any(unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp") for character in kept)
