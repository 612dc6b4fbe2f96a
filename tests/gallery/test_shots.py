"""The gallery shows what it promises, and is as it was taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

import pytest

from kiosk.config import Config
from kiosk.survey import Kind
from tests.gallery.camera import Shot, points_for
from tests.gallery.page import PageShot
from tests.gallery.scenes import SIZES
from tests.gallery.sheet import FOLDER, MOST_BYTES
from tests.gallery.shots import sheets
from tests.gallery.surveys import KINDS, lunch_cafe

MOST_BYTES_TOGETHER = 2_000_000


@pytest.mark.parametrize("name", sheets())
def test_every_kiosk_that_is_photographed_can_be_used(name: str, configured: Callable[[str], Config]) -> None:
    for config in {shot.config for shot in sheets()[name].shots if isinstance(shot, Shot | PageShot)}:
        configured(config)


def test_every_size_and_every_kind_is_photographed() -> None:
    assert [shot.size for shot in sheets()["sizes"].shots if isinstance(shot, Shot)] == list(SIZES)
    assert {asked.kind for asked in KINDS.values()} == set(get_args(Kind))


def test_a_key_that_the_shipped_file_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        lunch_cafe('colour = "red"')


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_window_fits_the_virtual_screen(size: tuple[int, int]) -> None:
    width = points_for(size) * 0.602 * 96 / 72
    assert size[0] * width <= 1920
    assert size[1] * width * 2 <= 1600


def test_the_gallery_holds_every_sheet_and_is_small() -> None:
    pictures = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert set(pictures) == set(sheets())
    assert max(pictures.values()) < MOST_BYTES
    assert sum(pictures.values()) < MOST_BYTES_TOGETHER


def test_the_gallerys_page_shows_every_sheet() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\((\w+)\.png\)", page) == list(sheets())
