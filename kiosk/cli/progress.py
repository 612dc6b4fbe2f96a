"""A progress bar for long work, only where a person is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

import typer

Item = TypeVar("Item")

_PATIENCE_SECONDS = 1.0
_STRIDE = 500
"""How much of what is quick passes between two looks at the clock."""


def watched(
    items: Iterable[Item],
    words: str,
    expected: Callable[[], int],
    size: Callable[[Item], int] = lambda _: 1,
    stride: int = _STRIDE,
) -> Iterator[Item]:
    """Pass items through; after a second of work draw a bar on stderr, if stderr is a terminal.

    Only then is it asked how much is `expected`: how many items, or how many of what `size` counts in each. After
    each `stride` of these the clock is looked at, and the bar drawn.
    """
    source, began, done, looked_at = iter(items), monotonic(), 0, 0
    for item in source:
        yield item
        done += size(item)
        if done - looked_at >= stride:
            looked_at = done
            if monotonic() - began > _PATIENCE_SECONDS and sys.stderr.isatty():
                break
    else:
        return
    with typer.progressbar(range(expected()), label=words, file=sys.stderr) as bar:
        shown = 0
        for item in source:
            if done - shown >= stride:
                bar.update(done - shown)
                shown = done
            yield item
            done += size(item)
        bar.update(done - shown)


def closed_days_watch(records: Iterable[Item], expected: Callable[[], int]) -> Iterator[Item]:
    """Pass the records of closed days through, with a bar where checking them takes long."""
    return watched(records, "Checking closed days", expected)
