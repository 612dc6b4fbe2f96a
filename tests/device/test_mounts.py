"""What the doctor says about sticks."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from kiosk.device.mounts import stick_findings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sticks are opened on Linux only")


def program(folder: Path, name: str, code: int = 0) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="ascii")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the only folder where programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_a_missing_program_is_named(programs: Path) -> None:
    program(programs, "lsblk")
    (finding,) = stick_findings()
    assert (finding.level, finding.sentence) == ("warning", "Files cannot go to a stick: udisksctl not found.")
    assert "udisks2" in finding.hint


@pytest.mark.parametrize(("code", "level"), [(0, "ok"), (1, "warning"), (2, "warning"), (3, "warning")])
def test_the_doctor_asks_whether_this_user_may_open_sticks(code: int, level: str, programs: Path) -> None:
    program(programs, "lsblk")
    program(programs, "udisksctl")
    program(programs, "pkcheck", code)
    assert shutil.which("pkcheck")
    (finding,) = stick_findings()
    assert finding.level == level


def test_where_nobody_can_be_asked_the_programs_are_enough(programs: Path) -> None:
    program(programs, "lsblk")
    program(programs, "udisksctl")
    assert stick_findings()[0].level == "ok"
