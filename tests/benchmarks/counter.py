"""The counter's benchmark: `kiosk run` beside a browser kiosk, in one run on one machine.

    python tests/benchmarks/counter.py [--taps 200] [--json]

Measures the start to the first question, a tap to the thanks (with the answer safe on disk), the unique set size, the
processor at rest, and what a visit sends to the terminal. The browser kiosk is headless Chromium with a SurveyJS page
that saves to SQLite over loopback. Needs Linux, the installed kiosk, Chromium, and npm, which fetches SurveyJS on the
first run. Takes about 20 minutes; leave the machine alone meanwhile. docs/benchmarks.md says how to read the figures.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[2])  # run as a file, it finds the package it is part of
    from tests.benchmarks.command import main

    main(__doc__.partition("\n")[0])
