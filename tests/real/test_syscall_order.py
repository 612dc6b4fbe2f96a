"""What the kernel sees of a visit: the answer is synced to the disk before the screen goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from tests.real.customer import SKIP, THANKS, Customer, trial_config
from tests.real.strace import require_strace, traced
from tests.real.terminal import PtyKiosk

pytestmark = pytest.mark.real

_CALL = re.compile(r"(?P<thread>\d+) +(?P<name>\w+)\(\d+<(?P<file>[^>]*)>(?P<rest>.*)")
_RESUMED = re.compile(r"(?P<thread>\d+) +<\.\.\. (?P<name>fdatasync|fsync) resumed>\) += (?P<result>.*)")

_SLOW_SYNC = "inject=fdatasync,fsync:delay_enter=300000"
"""A sync takes 0.3 s, as on a poor card, so that a screen which does not wait for it is seen to go on before."""

_SIGNS = {THANKS.strip(): "thanks", r"\342\226\201": "thanks", SKIP: "follow-up"}
"""How a view is known in the bytes for the terminal: by its words, the thanks also by their countdown bar."""


@pytest.mark.parametrize(
    ("skips", "order"),
    [
        (0.0, ["written", "synced", "follow-up", "written", "synced", "thanks"]),
        (1.0, ["written", "synced", "follow-up", "thanks"]),
    ],
    ids=["answered", "skipped"],
)
def test_every_answer_is_synced_before_the_screen_goes_on(tmp_path: Path, skips: float, order: list[str]) -> None:
    require_strace()
    database, trace = tmp_path / "kiosk.db", tmp_path / "strace"
    arguments = ("run", "--config", trial_config(tmp_path), "--database", database)
    with PtyKiosk(*arguments, folder=tmp_path, size=(120, 32)) as kiosk:
        customer = Customer(kiosk, Random(7), skips=skips)
        customer.arrive(database)
        customer.visit_once()
        customer.leave()
        with traced(kiosk.process.pid, trace, "trace=pwrite64,write,fdatasync,fsync", _SLOW_SYNC):
            customer.visit_once()
    assert [event for event, _ in groupby(events(trace))] == order


def events(trace: Path) -> Iterator[str]:
    """Give what happened to the write-ahead log and on the terminal, in its order.

    A write counts as it begins, a sync as it has succeeded, and a view with the first of its bytes.
    """
    shown = ""
    for event in filter(None, map(_Reading().event, trace.read_text(encoding="utf-8").splitlines())):
        if event not in _SIGNS.values():
            yield event
        elif event != shown:
            shown = event
            yield event


class _Reading:
    """Reads line after line, and remembers which threads are inside a sync of the log."""

    def __init__(self) -> None:
        self._syncing: set[str] = set()

    def event(self, line: str) -> str | None:
        if resumed := _RESUMED.match(line):
            if resumed["thread"] not in self._syncing:
                return None
            self._syncing.remove(resumed["thread"])
            return _outcome(resumed["result"])
        call = _CALL.match(line)
        if call and call["file"].endswith("-wal"):
            return self._log_event(call)
        if call and call["file"].startswith("/dev/pts/"):
            return next((view for sign, view in _SIGNS.items() if sign in call["rest"]), None)
        return None

    def _log_event(self, call: re.Match[str]) -> str | None:
        if "write" in call["name"]:
            return "written"
        if call["rest"].endswith("<unfinished ...>"):
            self._syncing.add(call["thread"])
            return None
        return _outcome(call["rest"].rpartition("= ")[2])


def _outcome(result: str) -> str:
    return "synced" if result in ("0", "0 (DELAYED)") else f"sync failed: {result}"
