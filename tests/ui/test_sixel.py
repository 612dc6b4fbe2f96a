"""Pictures in pixels: what is sent draws exactly the picture, and only where the terminal has said that it can."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import Config
from kiosk.ui.picture import Picture
from kiosk.ui.public import RasterFound
from kiosk.ui.sixel import sixels
from tests.ui.driver import Before, Driver

COLOURS = (None, (0, 0, 0), (255, 255, 255), (255, 0, 0))
CELL = (10, 20)
WIDEST_PIXELS = 1000
"""What xterm draws at the most, unless it is told otherwise."""

Pixels = dict[tuple[int, int], tuple[int, int, int]]

pictures = st.tuples(st.integers(1, 130), st.integers(1, 45)).flatmap(
    lambda size: st.binary(min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
        lambda raw: Picture(*size, COLOURS, bytes(value % len(COLOURS) for value in raw))
    )
)


def drawn(sequence: str) -> tuple[int, int, Pixels]:
    """Read a sixel sequence as a terminal does: width, height, and the pixels that it sets."""
    found = re.fullmatch(r'\x1bP0;1;0q"1;1;(\d+);(\d+)(.*)\x1b\\', sequence, re.DOTALL)
    assert found
    colours: dict[str, tuple[int, int, int]] = {}
    pixels: Pixels = {}
    x, band, colour = 0, 0, ""
    for register, shares, count, sign in re.findall(r"#(\d+)(?:;2;([\d;]+))?|(?:!(\d+))?([?-~$-])", found[3]):
        if shares:
            red, green, blue = (round(int(share) * 255 / 100) for share in shares.split(";"))
            colours[register] = red, green, blue
        elif register:
            colour = register
        elif sign in "$-":
            x, band = 0, band + (sign == "-")
        else:
            columns, bits = range(x, x + int(count or 1)), [bit for bit in range(6) if (ord(sign) - 63) >> bit & 1]
            pixels |= {(column, band * 6 + bit): colours[colour] for column in columns for bit in bits}
            x = columns.stop
    return int(found[1]), int(found[2]), pixels


@given(pictures)
def test_the_pieces_together_are_the_picture(picture: Picture) -> None:
    seen: Pixels = {}
    for column, row, sequence in sixels(picture, CELL):
        width, height, pixels = drawn(sequence)
        assert width <= WIDEST_PIXELS
        assert height <= CELL[1], "a piece lies in one row of cells"
        assert all(x < width and y < height for x, y in pixels)
        seen |= {(column * CELL[0] + x, row * CELL[1] + y): pixel for (x, y), pixel in pixels.items()}
    wanted = {(x, y): pixel for y in range(picture.height) for x, pixel in enumerate(picture.row(y)) if pixel}
    assert seen == wanted


def test_nothing_is_sent_for_what_is_see_through() -> None:
    assert sixels(Picture(500, 60, COLOURS, bytes(500 * 60)), CELL) == ()


HEADER = 3
"""Rows of the languages above the question."""


def pictures_shown(kiosk: Driver) -> int:
    strips = kiosk.app.screen._compositor.render_strips()
    return sum(segment.text.startswith("\x1b7") for strip in strips for segment in strip)


async def found(kiosk: Driver, cell: tuple[int, int] | None) -> None:
    kiosk.app.post_message(RasterFound(cell))
    await kiosk.settle()
    await kiosk.settle()


async def test_faces_and_big_type_are_drawn_in_pixels_where_the_terminal_can(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        assert pictures_shown(kiosk) == 0
        assert "Miten asiointi sujui tänään?" in kiosk.words()
        await found(kiosk, CELL)
        assert pictures_shown(kiosk) > 5 * 5, "five faces of several rows, and the question"
        assert "▄" not in "".join(kiosk.words().splitlines()[HEADER:]), "only the header's boxes end in half rows"
        assert "Miten asiointi" not in kiosk.words(), "the question is a picture now"
        await found(kiosk, None)
        assert pictures_shown(kiosk) == 0


async def test_a_tap_counts_the_same_where_pictures_are_drawn_in_pixels(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await found(kiosk, CELL)
        await kiosk.tap("4")
        await kiosk.asks("best")
        await kiosk.tap("food")
        await kiosk.until(lambda: kiosk.app.stage.ready is None)
        assert [(answer.question, answer.value) for answer in kiosk.answers()] == [("visit", 4), ("best", None)]


async def test_the_shop_can_have_blocks_everywhere(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey('kind = "smiley"', more='[screen]\npictures = "blocks"')) as kiosk:
        await kiosk.awake()
        await found(kiosk, CELL)
        assert pictures_shown(kiosk) == 0
