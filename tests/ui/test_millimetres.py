"""What fingers hit and eyes read, in millimetres of the panels that are named, in the cells that foot has there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PIL.ImageDraw import ImageDraw

from kiosk.config import Config
from kiosk.device.panel import MM_PER_INCH, Panel
from kiosk.typeface import typeface
from kiosk.ui.public import RasterFound
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before, Driver

FINGER_MM = 20
"""A face is hit by a standing person who does not aim."""
LETTER_MM = 7
"""A capital letter of the question is read from two metres and more."""


@dataclass(frozen=True)
class Glass:
    """A panel and its diagonal."""

    panel: Panel
    inches: float

    @property
    def cell_px(self) -> int:
        return self.panel.cell_px(self.inches)

    @property
    def size(self) -> tuple[int, int]:
        """Give the columns and rows that fill it."""
        return self.panel.width_px // self.cell_px, self.panel.height_px // (2 * self.cell_px)

    def mm(self, pixels: float) -> float:
        return pixels * self.inches * MM_PER_INCH / math.hypot(self.panel.width_px, self.panel.height_px)

    def tile_mm(self, tiles: Tiles, key: str) -> tuple[float, float]:
        region = tiles.region_of(key)
        return self.mm(region.width * self.cell_px), self.mm(region.height * 2 * self.cell_px)


GLASSES = [
    Glass(Panel(800, 480), 7.0),
    Glass(Panel(1280, 800), 10.1),
    Glass(Panel(1920, 1080), 24.0),
]
on_every_panel = pytest.mark.parametrize("glass", GLASSES, ids=lambda glass: f'{glass.inches}"')


def shown_on(glass: Glass, survey: Callable[..., Config], question: str, text: str = "How was it?") -> Config:
    return survey(question, more=f"[screen]\ndiagonal_inches = {glass.inches}", text=text)


async def draw_pixels(kiosk: Driver, glass: Glass) -> None:
    """Let the terminal tell that it draws in pixels, where it drew in half blocks."""
    kiosk.app.post_message(RasterFound((glass.cell_px, 2 * glass.cell_px)))
    await kiosk.settle()


async def is_hit(kiosk: Driver, glass: Glass, least_mm: int) -> None:
    """Every answer is wide and high enough, in half blocks and in pixels."""
    await kiosk.awake()
    for drawn_in in ("blocks", "pixels"):
        tiles = kiosk.seen.query_one("#choices", Tiles)
        smallest = min(min(glass.tile_mm(tiles, tile.key)) for tile in tiles.tiles)
        assert smallest >= least_mm, drawn_in
        await draw_pixels(kiosk, glass)


@pytest.mark.parametrize("points", [3, 4, 5])
@on_every_panel
async def test_a_face_is_hit_without_aiming(
    before: Before, survey: Callable[..., Config], glass: Glass, points: int
) -> None:
    async with before(shown_on(glass, survey, f"points = {points}"), size=glass.size) as kiosk:
        await is_hit(kiosk, glass, FINGER_MM)


@pytest.fixture
def set_sizes(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Give the pixels to the em of every line that is set in big type, as it is set."""
    sizes: dict[str, int] = {}
    draw = ImageDraw.text

    def noted(self: ImageDraw, at: Any, text: str, *given: Any, **named: Any) -> None:
        sizes[text] = named["font"].size
        draw(self, at, text, *given, **named)

    monkeypatch.setattr(ImageDraw, "text", noted)
    yield sizes


ENDS = {7.0: "täällä?", 10.1: "täällä!", 24.0: "täällä."}
"""Each panel has a question of its own, as big type is set only once and then remembered."""


@on_every_panel
async def test_the_letters_of_the_question_are_read_from_afar(
    before: Before, survey: Callable[..., Config], glass: Glass, set_sizes: dict[str, int]
) -> None:
    question = f"Miten asiointi sujui {ENDS[glass.inches]}"
    async with before(shown_on(glass, survey, "points = 5", question), size=glass.size) as kiosk:
        await kiosk.awake()
        await draw_pixels(kiosk, glass)
        await kiosk.until(lambda: any(line in question for line in set_sizes))
    size = next(size for line, size in reversed(set_sizes.items()) if line in question)
    _, top, _, bottom = typeface(size).getbbox("H")
    assert glass.mm(bottom - top) >= LETTER_MM


STEP_MM = 14
"""A step of a scale of eleven is hit by one who does."""


@on_every_panel
async def test_a_step_of_eleven_is_large_enough_and_in_as_few_rows_as_that_allows(
    before: Before, survey: Callable[..., Config], glass: Glass
) -> None:
    async with before(shown_on(glass, survey, 'kind = "nps"'), size=glass.size) as kiosk:
        await is_hit(kiosk, glass, STEP_MM)
        tiles = kiosk.seen.query_one("#choices", Tiles)
        has_room = glass.mm(tiles.size.width * glass.cell_px) / len(tiles.tiles) >= STEP_MM + glass.mm(glass.cell_px)
        assert tiles.grid.rows <= (1 if has_room else 2)
