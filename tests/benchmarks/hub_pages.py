"""The benchmark of the hub's overview: thousands of places, and the rollups of tens of millions of answers (SQLite).

    python tests/benchmarks/hub_pages.py [--places 5000] [--days 365] [--database FILE]

Fills a hub's rollups, day by day as kiosks would, with a face and a reason a row; then asks a served hub for the page
as an owner: of days that it has never worked out (cold), and again (as remembered for a minute). Budget: 300 ms for
the whole request. Filling takes minutes; `--database` keeps the file, and takes it as it is the next time.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[2])  # run as a file, it finds the package it is part of
    from tests.benchmarks.hub_pages_command import main

    main((__doc__ or "").split("\n", maxsplit=1)[0])
