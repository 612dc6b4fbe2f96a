"""The voice: silent until asked, then it reads view after view, and falls silent with the visit."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.config import Config
from kiosk.device.speech import Speaker
from kiosk.ui.views.question import QuestionView
from kiosk.ui.views.thanks import ThanksView
from tests.ui.driver import Before, Driver

QUESTION = "Miten asiointi sujui tänään? 1: Erittäin huono. 2: Huono. 3: Ok. 4: Hyvä. 5: Erittäin hyvä."


class Recorder(Speaker):
    """Keeps what it should have said, with its language; a None where it should have stopped."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str] | None] = []

    def say(self, text: str, language: str) -> None:
        self.heard.append((language, text))

    def hush(self) -> None:
        self.heard.append(None)

    def close(self) -> None:
        self.hush()

    @property
    def last(self) -> str:
        assert self.heard
        said = self.heard[-1]
        assert said is not None
        return said[1]


async def heard(kiosk: Driver, voice: Recorder, count: int) -> None:
    await kiosk.until(lambda: len(voice.heard) == count)


async def test_nothing_is_said_to_those_who_do_not_ask(before: Before) -> None:
    voice = Recorder()
    async with before(speaker=voice) as kiosk:
        await kiosk.awake()
        assert kiosk.read("#listen") == "♪ Kuuntele"
        await kiosk.tap("4")
        await kiosk.asks("best")
        await kiosk.tap("food")
        await kiosk.see(ThanksView)
        assert voice.heard == []
    assert voice.heard == [None]


async def test_without_a_synthesiser_there_is_no_button_and_the_key_does_nothing(before: Before) -> None:
    async with before() as kiosk:
        await kiosk.awake()
        assert not kiosk.seen.query("#listen")
        await kiosk.keys("*")
        assert not kiosk.asked().result.done()


async def test_one_key_has_question_choices_and_confirmation_read_until_the_visit_ends(before: Before) -> None:
    voice = Recorder()
    async with before(speaker=voice) as kiosk:
        await kiosk.awake()
        await kiosk.keys("*")
        await heard(kiosk, voice, 1)
        assert voice.heard[0] is not None
        assert voice.heard[0][0] == "fi"
        assert voice.last.startswith(QUESTION)
        await kiosk.keys("2")
        await kiosk.asks("why")
        await heard(kiosk, voice, 2)
        assert voice.last.startswith("Missä olisi parannettavaa? 1: Jonotus.")
        assert voice.last.endswith("Ohita: paina miinusta.")
        await kiosk.keys("3")
        await kiosk.see(ThanksView)
        await heard(kiosk, voice, 3)
        assert voice.last.startswith("Kiitos! Valitsit: Huono · Ruoka.")
        assert "Muuta vastausta: paina kauttaviivaa." in voice.last
        await kiosk.wait(31)
        await kiosk.ended(1)
        await heard(kiosk, voice, 4)
        assert voice.heard[-1] is None
        await kiosk.tap("2")
        await kiosk.asks("why")
        assert len(voice.heard) == 4


async def test_who_listens_has_the_time_to_hear_the_confirmation(before: Before) -> None:
    async with before(speaker=Recorder()) as kiosk:
        await kiosk.awake()
        await kiosk.keys("*", "2")
        await kiosk.asks("why")
        await kiosk.keys("3")
        view = await kiosk.see(ThanksView)
        await kiosk.wait(20)
        assert kiosk.app.stage.view is view


async def test_a_tap_on_the_button_reads_and_a_second_one_reads_again(before: Before) -> None:
    voice = Recorder()
    async with before(speaker=voice) as kiosk:
        await kiosk.awake()
        await kiosk.tap("listen")
        await kiosk.tap("listen")
        await heard(kiosk, voice, 2)
        assert voice.heard[0] == voice.heard[1]


async def test_another_language_is_read_at_once(before: Before) -> None:
    voice = Recorder()
    async with before(speaker=voice) as kiosk:
        await kiosk.awake()
        await kiosk.tap("listen")
        await kiosk.tap("language:sv")
        await heard(kiosk, voice, 2)
        assert voice.heard[1] is not None
        assert voice.heard[1][0] == "sv"
        assert voice.last.startswith("Hur gick besöket i dag? 1: Mycket dåligt.")


async def test_who_asked_for_the_voice_and_went_away_leaves_silence(before: Before) -> None:
    voice = Recorder()
    async with before(speaker=voice) as kiosk:
        await kiosk.awake()
        view = kiosk.asked()
        await kiosk.keys("*")
        await heard(kiosk, voice, 1)
        await kiosk.wait(50)
        await kiosk.until(lambda: kiosk.app.stage.view is not view)
        await kiosk.awake()
        await kiosk.keys("2")
        await kiosk.asks("why")
        assert len(voice.heard) == 2
        assert voice.heard[1] is None


async def test_the_ends_of_a_scale_are_named_and_ten_has_its_key(before: Before, survey: Callable[..., Config]) -> None:
    voice = Recorder()
    async with before(survey('kind = "nps"'), speaker=voice) as kiosk:
        await kiosk.awake()
        await kiosk.keys("*")
        await heard(kiosk, voice, 1)
        expected = "How was it? 0, Not at all likely. 1. 2. 3. 4. 5. 6. 7. 8. 9. 10, Extremely likely: press plus."
        assert voice.last.startswith(expected)


async def test_staff_screens_are_not_read(before: Before) -> None:
    voice = Recorder()
    async with before(speaker=voice) as kiosk:
        await kiosk.awake()
        await kiosk.keys("*")
        await heard(kiosk, voice, 1)
        await kiosk.knock()
        await kiosk.until(lambda: not isinstance(kiosk.app.stage.view, QuestionView))
        await heard(kiosk, voice, 2)
        await kiosk.keys("*")
        assert voice.heard[1:] == [None]


async def test_a_private_kiosk_does_not_say_the_answer_aloud(before: Before, survey: Callable[..., Config]) -> None:
    voice = Recorder()
    async with before(survey(more="[look]\nprivate = true"), speaker=voice) as kiosk:
        await kiosk.awake()
        await kiosk.keys("*", "4")
        await kiosk.see(ThanksView)
        await heard(kiosk, voice, 2)
        assert "Your answer is saved." in voice.last
        assert "Good" not in voice.last
