"""A theme that there is none of, and a logo that is none, are told in one sentence by `kiosk check` and `kiosk run`.

A logo that is only broken keeps no kiosk from starting: see tests/config/test_pictures.py and tests/ui/test_logo.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="only systems with terminals of this kind run a kiosk in one")

THEME = "kiosk.toml:4: look.theme: must be one of light, dark, contrast, not 'drak'; did you mean 'dark'?"
LOGO = "kiosk.toml:5: look.logo: 'logo.png' is neither a PNG nor a JPEG nor an SVG picture"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder whose kiosk.toml has a theme and a logo that cannot be shown."""
    content = '[[question]]\ntext = "?"\n[look]\ntheme = "drak"\nlogo = "logo.png"\n'
    (tmp_path / "kiosk.toml").write_text(content, encoding="utf-8")
    (tmp_path / "logo.png").write_text("no picture", encoding="utf-8")
    return tmp_path


def told(folder: Path, command: str) -> tuple[int, str]:
    """Run a command in a terminal; give its exit code and all that it says in words."""
    screen, far_end = pty.openpty()
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "kiosk", command],
            stdin=far_end,
            stdout=subprocess.PIPE if command == "check" else far_end,
            stderr=subprocess.PIPE,
            cwd=folder,
            timeout=60,
            check=False,
        )
    finally:
        os.close(far_end)
        os.close(screen)
    return ran.returncode, ((ran.stdout or b"") + ran.stderr).decode("utf-8")


@pytest.mark.parametrize("command", ["check", "run"])
def test_each_is_told_with_its_line_and_what_to_do(folder: Path, command: str) -> None:
    code, words = told(folder, command)
    assert code == 2
    assert THEME in words
    assert LOGO in words
    assert "Traceback" not in words
    assert not list(folder.glob("*.db")), "nothing was begun"
