"""The shop's logo stands at the head of customers' screens, where it can be recognised, and nowhere else."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kiosk.config import Config
from kiosk.ui.logo import ROWS, Logo, load_logo, logo_on
from kiosk.ui.picture import Raster
from kiosk.ui.public import RasterFound
from kiosk.ui.theme import DARK, LIGHT, rgb
from kiosk.ui.widgets.title import Title
from tests.ui.driver import Before, Driver

PIXELS = Raster((10, 20))
NAME = "Kampin lounaskahvila"


def drawing(colour: str, width: int = 100, inner: str | None = None) -> Logo:
    """Give a logo that is a disc, or an oval, on nothing."""
    image = Image.new("RGBA", (width, 100))
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, width - 1, 99), fill=colour)
    if inner:
        draw.ellipse((20, 20, width - 21, 79), fill=inner)
    return Logo(width, 100, image.tobytes())


@pytest.mark.parametrize(
    ("colour", "page", "plate"),
    [
        ("#202020", LIGHT.page, None),
        ("#202020", DARK.page, LIGHT.page),
        ("#ffffff", LIGHT.page, DARK.page),
        ("#ffffff", DARK.page, None),
        ("#b3402a", LIGHT.page, None),
    ],
)
def test_a_logo_that_the_page_would_swallow_gets_a_plate(colour: str, page: str, plate: str | None) -> None:
    picture = logo_on(drawing(colour), 60, PIXELS, page)
    assert picture is not None
    assert picture.row(picture.height // 2)[picture.width // 2] is not None
    behind = picture.row(10)[picture.width // 15]
    if plate is None:
        assert behind is None, "what is see-through stays so"
    else:
        assert behind is not None
        assert max(abs(one - other) for one, other in zip(behind, rgb(plate), strict=True)) < 12


def test_a_logo_that_a_plate_would_swallow_as_well_gets_none() -> None:
    image = Image.new("RGBA", (100, 100))
    ImageDraw.Draw(image).pieslice((0, 0, 99, 99), 0, 180, fill="#ffffff")
    ImageDraw.Draw(image).pieslice((0, 0, 99, 99), 180, 360, fill="#101010")
    picture = logo_on(Logo(100, 100, image.tobytes()), 60, PIXELS, LIGHT.page)
    assert picture is not None
    assert picture.row(10)[0] is None


def test_light_parts_inside_a_logo_need_no_plate() -> None:
    picture = logo_on(drawing("#b3402a", inner="#fffaf0"), 60, PIXELS, LIGHT.page)
    assert picture is not None
    assert picture.row(8)[2] is None


def test_a_picture_with_its_own_ground_needs_no_plate() -> None:
    picture = logo_on(Logo(200, 100, bytes((250, 250, 250, 255)) * 20_000), 60, PIXELS, LIGHT.page)
    assert picture is not None
    assert picture.row(0)[0] is None, "free above"
    assert picture.row(30)[50] == (250, 250, 250)


@pytest.mark.parametrize("width", [30, 100, 320])
def test_a_logo_is_contained_in_whole_cells_with_its_proportions(width: int) -> None:
    picture = logo_on(drawing("#b3402a", width), 60, PIXELS, LIGHT.page)
    assert picture is not None
    assert picture.height == ROWS * 20
    assert picture.width % 10 == 0
    rows = [y for y in range(picture.height) if any(picture.row(y))]
    columns = [x for x in range(picture.width) if any(picture.row(y)[x] for y in rows)]
    assert len(columns) / len(rows) == pytest.approx(width / 100, rel=0.12)
    assert len(picture.colours) <= 16


def test_a_logo_stays_away_where_it_could_not_be_recognised() -> None:
    wide = drawing("#b3402a", 320)
    assert logo_on(wide, 16, PIXELS, LIGHT.page) is not None
    assert logo_on(wide, 10, PIXELS, LIGHT.page) is None
    assert logo_on(wide, 60, Raster(), LIGHT.page) is None


def test_empty_margins_are_cut_off(tmp_path: Path) -> None:
    image = Image.new("RGBA", (500, 500))
    image.paste("#b3402a", (100, 200, 300, 300))
    image.save(tmp_path / "logo.png")
    logo = load_logo(tmp_path / "logo.png")
    assert (logo.width, logo.height) == (200, 100)


async def found(kiosk: Driver) -> None:
    kiosk.app.post_message(RasterFound(PIXELS.cell))
    await kiosk.settle()
    await kiosk.settle()


def logos_shown(kiosk: Driver) -> int:
    """Count the rows of the head in which a picture is drawn."""
    title = kiosk.seen.query_one("#place", Title)
    strips = title.render_lines(title.size.region)
    return sum(segment.text.startswith("\x1b7") for strip in strips for segment in strip)


def with_logo(config: Config, logo: Path | None) -> Config:
    return config.model_copy(update={"look": config.look.model_copy(update={"logo": logo})})


async def read(kiosk: Driver) -> None:
    await kiosk.until(lambda: kiosk.app.around.look.sign.logo is not None)


async def test_a_logo_with_the_name_in_it_stands_for_the_name(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await read(kiosk)
        assert kiosk.read("#place") == NAME, "half blocks say it in words"
        await found(kiosk)
        assert (logos_shown(kiosk), kiosk.read("#place").startswith(NAME)) == (ROWS, False)


@pytest.mark.parametrize("size", [(50, 15), (80, 24), (160, 50), (45, 80)], ids=str)
async def test_a_logo_is_as_high_as_the_head_of_the_screen(before: Before, size: tuple[int, int]) -> None:
    async with before(size=size) as kiosk:
        await kiosk.awake()
        await read(kiosk)
        await found(kiosk)
        assert logos_shown(kiosk) == kiosk.seen.query_one("#place", Title).size.height


async def test_a_compact_logo_stands_beside_the_name(before: Before, shipped: Config, tmp_path: Path) -> None:
    Image.new("RGB", (90, 90), "#b3402a").save(tmp_path / "logo.png")
    async with before(with_logo(shipped, tmp_path / "logo.png")) as kiosk:
        await kiosk.awake()
        await read(kiosk)
        await found(kiosk)
        assert logos_shown(kiosk) == ROWS
        assert NAME in kiosk.words().splitlines()[1]


async def test_a_narrow_screen_keeps_the_name(before: Before) -> None:
    async with before(size=(28, 24)) as kiosk:
        await kiosk.awake()
        await read(kiosk)
        await found(kiosk)
        assert logos_shown(kiosk) == 0


async def test_pages_of_the_staff_have_their_own_title(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        title = Title(kiosk.app.around.look, "Tänään", with_logo=False)
        await kiosk.app.stage.mount(title)
        await found(kiosk)
        assert "\x1b7" not in "".join(
            segment.text for strip in title.render_lines(title.size.region) for segment in strip
        )


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
async def test_a_logo_that_broke_after_the_check_leaves_the_name(
    before: Before, shipped: Config, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        async with before(with_logo(shipped, tmp_path / "logo.png")) as kiosk:
            await kiosk.awake()
            await found(kiosk)
            await kiosk.until(lambda: bool(caplog.messages))
            assert kiosk.read("#place") == NAME
            await kiosk.tap("4")
            await kiosk.asks("best")
    assert "cannot be read as a picture. Save it anew as PNG, JPEG or SVG." in caplog.messages[0]
