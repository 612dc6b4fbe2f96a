"""The benchmark from its options to its printed result."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.browser_side import BrowserSide
from tests.benchmarks.figures import table
from tests.benchmarks.kiosk_side import KioskSide
from tests.benchmarks.machine import machine
from tests.benchmarks.report import figures
from tests.benchmarks.side import Notes, Side, measure_cold_starts, measure_day, measure_starts, measure_taps
from tests.benchmarks.visits import measure_visits

_DISK = Path("/var/tmp")
"""A folder that is on a disk, where /tmp may be memory."""


def main(description: str) -> None:
    """Measure both sides and print what came out."""
    options = _options(description)
    with _folder(options.folder) as folder:
        result = _measure(options, folder)
    if options.json:
        sys.stdout.write(json.dumps(result, indent=2) + "\n")
    else:
        sys.stdout.write(str(result["text"]))


def _options(description: str) -> Namespace:
    parser = ArgumentParser(prog="counter.py", description=description)
    parser.add_argument("--taps", type=int, default=200, metavar="N", help="taps on each side (200)")
    parser.add_argument("--browser-taps", type=int, metavar="N", help="taps on the browser, where it is to be fewer")
    parser.add_argument("--starts", type=int, default=5, metavar="N", help="starts of each side (5)")
    parser.add_argument("--cold-starts", type=int, default=0, metavar="N", help="starts as after power-on; needs root")
    parser.add_argument("--rest", type=float, default=20, metavar="SECONDS", help="how long to look on at rest (20)")
    parser.add_argument("--folder", type=Path, default=_DISK, help="where the databases are, on a disk (/var/tmp)")
    parser.add_argument("--json", action="store_true", help="print everything measured, for programs")
    return parser.parse_args()


def _measure(options: Namespace, folder: Path) -> dict[str, object]:
    about = machine(folder)
    kiosk, browser = KioskSide(folder / "kiosk"), BrowserSide(folder / "browser")
    ours, theirs = Notes(), Notes()
    browser_taps = options.browser_taps or options.taps
    progress = _Progress(2 * (options.starts + options.cold_starts) + options.taps + 2 * browser_taps)
    with closing(browser):
        _measure_starts(((kiosk, ours), (browser, theirs)), options, progress)
        with _started(kiosk):
            measure_day(kiosk, ours, options.taps, options.rest, progress.step)
        _make_sure(kiosk, 1 + len(ours.first_thanks) + len(ours.taps))
        with _started(browser):
            measure_day(browser, theirs, browser_taps, options.rest, progress.step)
            browser.hurry()
            hurried = measure_taps(browser, browser_taps, progress.step)
        _make_sure(browser, 1 + len(theirs.first_thanks) + len(theirs.taps) + len(hurried))
        server_memory = browser.server_memory()
    sent = measure_visits(folder)
    lines = figures(ours, theirs, hurried, sent)
    return {
        "machine": about,
        "figures": [line.as_json() for line in lines],
        "kiosk": {**asdict(ours), "bytes_per_visit": sent},
        "browser": {**asdict(theirs), "taps_without_pause": hurried, "server_memory": server_memory},
        "text": "\n".join([*table(lines), "", *(f"{name}: {value}" for name, value in about.items()), ""]),
    }


def _measure_starts(sides: tuple[tuple[Side, Notes], ...], options: Namespace, progress: _Progress) -> None:
    """Start each side once for nothing, so that both find their database, their caches and their bytecode."""
    measure_starts([(side, Notes()) for side, _ in sides], 1, lambda: None)
    measure_starts(sides, options.starts, progress.step)
    measure_cold_starts(sides, options.cold_starts, progress.step)


@contextmanager
def _folder(parent: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-benchmark-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(side: Side) -> Iterator[None]:
    side.start()
    try:
        yield
    finally:
        side.stop()


def _make_sure(side: Side, thanked: int) -> None:
    """End the benchmark when thanks and answers are not as many: its figures would be of something else."""
    if (stored := side.stored()) != thanked:
        raise SystemExit(f"{type(side).__name__}: {thanked} taps were thanked and {stored} answers are stored.")


class _Progress:
    """A count on standard error, where somebody looks on."""

    def __init__(self, total: int) -> None:
        """Count up to `total`."""
        self._total, self._done = total, 0

    def step(self) -> None:
        """Count one more."""
        self._done += 1
        if os.isatty(sys.stderr.fileno()):
            end = "\n" if self._done == self._total else ""
            sys.stderr.write(f"\r{self._done} of {self._total}{end}")
            sys.stderr.flush()
