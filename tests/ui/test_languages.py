"""Every visit starts in the first language; a change of language in mid-visit loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kiosk.config import Config
from kiosk.languages import SPOKEN
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.languages import Languages, Lie, lie_of
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before, Driver
from tests.ui.test_follow_up import SEVERAL, WORDS
from tests.ui.test_kinds import KINDS, is_whole

BOTH = '["fi", "en"]'
REVIEW = '[review]\nurl = "https://g.page/r/CcZ8mTq2VnLwEBM/review"\ntext = "Tell others"\n'
SIZES = [(80, 24), (66, 20), (50, 15), (100, 30), (160, 50), (240, 67), (45, 80), (60, 100)]


async def test_the_question_is_asked_in_every_language(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        assert "tänään?" in kiosk.seen.query_one("#question").text  # type: ignore[attr-defined]
        for language, text in (("sv", "Hur gick besöket i dag?"), ("en", "How was your visit today?")):
            await kiosk.tap(f"language:{language}")
            assert kiosk.seen.query_one("#question").text == text  # type: ignore[attr-defined]
            assert kiosk.seen.query_one("#languages", Tiles).chosen == {f"language:{language}"}
        assert "Very bad" in kiosk.words()


async def test_the_answer_says_in_which_language_it_was_given(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("language:sv")
        await kiosk.tap("4")
        await kiosk.asks("best")
        assert "Vad gladde dig mest?" in kiosk.words()
        await kiosk.tap("language:en")
        await kiosk.tap("food")
        await kiosk.see(ThanksView)
        assert "Good · Food" in kiosk.read("#chosen")
        assert [answer.language for answer in kiosk.answers()] == ["sv", "en"]


async def test_the_next_customer_starts_in_the_first_language(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("language:en")
        await kiosk.tap("4")
        await kiosk.asks("best")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        await kiosk.wait(8)
        await kiosk.ended(1)
        assert kiosk.asked().language == "fi"
        assert "Huono" in kiosk.words()
        await kiosk.tap("4")
        await kiosk.asks("best")
        assert [answer.language for answer in kiosk.answers()] == ["en", "fi"]


async def test_a_language_that_somebody_left_behind_is_put_back(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("language:en")
        await kiosk.wait(44)
        assert kiosk.asked().language == "en"
        await kiosk.wait(2)
        await kiosk.until(lambda: kiosk.asked().language == "fi")
        await kiosk.awake()
        assert "Huono" in kiosk.words()
        assert kiosk.visits() == []


async def test_chosen_tiles_stay_chosen(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=SEVERAL, languages=BOTH)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("why")
        await kiosk.tap("queue")
        await kiosk.tap("food")
        await kiosk.tap("language:en")
        assert "Done" in kiosk.words()
        assert kiosk.seen.query_one("#choices", Tiles).chosen == {"queue", "food"}
        await kiosk.tap("done")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].choices == ("queue", "food")


async def test_typed_text_stays(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS, languages=BOTH)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.asks("words")
        await kiosk.type("too")
        await kiosk.tap("language:en")
        assert kiosk.seen.query_one(Line).value == "too"
        await kiosk.type(" salty")
        await kiosk.keys("enter")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].text == "too salty"


async def test_the_thanks_change_their_language_and_nothing_else(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("4")
        await kiosk.asks("best")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        code = kiosk.seen.query_one("QrCode").region
        await kiosk.wait(3)
        await kiosk.tap("language:en")
        assert "Good" in kiosk.read("#chosen")
        assert "Tell others about your visit" in kiosk.read("#invite")
        assert kiosk.seen.query_one("QrCode").region == code
        assert kiosk.seen.query_one("Countdown").share < 0.6  # type: ignore[attr-defined]
        await kiosk.wait(4.5)
        await kiosk.ended(1)


async def test_a_change_is_asked_in_the_language_of_the_customer(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        await kiosk.tap("4")
        await kiosk.asks("best")
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        await kiosk.tap("language:sv")
        await kiosk.tap("change")
        await kiosk.asks("visit")
        assert "Behåll mitt svar" in kiosk.words()
        await kiosk.tap("language:en")
        assert "Keep my answer" in kiosk.words()
        assert kiosk.seen.query_one("#choices", Tiles).chosen == {"4"}
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        assert "You chose" in kiosk.read("#chosen")
        assert len(kiosk.answers()) == 1


async def test_two_fingers_on_a_language_and_an_answer_harm_nothing(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        kiosk.hit(*kiosk.place_of("language:en"))
        kiosk.hit(*kiosk.place_of("2"))
        await kiosk.asks("why")
        await kiosk.tap("queue")
        await kiosk.see(ThanksView)
        assert len(kiosk.answers()) == 2


async def test_a_shop_with_one_language_offers_no_choice(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey()) as kiosk:
        await kiosk.awake()
        assert not kiosk.seen.query("#languages")


@pytest.mark.parametrize("size", SIZES)
async def test_all_languages_can_be_chosen_on_every_customer_screen(
    size: tuple[int, int], before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS + REVIEW, languages=json.dumps([*SPOKEN])), size=size) as kiosk:
        await kiosk.awake()
        await choose_each(kiosk)
        await kiosk.tap("2")
        await kiosk.asks("words")
        await choose_each(kiosk)
        await kiosk.tap("skip")
        await kiosk.see(ThanksView)
        await choose_each(kiosk)


@pytest.mark.parametrize("kind", ["smiley5", "nps", "ces", "csat", "success"])
async def test_the_scales_are_whole_in_every_language(kind: str, before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(KINDS[kind], languages=json.dumps([*SPOKEN]))) as kiosk:
        await kiosk.awake()
        for size in ((66, 20), (50, 15), (45, 80)):
            await kiosk.resize(*size)
            await choose_each(kiosk)


async def choose_each(kiosk: Driver) -> None:
    """Choose every language in turn: each is whole on the screen, large enough to hit, and does what it says."""
    for language in SPOKEN:
        tiles = kiosk.seen.query_one(Languages)
        assert kiosk.app.screen.region.contains_region(tiles.region)
        assert {tiles.region_of(tile.key).height for tile in tiles.tiles} <= {2, 3}
        assert min(tiles.region_of(tile.key).width for tile in tiles.tiles) >= 6
        await kiosk.tap(f"language:{language}")
        assert kiosk.seen.query_one(Languages).chosen == {f"language:{language}"}
        is_whole(kiosk)


@pytest.mark.parametrize(
    ("languages", "width", "expected"),
    [
        (("fi", "sv", "en"), 64, Lie(3, 13, named=True)),
        (("fi", "sv", "en"), 48, Lie(3, 10, named=False)),
        (tuple(SPOKEN), 240, Lie(8, 21, named=True)),
        (tuple(SPOKEN), 78, Lie(8, 7, named=False)),
        (tuple(SPOKEN), 48, Lie(8, 6, named=False)),
        (tuple(SPOKEN), 43, Lie(4, 6, named=False)),
        (tuple(SPOKEN), 3, Lie(1, 6, named=False)),
        (("fi", "pt-BR"), 48, Lie(2, 11, named=True)),
    ],
)
def test_languages_are_named_where_there_is_room_and_coded_where_there_is_not(
    languages: tuple[str, ...], width: int, expected: Lie
) -> None:
    assert lie_of(languages, width, beside=16) == expected


async def test_names_and_codes_are_never_mixed(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(languages=json.dumps([*SPOKEN, "pl"])), size=(45, 80)) as kiosk:
        await kiosk.awake()
        shown = kiosk.read("#languages").replace("✓", " ").replace("▄", " ").split()
        assert shown == ["FI", "SV", "EN", "ET", "RU", "UK", "DE", "SE", "PL"]


async def test_the_shops_name_stays_away_rather_than_stand_in_pieces(
    before: Before, survey: Callable[..., Config]
) -> None:
    config = survey(languages=json.dumps([*SPOKEN]), kiosk='location = "Kampin lounaskahvila"')
    async with before(config, size=(56, 15)) as kiosk:
        await kiosk.awake()
        assert kiosk.read("#place") == ""
        await kiosk.resize(80, 24)
        assert kiosk.read("#place") == "Kampin lounaskahvila"
