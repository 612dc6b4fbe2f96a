"""What the doctor says about a terminal, told by it or asked of a real one."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from dataclasses import replace

import pytest

from kiosk.device.finding import Finding
from kiosk.device.terminal import Terminal, terminal_findings

FOOT = Terminal("foot", 1 << 24, has_mouse=True, locale="fi_FI.UTF-8", columns=80, rows=24)


def found(terminal: Terminal, what: str, diagonal_inches: float | None = None) -> Finding:
    (finding,) = (each for each in terminal_findings(terminal, diagonal_inches) if each.id == what)
    return finding


def test_a_good_terminal_gives_no_warning() -> None:
    findings = terminal_findings(FOOT, 7)
    assert [finding.id for finding in findings] == ["terminal", "colours", "mouse", "utf8", "size"]
    assert {finding.level for finding in findings} == {"ok"}


def test_without_a_terminal_that_alone_is_said() -> None:
    (finding,) = terminal_findings(None, 7)
    assert (finding.id, finding.level) == ("terminal", "warning")


@pytest.mark.parametrize("colours", [0, 8, 16, 256])
def test_fewer_colours_than_all_are_a_warning(colours: int) -> None:
    assert found(replace(FOOT, colours=colours), "colours").level == "warning"


@pytest.mark.parametrize("name", ["linux", "xterm-kitty"])
def test_a_terminal_without_touch_is_a_warning_although_it_may_have_a_mouse(name: str) -> None:
    assert found(replace(FOOT, name=name), "mouse").level == "warning"
    assert found(replace(FOOT, has_mouse=False), "mouse").level == "warning"


@pytest.mark.parametrize(("locale", "level"), [("C", "warning"), ("fi_FI@euro", "warning"), ("sv_SE.utf8", "ok")])
def test_a_locale_that_is_not_utf8_is_a_warning(locale: str, level: str) -> None:
    assert found(replace(FOOT, locale=locale), "utf8").level == level


def test_the_cell_is_measured_on_the_seven_inch_panel_by_its_pixels() -> None:
    panel = replace(FOOT, width_px=800, height_px=480)
    width, height = panel.cell_mm(6.95)
    assert (width * 80, height * 24) == pytest.approx((151.4, 90.8), abs=0.1)
    assert "a 20 mm button takes 11 x 6 cells" in found(panel, "size", 6.95).sentence


def test_without_pixels_a_cell_is_taken_to_be_twice_as_high_as_wide() -> None:
    width, height = FOOT.cell_mm(10)
    assert height == pytest.approx(2 * width)
    assert (80 * width) ** 2 + (24 * height) ** 2 == pytest.approx(254**2)


@pytest.mark.parametrize(("columns", "rows", "level"), [(44, 80, "warning"), (50, 14, "warning"), (45, 80, "ok")])
def test_a_terminal_too_small_for_a_question_is_a_warning(columns: int, rows: int, level: str) -> None:
    assert found(replace(FOOT, columns=columns, rows=rows), "size", 7).level == level


def test_a_terminal_that_hides_its_size_is_a_warning() -> None:
    finding = found(replace(FOOT, columns=0, rows=0), "size", 7)
    assert (finding.level, finding.sentence) == ("warning", "The terminal does not tell its size.")


def test_an_unknown_panel_is_measured_in_cells_alone() -> None:
    assert "not known" in found(FOOT, "size").sentence


PROBE = """
import json, os
from dataclasses import asdict
from kiosk.device.terminal import read_terminal
print(json.dumps(asdict(read_terminal(os.environ))))
"""


def asked(**environment: str) -> dict[str, object]:
    """Ask a real pseudo-terminal of 100 x 30 cells, 800 x 480 pixels, from a fresh process."""
    master, slave = pty.openpty()
    try:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 800, 480))
        ran = subprocess.run(
            [sys.executable, "-c", PROBE],
            stdin=slave,
            capture_output=True,
            check=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        )
    finally:
        os.close(master)
        os.close(slave)
    told: dict[str, object] = json.loads(ran.stdout)
    return told


@pytest.mark.real
def test_a_real_terminal_is_asked_for_its_size_colours_and_mouse() -> None:
    told = asked(TERM="xterm-256color", LANG="fi_FI.UTF-8", LC_ALL="C.UTF-8")
    assert (told["columns"], told["rows"], told["width_px"], told["height_px"]) == (100, 30, 800, 480)
    assert (told["has_mouse"], told["locale"]) == (True, "C.UTF-8")
    assert told["colours"] == 256


@pytest.mark.real
def test_a_terminal_that_promises_every_colour_is_believed_and_an_unknown_one_is_not_guessed() -> None:
    assert asked(TERM="xterm-256color", COLORTERM="truecolor")["colours"] == 1 << 24
    unknown = asked(TERM="no-such-terminal")
    assert (unknown["colours"], unknown["has_mouse"]) == (0, False)
