"""Every kind of question at every size of screen: all of it is there to read and to tap."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.config import Config
from kiosk.ui.canvas import Canvas
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before, Driver

SIZES = [(80, 24), (66, 20), (50, 15), (100, 30), (160, 50), (240, 67), (45, 80)]
NAMES = ["Waiting time", "Service", "Food", "Price", "Cleanliness", "Something else"]
CHOICES = ", ".join(f'{{ id = "c{number}", text = "{name}" }}' for number, name in enumerate(NAMES))
KINDS = {
    "smiley3": "points = 3",
    "smiley4": "points = 4",
    "smiley5": "points = 5",
    "nps": 'kind = "nps"',
    "ces": 'kind = "ces"',
    "csat": 'kind = "csat"',
    "success": 'kind = "success"',
    "choice": f'kind = "choice"\nchoices = [{CHOICES}]',
    "several": f'kind = "choice"\nmultiple = true\nchoices = [{CHOICES}]',
}


OUTLINE = str.maketrans("", "", "╭─╮│╰╯")


def has_no_gaps(tiles: Tiles) -> None:
    """Every cell belongs to exactly one tile, and no tile is empty."""
    grid = tiles.grid
    regions = [grid.region(place) for place in range(grid.count)]
    assert all(region.area > 0 for region in regions)
    assert sum(region.area for region in regions) == tiles.size.area
    for y in range(tiles.size.height):
        for x in range(tiles.size.width):
            assert sum(region.contains(x, y) for region in regions) == 1


def reads_whole(kiosk: Driver, tiles: Tiles) -> None:
    """Every label can be read, whichever way it is broken into lines; big type is only set where it has room."""
    rows, painter = kiosk.words().splitlines(), tiles.painter(Canvas(*tiles.size, "#000000"))
    for tile in painter.tiles:
        if painter.big_for(tile):
            continue
        region = tiles.region_of(tile.key).translate(tiles.region.offset)
        said = "".join("".join(row[region.x : region.right].split()) for row in rows[region.y : region.bottom])
        said = said.translate(OUTLINE)
        wanted = [name.replace(" ", "") for name in (tile.label, tile.short) if name]
        assert any(name in said for name in wanted), (tile.label, said)


def is_whole(kiosk: Driver) -> None:
    screen = kiosk.app.screen.region
    for widget in kiosk.seen.query("#question, #ends, #footer"):
        assert screen.contains_region(widget.region), widget.id
    for tiles in kiosk.seen.query(Tiles):
        if tiles.region:
            assert screen.contains_region(tiles.region), tiles.id
            has_no_gaps(tiles)
            reads_whole(kiosk, tiles)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_answer_is_there_to_read_and_to_tap(
    before: Before, survey: Callable[..., Config], kind: str
) -> None:
    async with before(survey(KINDS[kind], languages='["en", "fi", "sv"]')) as kiosk:
        await kiosk.awake()
        for size in SIZES:
            await kiosk.resize(*size)
            choices = kiosk.seen.query_one("#choices", Tiles)
            assert choices.region.height >= 2
            is_whole(kiosk)
            footer = kiosk.seen.query_one("#footer").region
            assert not choices.region.overlaps(footer)
            assert not choices.region.overlaps(kiosk.seen.query_one("#question").region)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "several"])
async def test_every_value_can_be_given_with_one_tap(before: Before, survey: Callable[..., Config], kind: str) -> None:
    async with before(survey(KINDS[kind]), size=(50, 15)) as kiosk:
        await kiosk.awake()
        keys = [tile.key for tile in kiosk.seen.query_one("#choices", Tiles).tiles]
        for number, key in enumerate(keys, start=1):
            await kiosk.awake()
            await kiosk.tap(key)
            await kiosk.see(ThanksView)
            await kiosk.wait(8)
            await kiosk.ended(number)
        given = [answer.given for answer in kiosk.answers()]
    assert given == [frozenset({key if kind == "choice" else int(key)}) for key in keys]


async def test_the_edges_of_a_tile_belong_to_it(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        choices = kiosk.seen.query_one("#choices", Tiles)
        edge = choices.region_of("2").translate(choices.region.offset)
        kiosk.press(edge.x, edge.y)
        kiosk.release(edge.right - 1, edge.bottom - 1)
        await kiosk.asks("why")
        assert kiosk.answers()[0].value == 2


@pytest.mark.parametrize("size", SIZES)
async def test_words_can_be_the_first_thing_that_is_asked(
    before: Before, survey: Callable[..., Config], size: tuple[int, int]
) -> None:
    async with before(survey('kind = "text"', more="[privacy]\nfree_text = true"), size=size) as kiosk:
        await kiosk.until(lambda: bool(kiosk.seen.query(Line)) and kiosk.app._keeper.store is not None)
        kiosk.clock.wind(1)
        is_whole(kiosk)
        assert kiosk.app.screen.region.contains_region(kiosk.seen.query_one(Line).region)
        await kiosk.type("fine")
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        assert [answer.text for answer in kiosk.answers()] == ["fine"]


async def test_the_follow_up_and_its_warning_fit_every_screen(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("1")
        await kiosk.asks("why")
        for size in SIZES:
            await kiosk.resize(*size)
            is_whole(kiosk)
            await kiosk.wait(50)
            is_whole(kiosk)
            assert kiosk.read("#closing"), size
            await kiosk.tap("more")


async def test_a_change_and_the_thanks_fit_every_screen(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("1")
        await kiosk.asks("why")
        await kiosk.tap("tidiness")
        await kiosk.see(ThanksView)
        for size in SIZES:
            await kiosk.resize(*size)
            is_whole(kiosk)
            for name in ("#thank-you", "#chosen", "#invite", "QrCode", "Countdown"):
                region = kiosk.seen.query_one(name).region
                assert region.area > 0, (size, name)
                assert kiosk.app.screen.region.contains_region(region), (size, name)
            assert "Siisteys" in kiosk.read("#chosen"), size
            await kiosk.tap("more")
        await kiosk.tap("change")
        await kiosk.asks("visit")
        for size in SIZES:
            await kiosk.resize(*size)
            is_whole(kiosk)


async def test_the_mark_of_the_keyboard_hides_no_words(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("1")
        await kiosk.asks("why")
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        for _ in range(2):
            await kiosk.keys("tab")
            await kiosk.keys("right")
            for tiles in kiosk.seen.query(Tiles):
                reads_whole(kiosk, tiles)
