"""The question changes between two visitors, never under a finger, and comes back when the new one cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.config import Config
from kiosk.config.kept import FILE_NAME, FORM, FromHub, Kept, read_kept
from kiosk.sync.configuration import HubConfiguration
from kiosk.ui.renewal import QUIET_SECONDS, TRIAL_SECONDS, Renewal
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.qr_code import QrCode
from tests.conftest import WoundClock
from tests.ui.driver import Before, Driver

LUNCH = """
[kiosk]
languages = ["en"]
thanks_seconds = 5

[look]
theme = "dark"

[[question]]
id = "lunch"
kind = "smiley"
text = "How was your lunch?"

[review]
url = "https://review.example/lunch"
text = "Tell the world"
"""


def offer(folder: Path, own: Config, clock: WoundClock, text: str = LUNCH) -> HubConfiguration:
    """Have a configuration ready that was fetched before."""
    kept = Kept(trial=FromHub(uuid4(), 1, "etag-1", text))
    (folder / FILE_NAME).write_bytes(FORM.dump_json(kept))
    return HubConfiguration(own.source, folder, clock)


@pytest.fixture
def own(survey: Callable[..., Config]) -> Config:
    return survey()


def renew(kiosk: Driver, from_hub: HubConfiguration) -> None:
    kiosk.app._liaison.renewal = Renewal(from_hub)


async def test_the_question_changes_once_nobody_has_touched_it_for_a_while(
    before: Before, own: Config, clock: WoundClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_hub = offer(tmp_path, own, clock)
    async with before(own) as kiosk:
        await kiosk.awake()
        renew(kiosk, from_hub)
        await kiosk.keys("x")
        await kiosk.wait(QUIET_SECONDS - 1)
        assert kiosk.asked().question.id == "first"
        await kiosk.wait(1)
        await kiosk.asks("lunch")
        assert read_kept(tmp_path).is_begun, "a crash now would not try it again"
        told: list[str] = []
        monkeypatch.setattr(kiosk.app, "tell_hub", lambda: told.append(from_hub.state.state))
        await kiosk.wait(TRIAL_SECONDS)
        await kiosk.until(lambda: told == ["applied"])
        assert read_kept(tmp_path).good


async def test_a_visit_that_has_begun_ends_as_it_began_and_the_next_one_is_new(
    before: Before, survey: Callable[..., Config], clock: WoundClock, tmp_path: Path
) -> None:
    more = '[[question]]\nid = "why"\nkind = "choice"\nafter = "first"\nwhen = "<=5"\ntext = "Why?"\n'
    own = survey(more=more + 'choices = [{ id = "a", text = "A" }, { id = "b", text = "B" }]')
    from_hub = offer(tmp_path, own, clock)
    async with before(own) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        renew(kiosk, from_hub)
        await kiosk.wait(QUIET_SECONDS + 1)
        await kiosk.asks("why")
        await kiosk.tap("skip")
        thanks = await kiosk.see(ThanksView)
        assert not kiosk.seen.query(QrCode)
        await kiosk.wait(9)
        await kiosk.until(lambda: kiosk.app.stage.view is not thanks)
        await kiosk.asks("lunch")
        await kiosk.tap("5")
        await kiosk.see(ThanksView)
        assert kiosk.seen.query(QrCode)
        assert [answer.question for answer in kiosk.answers()] == ["first", "lunch"]


async def test_what_cannot_be_shown_is_taken_back(
    before: Before, own: Config, clock: WoundClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_hub = offer(tmp_path, own, clock)
    async with before(own) as kiosk:
        await kiosk.awake()
        serve = kiosk.app.around.counter.serve_visitor

        async def serve_all_but_lunch(counter: object) -> None:
            if kiosk.app.config.survey.first.id == "lunch":
                raise RuntimeError("no room for lunch")
            await serve()

        monkeypatch.setattr(type(kiosk.app.around.counter), "serve_visitor", serve_all_but_lunch)
        renew(kiosk, from_hub)
        await kiosk.wait(QUIET_SECONDS)
        await kiosk.until(lambda: from_hub.state.state == "failed")
        assert "no room for lunch" in from_hub.state.detail
        assert kiosk.app.config is own
        assert not from_hub.is_ready


async def test_what_does_not_fit_any_more_is_not_shown(
    before: Before, own: Config, clock: WoundClock, tmp_path: Path
) -> None:
    from_hub = offer(tmp_path, own, clock, "[kiosk]\nlanguages = 3\n")
    async with before(own) as kiosk:
        await kiosk.awake()
        renew(kiosk, from_hub)
        await kiosk.wait(QUIET_SECONDS)
        await kiosk.until(lambda: from_hub.state.state == "failed")
        await kiosk.asks("first")


async def test_staff_switches_outlast_a_change(before: Before, own: Config, clock: WoundClock, tmp_path: Path) -> None:
    from_hub = offer(tmp_path, own, clock)
    async with before(own) as kiosk:
        await kiosk.awake()
        kiosk.app.around.counter.test_mode = True
        renew(kiosk, from_hub)
        await kiosk.wait(QUIET_SECONDS)
        await kiosk.asks("lunch")
        await kiosk.tap("5")
        await kiosk.see(ThanksView)
        assert kiosk.seen.query(QrCode), "the thanks made ready before the change are gone"
        (answer,) = kiosk.answers()
        assert answer.marks == ("staff_test",)
