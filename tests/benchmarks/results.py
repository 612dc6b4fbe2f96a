"""The benchmark of the figures and the files: a million answers, against the sqlite3 command and DuckDB.

    python tests/benchmarks/results.py [--answers 1000000] [--taps 100]

Measures the CSV export beside `sqlite3 -csv` with the same columns, the memory of CSV and XLSX exports, a day's figures
and a year's heat map beside DuckDB on the same data, and a tap while an export runs. Needs the installed kiosk, the
sqlite3 command and DuckDB; takes about 15 minutes. docs/benchmarks.md says how to read the figures.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[2])  # run as a file, it finds the package it is part of
    from tests.benchmarks.results_command import main

    main((__doc__ or "").split("\n", maxsplit=1)[0])
