"""The benchmark of what a hub takes: ingest beside bare SQLAlchemy Core and the bare driver, and a crowd of kiosks.

    python tests/benchmarks/hub.py [--seconds 20] [--kiosks 500]

Both sides of each comparison take turns in one run; the crowd and the hub share the machine. Budget: at least half of
bare Core's rate at batches of 50, although the hub also reads, cleans, fingerprints, counts and reports.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[2])  # run as a file, it finds the package it is part of
    from tests.benchmarks.hub_crowd import crowd
    from tests.benchmarks.hub_ingest import measure

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="for each measurement")
    parser.add_argument("--kiosks", type=int, default=500)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # the package that brings PostgreSQL warns about folders
    for line in measure(options.seconds):
        print(line, flush=True)  # noqa: T201 - its result
    found = crowd(options.kiosks, options.seconds)
    rate = found.submissions / found.seconds
    print(f"{options.kiosks} kiosks at once: {rate:.0f} submissions/s, {found.refused} refused")  # noqa: T201
    print(f"processor of the hub: {1000 * found.processor_seconds / found.submissions:.1f} ms each")  # noqa: T201
    print(f"slowest answer {found.slowest_seconds:.1f} s")  # noqa: T201
    print(f"memory: {found.at_rest_mb:.0f} MB at rest, {found.under_load_mb:.0f} MB under load")  # noqa: T201
