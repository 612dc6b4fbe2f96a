"""Progress of long work, as a person at a terminal sees it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from kiosk.cli import progress
from kiosk.cli.progress import watched


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Let an hour pass at each look at the clock, on a terminal."""
    ticks = iter(range(0, 10**9, 3600))
    monkeypatch.setattr(progress, "monotonic", lambda: float(next(ticks)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


def test_all_items_pass_whether_a_bar_is_drawn_or_not(hours: None) -> None:
    assert list(watched(range(2000), "Answers", lambda: 2000)) == list(range(2000))


def test_short_work_asks_for_nothing() -> None:
    def expected() -> int:
        raise AssertionError("nobody waits for this")

    assert list(watched(range(2000), "Answers", expected)) == list(range(2000))


def test_a_few_long_steps_have_a_bar_too(hours: None, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[int] = []

    def steps() -> Iterator[int]:
        for number in range(5):
            seen.append(number)
            yield number

    asked: list[int] = []

    def expected() -> int:
        asked.append(len(seen))
        return 5

    assert list(watched(steps(), "Days", expected, stride=1)) == [0, 1, 2, 3, 4]
    assert asked == [1]
    assert "Days" in capsys.readouterr().err
