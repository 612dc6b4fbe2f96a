"""What the doctor says about how the kiosk is started."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.device.finding import Level
from kiosk.device.foot import Version
from kiosk.device.install import UNIT, system_files
from kiosk.device.launcher import ancestors, cage_finding, foot_finding, watchdog_finding
from tests.device.machine import machine

ASKED = {"NOTIFY_SOCKET": "/run/systemd/notify", "WATCHDOG_USEC": "30000000"}


@pytest.mark.parametrize(
    ("version", "level"), [((1, 13, 1), "warning"), ((1, 14, 0), "warning"), ((1, 15, 0), "ok"), ((1, 21, 0), "ok")]
)
def test_a_foot_without_touch_is_a_warning(version: Version, level: Level) -> None:
    assert foot_finding(version).level == level


def test_a_terminal_that_is_not_alone_on_the_screen_is_a_warning() -> None:
    assert cage_finding(["sh", "foot", "cage", "systemd"]).level == "ok"
    assert cage_finding(["sh", "foot", "sway", "systemd"]).level == "warning"
    assert cage_finding([]).level == "warning"


def test_a_kiosk_that_systemd_listens_to_or_would_start_is_watched(tmp_path: Path) -> None:
    assert watchdog_finding({}, tmp_path / "none").level == "warning"
    assert watchdog_finding(ASKED, tmp_path / "none").level == "ok"
    unit = tmp_path / "kiosk.service"
    unit.write_text("[Service]\nExecStart=kiosk\n")
    assert watchdog_finding({}, unit).level == "warning"
    (installed,) = (file.text for file in system_files(machine()) if file.path == UNIT)
    unit.write_text(installed)
    assert watchdog_finding({}, unit).level == "ok"


def test_programs_above_are_named_the_nearest_first_also_with_odd_names(tmp_path: Path) -> None:
    for number, name, parent in ((7, "kiosk", 6), (6, "a) S 1 (b", 5), (5, "cage", 1), (1, "systemd", 0)):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "stat").write_text(f"{number} ({name}) S {parent} 1 1 0\n")
    assert list(ancestors("7", tmp_path)) == ["kiosk", "a) S 1 (b", "cage", "systemd"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system shows no processes")
def test_this_process_has_somebody_above_it() -> None:
    assert len(list(ancestors("self"))) > 1
    assert next(ancestors("self")) == Path(f"/proc/{os.getpid()}/comm").read_text(encoding="utf-8").strip()
