"""What a long drain costs: the time for 10,000 answers, and taps while a month offline is caught up with.

    python -m tests.benchmarks.drain [--answers 30000] [--taps 20] [--folder /var/tmp]

The receiver keeps nothing, so what is measured is the kiosk. Taps are measured on the same database without a hub and
while it drains; a tap counts only if the drain was not over by then.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kiosk.config import load_config
from kiosk.demo.filling import fill
from kiosk.demo.records import DemoYear
from kiosk.store.reader import Reader
from tests.benchmarks.figures import median, percentile
from tests.benchmarks.kiosk_side import SHIPPED, KioskSide
from tests.benchmarks.processes import unique_set_size
from tests.benchmarks.side import LOOK_SECONDS, THANKS_SECONDS
from tests.sync.conftest import HUB, enrol_at

_LAST = date(2026, 11, 20)
_BEGINS_WITHIN_SECONDS = 60.0


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=30_000)
    parser.add_argument("--taps", type=int, default=20)
    parser.add_argument("--folder", default="/var/tmp")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kiosk-drain-", dir=options.folder) as folder:
        _time_alone(Path(folder) / "alone")
        kiosk = KioskSide(Path(folder) / "kiosk")
        database = Path(folder) / "kiosk" / "kiosk.db"
        fill(database, DemoYear(load_config(SHIPPED), _LAST, options.answers, seed=1).records())
        without = _taps(kiosk, database, options.taps, drains=False)
        with _receiver() as port:
            _enrol(database, port)
            during = _taps(kiosk, database, options.taps, drains=True)
        for name, taps in (("without a hub", without), ("during the drain", during)):
            if taps:
                _say(_line(name, taps))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _line(name: str, taps: list[float]) -> str:
    fiftieth, most = median(taps) * 1000, percentile(taps, 0.95) * 1000
    return f"tap to thanks, {name:<17} n {len(taps):>3}  p50 {fiftieth:6.1f} ms  p95 {most:6.1f} ms"


def _time_alone(folder: Path) -> None:
    """Time `kiosk sync --once` for 10,000 answers and their visits."""
    database = folder / "kiosk.db"
    fill(database, DemoYear(load_config(SHIPPED), _LAST, 10_000, seed=1).records())
    with _receiver() as port:
        _enrol(database, port)
        began = time.monotonic()
        command = [sys.executable, "-m", "kiosk", "sync", "--once", "--database", str(database)]
        subprocess.run([*command, "--config", str(SHIPPED)], check=True, capture_output=True)
        _say(f"kiosk sync --once, 10,000 answers and their visits: {time.monotonic() - began:.1f} s, start included")


def _taps(kiosk: KioskSide, database: Path, number: int, *, drains: bool) -> list[float]:
    kiosk.start()
    seconds: list[float] = []
    try:
        kiosk.first_thanks()
        kiosk.rest(THANKS_SECONDS)
        kiosk.next_customer()
        began_waiting = time.monotonic()
        while drains and not _progress(database)[0]:
            kiosk.rest(0.2)
            if time.monotonic() - began_waiting > _BEGINS_WITHIN_SECONDS:
                raise SystemExit("the drain has not begun")
        began, before = time.monotonic(), _progress(database)
        for face in range(number):
            kiosk.rest(LOOK_SECONDS)
            tapped = kiosk.tap(face % 5)
            if drains and _progress(database)[1] < 500:
                break
            seconds.append(tapped)
            kiosk.rest(THANKS_SECONDS)
            kiosk.next_customer()
        sent = _progress(database)[0] - before[0]
        _say(f"memory {unique_set_size(kiosk.pid) / 1e6:.0f} MB; {sent} records in {time.monotonic() - began:.1f} s")
    finally:
        kiosk.stop()
    return seconds


def _progress(database: Path) -> tuple[int, int]:
    """Give how many records have arrived, and how many wait."""
    with Reader(database) as reader:
        (delivery,) = reader.deliveries([f"hub {HUB}"])
    return delivery.acked_seq, delivery.waiting


def _enrol(database: Path, port: int) -> None:
    with Reader(database) as reader:
        enrol_at(database, reader.device_id, f"http://127.0.0.1:{port}")


@contextmanager
def _receiver() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    program = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.receiver", str(port), str(HUB)])
    try:
        time.sleep(1)
        yield port
    finally:
        program.terminate()
        program.wait()


if __name__ == "__main__":
    main()
