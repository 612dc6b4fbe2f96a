"""Letters of the right size for a panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.device.panel import Panel, connected_panel, font_px, read_panel


@pytest.mark.parametrize(
    ("panel", "inches", "columns", "rows"),
    [
        (Panel(800, 480), 7.0, 80, 24),
        (Panel(1024, 600), 7.0, 85, 25),
        (Panel(1280, 800), 10.1, 116, 36),
        (Panel(1920, 1080), 15.6, 160, 45),
        (Panel(1920, 1080), 24.0, 160, 45),
        (Panel(480, 800), 7.0, 48, 40),
        (Panel(800, 480), None, 80, 24),
        (Panel(1920, 1080), None, 160, 45),
    ],
)
def test_the_panels_that_are_named_get_a_screen_that_questions_fit(
    panel: Panel, inches: float | None, columns: int, rows: int
) -> None:
    cell = panel.cell_px(inches)
    assert (panel.width_px // cell, panel.height_px // (2 * cell)) == (columns, rows)


def test_letters_fill_their_cell_and_never_more() -> None:
    assert [font_px(cell) for cell in (6, 10, 12)] == [9, 16, 19]
    assert all(0.602 * font_px(cell) <= cell for cell in range(6, 40))


@pytest.mark.parametrize(("text", "panel"), [("800x480", Panel(800, 480)), (" 1920x1080\n", Panel(1920, 1080))])
def test_a_size_in_pixels_is_read(text: str, panel: Panel) -> None:
    assert read_panel(text) == panel


@pytest.mark.parametrize("text", ["", "800", "800 x 480", "0x480", "80x24", "800x480i", "-800x480", "999999x480"])
def test_what_is_no_size_is_none(text: str) -> None:
    assert read_panel(text) is None


def test_the_first_connected_display_is_asked_for_its_first_mode(tmp_path: Path) -> None:
    for name, status, modes in (
        ("card0-HDMI-A-1", "disconnected", ""),
        ("card1-DSI-1", "connected", "800x480\n640x480\n"),
        ("card1-HDMI-A-2", "connected", "1920x1080\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "status").write_text(status + "\n")
        (tmp_path / name / "modes").write_text(modes)
    (tmp_path / "card1").mkdir()
    assert connected_panel(tmp_path) == Panel(800, 480)


def test_a_machine_without_displays_has_no_panel(tmp_path: Path) -> None:
    assert connected_panel(tmp_path / "none") is None
