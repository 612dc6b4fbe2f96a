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
"""Items between two looks at the clock."""


def watched(items: Iterable[Item], words: str, expected: Callable[[], int]) -> Iterator[Item]:
    """Pass items through; after a second of work draw a bar on stderr, if stderr is a terminal.

    Only then is it asked how many items are `expected`.
    """
    source, began = iter(items), monotonic()
    for done, item in enumerate(source, start=1):
        yield item
        if done % _STRIDE == 0 and monotonic() - began > _PATIENCE_SECONDS and sys.stderr.isatty():
            break
    else:
        return
    with typer.progressbar(range(expected()), label=words, file=sys.stderr) as bar:
        bar.update(done)
        for more, item in enumerate(source, start=1):
            yield item
            bar.update(_STRIDE * (more % _STRIDE == 0))
