"""The lines of the result, with the budget of each."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.figures import Budget, Figure, median, percentile
from tests.benchmarks.side import Notes

_START = Budget(limit=1.0, ratio=1 / 2)
_TAP = Budget(limit=50, ratio=1 / 5)
_MEMORY = Budget(limit=90, ratio=1 / 3)


def figures(kiosk: Notes, browser: Notes, hurried: list[float], sent: Mapping[str, list[int]]) -> list[Figure]:
    """Set both sides beside each other.

    `hurried` are the browser's taps without SurveyJS's pause; `sent` are the bytes of the kiosk's visits in each manner
    of drawing, of which a browser has none.
    """
    return [*_starts(kiosk, browser), *_taps(kiosk, browser, hurried), *_rest(kiosk, browser), *_sent(sent)]


def _starts(kiosk: Notes, browser: Notes) -> list[Figure]:
    lines = [
        Figure("start to first question", "s", median(kiosk.starts), median(browser.starts), _START),
        Figure("  slowest of them", "s", max(kiosk.starts), max(browser.starts)),
        Figure("start to first thanks", "s", median(kiosk.first_thanks), median(browser.first_thanks)),
    ]
    if kiosk.cold_starts:
        cold = median(kiosk.cold_starts), median(browser.cold_starts)
        lines.append(Figure("start after power-on", "s", *cold))
    return lines


def _taps(kiosk: Notes, browser: Notes, hurried: list[float]) -> list[Figure]:
    ours, theirs, faster = (_milliseconds(seconds) for seconds in (kiosk.taps, browser.taps, hurried))
    return [
        Figure("tap to stored and thanked, fastest", "ms", min(ours), min(theirs)),
        Figure("  p50", "ms", median(ours), median(theirs)),
        Figure("  p99", "ms", percentile(ours, 0.99), percentile(theirs, 0.99), _TAP),
        Figure("  slowest", "ms", max(ours), max(theirs)),
        Figure("  p50, browser without its pause", "ms", median(ours), median(faster)),
        Figure("  p99, browser without its pause", "ms", percentile(ours, 0.99), percentile(faster, 0.99)),
    ]


def _rest(kiosk: Notes, browser: Notes) -> list[Figure]:
    return [
        Figure("memory at the first question", "MB", kiosk.memory_before / 1e6, browser.memory_before / 1e6),
        Figure("memory after the taps", "MB", kiosk.memory_after / 1e6, browser.memory_after / 1e6, _MEMORY),
        Figure("at rest, of one core", "%", kiosk.rest_share * 100, browser.rest_share * 100),
    ]


def _sent(sent: Mapping[str, list[int]]) -> list[Figure]:
    return [
        Figure(f"sent to the terminal per visit, {manner}", "kB", median(visits) / 1000, None)
        for manner, visits in sent.items()
    ]


def _milliseconds(seconds: list[float]) -> list[float]:
    return [1000 * value for value in seconds]
