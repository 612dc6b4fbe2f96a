"""Whatever anybody presses, touches or plugs in, the kiosk goes on and counts right."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual import events

from kiosk.config import Config
from kiosk.device.pin import PinVault
from kiosk.ui.view import View
from tests.conftest import WoundClock
from tests.ui.driver import LOOK_SECONDS, PIN, Driver, standing_before

KEYS = ["1", "2", "3", "4", "5", "9", "plus", "tab", "shift+tab", "enter", "space", "escape", "backspace"]
KEYS += ["left", "right", "up", "down", "home", "delete", "ctrl+c", "ctrl+q", "ctrl+p", "ctrl+z", "f1", "a", "ö", "€"]

FAST = (Phase.explicit, Phase.generate)
"""Each example starts a kiosk, so a failure is told as it was found."""

cell = st.tuples(st.integers(0, 79), st.integers(0, 23))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("keys"), st.lists(st.sampled_from(KEYS), min_size=1, max_size=5)),
        st.tuples(st.just("tap"), cell),
        st.tuples(st.just("tap"), cell),
        st.tuples(st.just("tile"), st.integers(0, 20)),
        st.tuples(st.just("tile"), st.integers(0, 20)),
        st.tuples(st.just("press"), cell),
        st.tuples(st.just("release"), cell),
        st.tuples(st.just("wheel"), cell),
        st.tuples(st.just("paste"), st.text(max_size=20)),
        st.tuples(st.just("resize"), st.sampled_from([(20, 5), (80, 24), (45, 80), (1, 1), (160, 50)])),
        st.tuples(st.just("wait"), st.sampled_from([0.1, 0.7, 3.0, 9.0, 46.0, 70.0, 4000.0])),
    ),
    min_size=4,
    max_size=25,
)


async def do(kiosk: Driver, what: str, how: Any) -> None:
    """Do one thing to the kiosk."""
    doing: dict[str, Callable[..., object]] = {
        "keys": lambda: kiosk.strike(*how),
        "tap": lambda: kiosk.hit(*how),
        "press": lambda: kiosk.press(*how),
        "release": lambda: kiosk.release(*how),
        "wheel": lambda: kiosk.wheel(*how),
        "paste": lambda: kiosk.send(events.Paste(how)),
        "tile": lambda: tap_some_tile(kiosk, how),
        "resize": lambda: kiosk.resize(*how),
        "wait": lambda: kiosk.wait(how),
    }
    if isinstance(done := doing[what](), Coroutine):
        await done
    await kiosk.settle()


def tap_some_tile(kiosk: Driver, number: int) -> None:
    kiosk.clock.wind(LOOK_SECONDS)
    if keys := kiosk.keys_to_tap():
        kiosk.hit(*kiosk.place_of(keys[number % len(keys)]))


def counts_right(kiosk: Driver) -> None:
    """Every visit has one answer to the first question that counts, or none if that was taken back."""
    answers = kiosk.answers()
    ended = {visit.visit_id for visit in kiosk.visits()}
    begun = {answer.visit_id for answer in answers}
    superseded = {answer.supersedes for answer in answers}
    assert ended <= begun
    assert len(kiosk.visits()) == len(ended)
    assert len(begun - ended) <= 1
    for visit in begun:
        first = [answer for answer in answers if answer.visit_id == visit and answer.question == "visit"]
        assert len([answer for answer in first if answer.id not in superseded]) == 1
        assert [answer.supersedes for answer in first] == [None, *(answer.id for answer in first[:-1])]


@settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck), phases=FAST)
@given(script=steps)
async def test_any_sequence_of_keys_and_touches_keeps_the_kiosk_running_and_counting(
    shipped: Config, script: list[tuple[str, object]]
) -> None:
    with TemporaryDirectory() as folder:
        PinVault(Path(folder), clock := WoundClock()).set(PIN)
        async with standing_before(shipped, clock, Path(folder)) as kiosk:
            await kiosk.awake()
            for what, how in script:
                await do(kiosk, what, how)
                assert kiosk.app.is_running
                assert kiosk.app.screen_stack == [kiosk.app.stage]
                assert isinstance(kiosk.app.stage.view, View)
                assert kiosk.app.clipboard == ""
            counts_right(kiosk)
            await kiosk.resize(80, 24)
            await kiosk.home()
            counts_right(kiosk)
            kiosk.clock.wind(1)
            before = len(kiosk.answers())
            await kiosk.tap("3")
            await kiosk.until(lambda: len(kiosk.answers()) == before + 1)
