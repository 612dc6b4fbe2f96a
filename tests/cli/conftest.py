"""Calling a command as a person would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cli import main
from tests.conftest import SHIPPED

Call = Callable[..., tuple[int, bytes, str]]


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
