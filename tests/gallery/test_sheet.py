"""Sheets hold every picture and stay small."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from PIL import Image

from tests.gallery.sheet import MOST_BYTES, keep, montage, write_page

RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(width: int, height: int, colour: tuple[int, int, int] = RED) -> tuple[str, Image.Image]:
    return "a caption", Image.new("RGB", (width, height), colour)


def area_of(sheet: Image.Image, colour: tuple[int, int, int]) -> int:
    return sum(count for count, found in sheet.getcolors(1 << 20) or [] if found == colour)


def test_every_picture_is_on_the_sheet_whole() -> None:
    sheet = montage([picture(500, 200), picture(500, 200, BLUE), picture(500, 300, BLUE), picture(500, 100)])
    assert area_of(sheet, RED) == 500 * 300
    assert area_of(sheet, BLUE) == 500 * 500


def test_three_landscape_pictures_stand_in_a_row_however_large_they_are() -> None:
    one, three, four = (montage([picture(1920, 1080)] * count) for count in (1, 3, 4))
    assert one.height == three.height < four.height
    assert three.width == four.width <= 1680


def test_upright_pictures_stand_in_rows_of_their_own() -> None:
    wide, upright = picture(500, 200), picture(200, 500)
    assert montage([wide, upright]).width == montage([wide]).width
    assert montage([upright, upright]).width > montage([upright]).width


def test_a_picture_that_is_small_keeps_its_size() -> None:
    assert area_of(montage([picture(140, 100)]), RED) == 140 * 100


def test_a_kept_sheet_is_small_and_has_its_colours(tmp_path: Path) -> None:
    keep("plain", montage([picture(500, 300), picture(500, 300, BLUE)]), tmp_path)
    with Image.open(tmp_path / "plain.png") as kept:
        assert area_of(kept.convert("RGB"), BLUE) == 500 * 300
    assert (tmp_path / "plain.png").stat().st_size < MOST_BYTES


def test_a_sheet_that_would_be_too_large_is_refused(tmp_path: Path) -> None:
    grains = bytes(grain // 4 * 4 for grain in Random(1).randbytes(1000 * 600))
    noise = Image.frombytes("L", (1000, 600), grains).convert("RGB")
    with pytest.raises(ValueError, match="noise has"):
        keep("noise", noise, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_page_shows_every_sheet_and_says_what_to_look_for(tmp_path: Path) -> None:
    write_page({"low": ("Low screens", "Nothing is cut."), "staff": ("Staff", "Columns.")}, tmp_path)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert page.index("Low screens") < page.index("Nothing is cut.") < page.index("(low.png)") < page.index("Staff")
