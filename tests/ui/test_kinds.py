"""Every kind of question at every size of screen: all of it is there to read and to tap."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from itertools import combinations, product

import pytest

from kiosk.config import Config
from kiosk.languages import SPOKEN
from kiosk.survey import Question
from kiosk.ui.canvas import LOWER_HALF, Canvas
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.drawing import Drawing
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import ENDS, value_label, words
from tests.ui.driver import Before, Driver

SIZES = [(80, 24), (66, 20), (50, 15), (100, 30), (160, 50), (240, 67), (45, 80), (60, 100)]
LONG_QUESTION = "Kuinka todennäköisesti suosittelisit lounaskahvilaamme ystävälle tai työtoverille?"
NAMES = ["Jonotusaika", "Palvelun ystävällisyys", "Ruoka", "Hinta-laatusuhde", "Tilojen siisteys", "Jokin muu asia"]
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


OUTLINE = str.maketrans("╭─╮│╰╯", "      ")


def longest_spoken(kind: str) -> set[str]:
    """Give the languages in which a question has its widest word and its longest words for an answer."""
    question = Question.model_validate({"id": "q", "text": "?", **tomllib.loads(KINDS[kind])})

    def said(language: str) -> list[str]:
        say = words(language)
        labels = [value_label(question, value, say) for value in question.values]
        return [say("Done"), *labels, *map(say, ENDS.get(question.kind, ()))]

    def widest_word(language: str) -> int:
        return max(len(word) for label in said(language) for word in label.split())

    return {max(SPOKEN, key=widest_word), max(SPOKEN, key=lambda language: max(map(len, said(language))))}


def has_no_gaps(tiles: Tiles) -> None:
    """Every cell belongs to exactly one tile, and no tile is empty."""
    regions = [tiles.grid.region(place) for place in range(tiles.grid.count)]
    assert all(region.area > 0 for region in regions)
    assert sum(region.area for region in regions) == tiles.size.area
    assert all(tiles.size.region.contains_region(region) for region in regions)
    assert not any(one.overlaps(other) for one, other in combinations(regions, 2))


def reads_whole(kiosk: Driver, tiles: Tiles) -> None:
    """Every word of every label, or of its short form, can be read in one piece; big type only stands where it fits."""
    rows, painter = kiosk.words().translate(OUTLINE).splitlines(), tiles.painter(Canvas(*tiles.size, "#000000"))
    for tile in painter.tiles:
        if painter.big_for(tile):
            continue
        region = tiles.region_of(tile.key).translate(tiles.region.offset)
        said = " ".join(row[region.x : region.right] for row in rows[region.y : region.bottom]).split()
        wanted = [name.split() for name in (tile.label, tile.short) if name]
        assert any(set(names) <= {word.lstrip("✓") for word in said} for names in wanted), (tile.label, said)


def nothing_overlaps(kiosk: Driver) -> None:
    """Everything that is drawn lies on the screen, and on nothing else that is drawn."""
    drawn = [widget for widget in kiosk.seen.query("*") if isinstance(widget, Drawing | Line) and widget.region]
    for widget in drawn:
        assert kiosk.app.screen.region.contains_region(widget.region), widget
    for one, other in combinations(drawn, 2):
        assert not one.region.overlaps(other.region), (one, other)


def can_be_seen(kiosk: Driver, headline: str) -> None:
    """A text is there in large letters, or word for word."""
    widget = kiosk.seen.query_one(headline, Headline)
    said = kiosk.read(headline)
    assert widget.region.height > 0
    assert LOWER_HALF in said or said == widget.text, said


def is_whole(kiosk: Driver) -> None:
    nothing_overlaps(kiosk)
    for tiles in kiosk.seen.query(Tiles):
        if tiles.region:
            has_no_gaps(tiles)
            reads_whole(kiosk, tiles)
    for headline in kiosk.seen.query(Headline):
        can_be_seen(kiosk, f"#{headline.id}")


@pytest.mark.parametrize("kind", KINDS)
async def test_every_answer_is_there_to_read_and_to_tap(
    before: Before, survey: Callable[..., Config], kind: str
) -> None:
    spoken = longest_spoken(kind)
    config = survey(KINDS[kind], text=LONG_QUESTION, languages=json.dumps(sorted(spoken | {"en", "fi", "sv"})))
    faults = []
    async with before(config) as kiosk:
        await kiosk.awake()
        for size, language in product(SIZES, spoken):
            await kiosk.resize(*size)
            await kiosk.tap(f"language:{language}")
            await kiosk.until(lambda: any(widget.region for widget in kiosk.seen.query("#question")))
            try:
                is_whole(kiosk)
            except AssertionError as fault:
                faults.append(f"{size} {language}: {fault}")
    assert not faults, "\n".join(faults)


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
