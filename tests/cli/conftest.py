"""Calling a command as a person would."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cli import main
from tests.conftest import SHIPPED

Call = Callable[..., tuple[int, bytes, str]]
Run = Callable[..., tuple[int, str, str]]


def demo_until(day: str, folder: Path) -> Path:
    """Make a database with a year of 4000 visitors, the last of them on a day."""
    path = folder / "kiosk.db"
    asked = ["demo", "--answers", "4000", "--until", day, "--config", str(SHIPPED), "--database", str(path)]
    subprocess.run([sys.executable, "-m", "kiosk", *asked], cwd=SHIPPED.parent, capture_output=True, check=True)
    return path


@pytest.fixture
def call(database: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Give a function that calls `kiosk` on the shipped survey and the test's database, in a terminal of 80 columns.

    It gives the exit code, standard output and standard error.
    """
    monkeypatch.setenv("KIOSK_CONFIG", str(SHIPPED))
    monkeypatch.setenv("KIOSK_DATABASE", str(database))
    monkeypatch.setenv("COLUMNS", "80")

    def called(*arguments: str) -> tuple[int, bytes, str]:
        monkeypatch.setattr(sys, "argv", ["kiosk", *arguments])
        code = 0
        try:
            main()
        except SystemExit as ending:
            code = int(ending.code or 0)
        out, err = capsysbinary.readouterr()
        return code, out, err.decode()

    return called


@pytest.fixture
def run(call: Call) -> Run:
    """Give a function that calls `kiosk` likewise, and gives standard output as text."""

    def run_command(*arguments: str) -> tuple[int, str, str]:
        code, out, err = call(*arguments)
        return code, out.decode("utf-8-sig"), err

    return run_command
