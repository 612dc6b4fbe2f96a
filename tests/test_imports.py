"""What each part brings along, seen in fresh interpreters: the static contracts cannot see a late import."""

from __future__ import annotations

import subprocess
import sys

import pytest

STORE = ("sqlmodel", "sqlalchemy", "alembic")
SCREEN = ("textual",)
WEB = ("textual_serve", "aiohttp", "jinja2")
PAPER = ("PIL", "qrcode", "font_source_sans_pro", "fpdf", "fontTools", "resvg_py")
FORMATS = ("babel",)


def loaded_by(code: str) -> set[str]:
    """Run code in a fresh interpreter and give the top-level modules that it loaded."""
    program = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import kiosk", ("pydantic", "typer", *SCREEN, *STORE, *PAPER)),
        ("import kiosk.answer, kiosk.visit, kiosk.survey, kiosk.words, kiosk.results.day", (*SCREEN, *STORE, *PAPER)),
        ("import kiosk.cli", (*SCREEN, *STORE, *PAPER, *FORMATS, *WEB, "argon2")),
        (
            "from kiosk.config import find_config, load_config; load_config(find_config())",
            (*SCREEN, *STORE, *PAPER, *FORMATS),
        ),
        ("import kiosk.store.lock, kiosk.store", STORE),
        ("import kiosk.store.store, kiosk.store.reader", ("alembic", *SCREEN)),
        ("import kiosk.ui.app, kiosk.formats", (*STORE, *PAPER, *FORMATS, *WEB, "argon2", "typer")),
        ("import kiosk.tablet.server", (*STORE, *PAPER, *SCREEN, "argon2", "typer")),
        ("import kiosk.export.answers", (*SCREEN, *PAPER)),
        (
            "import kiosk.handover.stick, kiosk.handover.phone",
            (*SCREEN, *STORE, *PAPER, *FORMATS, *WEB, "argon2", "typer"),
        ),
        ("import kiosk.charts.svg, kiosk.charts.hours, kiosk.charts.spread", (*SCREEN, *STORE, *PAPER, *FORMATS, *WEB)),
        ("import kiosk.export.report.writing, kiosk.telling.facts", (*SCREEN, *STORE, *PAPER, *FORMATS, *WEB)),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_part_brings_only_its_own_libraries(code: str, unwanted: tuple[str, ...]) -> None:
    loaded = loaded_by(code)
    assert "kiosk" in loaded
    assert not loaded & set(unwanted)
