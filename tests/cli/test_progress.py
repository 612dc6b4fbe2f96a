"""Progress of long work, as a person at a terminal sees it."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest

from kiosk.cli import progress
from kiosk.cli.progress import watched


class Screen(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Give a terminal; at each look at the clock an hour has passed."""
    hours, terminal = iter(range(0, 10**9, 3600)), Screen()
    monkeypatch.setattr(progress, "monotonic", lambda: float(next(hours)))
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=terminal))
    return terminal


def test_all_items_pass_below_a_bar(screen: Screen) -> None:
    assert list(watched(range(2000), "Answers", lambda: 2000)) == list(range(2000))
    assert "Answers" in screen.getvalue() and "100%" in screen.getvalue()


def test_short_work_draws_nothing_and_asks_for_nothing(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    def expected() -> int:
        raise AssertionError("nobody waits for this")

    monkeypatch.setattr(progress, "monotonic", lambda: 0.0)
    assert list(watched(range(2000), "Answers", expected)) == list(range(2000))
    assert screen.getvalue() == ""


def test_a_few_long_steps_have_a_bar_that_counts_what_each_of_them_did(screen: Screen) -> None:
    steps = [1, 3, 2, 4]
    assert list(watched(steps, "Days", lambda: sum(steps), lambda days: days, stride=1)) == steps
    assert all(share in screen.getvalue() for share in ("40%", "60%", "100%"))
