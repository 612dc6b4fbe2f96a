"""The benchmark of figures and files from its options to its printed result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from signal import SIGKILL

from kiosk.config import Config, load_config
from kiosk.demo.filling import fill
from kiosk.demo.records import DemoYear
from kiosk.results.day import day_figures
from kiosk.results.hours import heat_map
from kiosk.results.period import Period
from kiosk.results.question import scale_of
from kiosk.store.reader import Reader
from tests.benchmarks import rivals
from tests.benchmarks.figures import Budget, Figure, percentile, table
from tests.benchmarks.kiosk_side import SHIPPED, KioskSide
from tests.benchmarks.side import THANKS_SECONDS, measure_taps

_DISK = Path("/var/tmp")
_LAST = date(2026, 11, 20)
_PARTS = ("files", "figures", "taps")
_TIMES = 3
"""How often each thing is measured; the fastest counts, as what slows it is not its own."""


def main(description: str) -> None:
    """Measure and print what came out."""
    options = _options(description)
    with tempfile.TemporaryDirectory(prefix="kiosk-benchmark-", dir=options.folder) as folder:
        config, place = load_config(SHIPPED), Path(folder)
        kiosk = KioskSide(place / "kiosk")
        database = place / "kiosk" / "kiosk.db"
        if options.database:
            shutil.copy(options.database, database)
        else:
            fill(database, DemoYear(config, _LAST, options.answers, seed=1).records())
        if "files" in options.only:
            files = _files(database, place)
            _print(files[:2], "sqlite3")
            _print(files[2:], "-")
        if "figures" in options.only:
            _print(_figures(database, place, config), "DuckDB")
        if "taps" in options.only:
            _print(_taps(kiosk, database, place, options.taps), "alone")
        _tell(f"Load at the end: {os.getloadavg()[0]:.1f}, on {os.cpu_count()} cores.")


def _options(description: str) -> Namespace:
    parser = ArgumentParser(prog="results.py", description=description)
    parser.add_argument("--answers", type=int, default=1_000_000, metavar="N", help="how many answers (1000000)")
    parser.add_argument("--taps", type=int, default=100, metavar="N", help="taps with and without an export (100)")
    parser.add_argument("--database", type=Path, help="a database of `kiosk demo`, of which a copy is used")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=_PARTS, help="what to measure (everything)")
    parser.add_argument("--folder", type=Path, default=_DISK, help="where files go, on a disk (/var/tmp)")
    return parser.parse_args()


def _files(database: Path, place: Path) -> list[Figure]:
    """Measure the exports as processes, in turn with the sqlite3 command, so that noise meets both."""
    ours, theirs = [], []
    for _ in range(_TIMES):
        ours.append(_export(database, place / "ours.csv", "csv"))
        command, script = rivals.csv_command(database, place / "theirs.csv")
        theirs.append(_run(command, script))
    workbook = _export(database, place / "a.xlsx", "xlsx")
    wall, processor = (min(run[number] for run in ours) for number in (0, 1))
    return [
        Figure("CSV of all answers", "s", wall, min(run[0] for run in theirs), Budget(ratio=2)),
        Figure("  processor time", "s", processor, min(run[1] for run in theirs), Budget(ratio=2)),
        Figure("memory of the CSV export", "MB", max(run[2] for run in ours), None),
        Figure(f"memory of the XLSX export, {workbook[0]:.0f} s", "MB", workbook[2], None),
    ]


def _figures(database: Path, place: Path, config: Config) -> list[Figure]:
    parquet = place / "a.parquet"
    _export(database, parquet, "parquet")
    duck = rivals.load(parquet)
    bounds = Period(_LAST).bounds_in(config)
    scale = scale_of(config.survey.first)
    with Reader(database) as reader:

        def today() -> int:
            figures = day_figures(reader.count_values(*bounds), reader.outcomes(*bounds), config, Period(_LAST))
            return figures.questions[0].n

        def week() -> int:
            cells = heat_map(reader.slots(scale, config.kiosk.day_ends_at), scale, config).weekdays
            return sum(cell.n for row in cells for cell in row)

        return [
            _beside("a day's figures", 1000, "ms", today, lambda: rivals.count_day(duck, _LAST), Budget(limit=100)),
            _beside("a year's heat map", 1, "s", week, lambda: rivals.count_week(duck), Budget(limit=2)),
        ]


def _beside(
    name: str, units: int, unit: str, ours: Callable[[], int], theirs: Callable[[], int], budget: Budget
) -> Figure:
    """Time two ways to count the same; ends the benchmark when they do not agree."""
    fastest = [float("inf"), float("inf")]
    for _ in range(_TIMES):
        counted = set()
        for place, count in enumerate((ours, theirs)):
            began = time.perf_counter()
            counted.add(count())
            fastest[place] = min(fastest[place], time.perf_counter() - began)
        if len(counted) > 1:
            raise SystemExit(f"{name}: the kiosk and DuckDB counted {counted}.")
    return Figure(name, unit, units * fastest[0], units * fastest[1], budget)


def _taps(kiosk: KioskSide, database: Path, place: Path, taps: int) -> list[Figure]:
    """Tap a running kiosk alone, then while one export follows the other."""
    kiosk.start()
    kiosk.first_thanks()  # the kiosk is awake: it has looked through the whole database
    kiosk.rest(THANKS_SECONDS)
    kiosk.next_customer()
    alone = measure_taps(kiosk, taps, lambda: None)
    script = 'while "$@" >"$0"; do :; done'
    command = ["sh", "-c", script, str(place / "again.csv"), *_export_command(database, "csv")]
    exports = subprocess.Popen(command, start_new_session=True)
    try:
        busy = measure_taps(kiosk, taps, lambda: None)
        if exports.poll() is not None:
            raise SystemExit("The export beside the taps ended with an error.")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(exports.pid, SIGKILL)
        exports.wait()
        kiosk.stop()
    return [
        Figure(f"tap to thanks during an export, p{share:.0%}".rstrip("%"), "ms", *_both(busy, alone, share), budget)
        for share, budget in ((0.5, None), (0.99, Budget(limit=50)))
    ]


def _both(busy: list[float], alone: list[float], share: float) -> tuple[float, float]:
    return 1000 * percentile(busy, share), 1000 * percentile(alone, share)


def _export(database: Path, output: Path, file_format: str) -> tuple[float, float, float]:
    output.unlink(missing_ok=True)
    return _run([*_export_command(database, file_format), "--output", str(output)])


def _export_command(database: Path, file_format: str) -> list[str]:
    options = ["--config", str(SHIPPED), "--database", str(database), "--format", file_format]
    return [sys.executable, "-m", "kiosk", "export", *options]


def _run(command: list[str], script: str = "") -> tuple[float, float, float]:
    """Run a command to its end; give the seconds it took, those of the processor, and its largest memory in MB."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, env={**os.environ, "TZ": "Europe/Helsinki"})
    assert child.stdin is not None
    child.stdin.write(script)
    child.stdin.close()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[0]} ended with {child.returncode}.")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def _print(lines: list[Figure], rival: str) -> None:
    _tell("\n".join([*table(lines, rival), ""]))


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
