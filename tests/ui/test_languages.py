"""Every visit starts in the first language; a change of language in mid-visit loses nothing."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.config import Config
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.tiles import Tiles
from tests.ui.driver import Before
from tests.ui.test_follow_up import SEVERAL, WORDS

BOTH = '["fi", "en"]'


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
