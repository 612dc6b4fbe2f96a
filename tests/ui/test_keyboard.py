"""The keyboard on the screen: what is tapped is what stands there, in the customer's letters, and it is soon gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kiosk.answer import Outcome
from kiosk.config import Config, load_config
from kiosk.ui.keyboards import ALPHABETS, DIGITS, SIGNS, alphabet_for_paths, alphabet_of, capital
from kiosk.ui.views.folder import FolderView
from kiosk.ui.views.hand_on import HandOnView
from kiosk.ui.views.thanks import ThanksView
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.line import Line
from tests.conftest import WoundClock
from tests.ui.driver import Before, Driver, standing_before
from tests.ui.test_follow_up import WORDS, at_follow_up
from tests.ui.test_keys import marked

SIZES = [(45, 15), (50, 15), (66, 20), (80, 24), (100, 30), (160, 50), (240, 67), (45, 80)]
LETTERS = {
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "et": "abcdefghijklmnopqrstuvwxyzšžõäöü",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "se": "aábcčdđefghijklmnŋoprsštŧuvzž",
}
LONG = WORDS.replace("max_length = 20", "max_length = 200")
OPENING = """
[privacy]
free_text = true
"""


def typed(kiosk: Driver) -> str:
    return kiosk.seen.query_one(Line).value


async def tap_keys(kiosk: Driver, *keys: str) -> None:
    """Tap keys of the screen as fast as can be: no time passes in between."""
    for key in keys:
        await kiosk.tap_at(*kiosk.place_of(key))


async def at_words(kiosk: Driver) -> None:
    await at_follow_up(kiosk, "words")
    assert kiosk.seen.query_one(Keyboard).region


async def test_what_is_tapped_is_the_answer(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        await tap_keys(kiosk, "shift", "S", "o", "u", "p", "space", "o", "h", "delete", "k", ".", "done")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].text == "Soup ok."


async def test_six_quick_taps_are_six_letters(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        place = kiosk.place_of("a")
        for _ in range(6):
            kiosk.hit(*place)
        await kiosk.settle()
        assert typed(kiosk) == "aaaaaa"


async def test_a_keyboard_that_has_only_just_appeared_takes_no_tap(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await kiosk.awake()
        await kiosk.tap("2")
        await kiosk.until(lambda: bool(kiosk.seen.query("#keyboard")))
        await tap_keys(kiosk, "a", "done")
        assert typed(kiosk) == ""
        assert not kiosk.asked().result.done()


async def test_shift_gives_one_capital_and_twice_it_gives_capitals(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        assert "✓ ⇧" not in kiosk.words()
        await tap_keys(kiosk, "shift")
        assert "✓ ⇧" in kiosk.words(), "shift is seen without colour"
        await tap_keys(kiosk, "A", "b", "shift", "shift")
        assert "✓ ⇪" in kiosk.words()
        await tap_keys(kiosk, "C", "space", "D", "shift", "e")
        assert typed(kiosk) == "AbC De"


async def test_numbers_and_signs_are_on_a_page_of_their_own(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=LONG)) as kiosk:
        await at_words(kiosk)
        await tap_keys(kiosk, "page", *"".join(SIGNS), "page", "x")
        assert typed(kiosk) == "".join(SIGNS) + "x"


async def test_what_changes_the_page_what_deletes_and_what_ends_stay_where_they_are(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        letters = [kiosk.place_of(key) for key in ("page", "space", "done")]
        await tap_keys(kiosk, "page")
        assert [kiosk.place_of(key) for key in ("page", "space", "done")] == letters


async def test_no_more_is_taken_than_the_question_allows(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        await tap_keys(kiosk, *"ab" * 12)
        assert typed(kiosk) == "ab" * 10


async def test_what_is_typed_last_can_be_seen(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=LONG)) as kiosk:
        await at_words(kiosk)
        await kiosk.type("a" * 150)
        await tap_keys(kiosk, *"xyz")
        assert kiosk.read("Line").endswith("aaaxyz")


async def test_keyboard_and_text_follow_the_language(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS, languages='["fi", "ru"]')) as kiosk:
        await at_words(kiosk)
        await tap_keys(kiosk, "ä")
        await kiosk.tap("language:ru")
        await kiosk.until(lambda: "ж" in kiosk.words())
        kiosk.clock.wind(1)
        await tap_keys(kiosk, "ж", "done")
        await kiosk.see(ThanksView)
        assert kiosk.answers()[1].text == "äж"


@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_of_a_language_has_a_key(language: str) -> None:
    first, second, third = alphabet_of(language).rows
    assert set(LETTERS[language]) <= {*first, *second, *third}
    assert len(first) == len(second)
    assert len({*first, *second, *third}) == len(first + second + third)
    assert len(first) - len(third) >= 2, "shift and delete need a place"


def test_languages_without_letters_of_their_own_get_english_ones() -> None:
    assert set(LETTERS) == set(ALPHABETS)
    assert alphabet_of("fr") is alphabet_of("en")


@pytest.mark.parametrize("language", LETTERS)
def test_paths_are_typed_in_latin_letters(language: str) -> None:
    letters = "".join(alphabet_for_paths(language).rows)
    assert {"a", "m", "d", "i"} <= set(letters)
    assert len(DIGITS) >= len(alphabet_for_paths(language).rows[0]) >= 10


def test_a_letter_whose_capital_is_two_stays_small() -> None:
    assert [capital(letter) for letter in "aöжß'1"] == ["A", "Ö", "Ж", "ß", "'", "1"]


def fits(kiosk: Driver) -> None:
    """The keyboard is on the screen, every key of it can be hit and read, and nothing lies over anything."""
    keyboard = kiosk.seen.query_one(Keyboard)
    rows = kiosk.words().splitlines()
    assert kiosk.app.screen.region.contains_region(keyboard.region)
    for tile in keyboard.tiles:
        region = keyboard.region_of(tile.key)
        assert region.width >= 3
        assert region.height >= 2
        seen = region.translate(keyboard.region.offset)
        assert tile.label in "".join(row[seen.x : seen.right] for row in rows[seen.y : seen.bottom])
    assert keyboard.region.height >= 8
    for selector in ("#question", "Line", "#actions", "Header"):
        region = kiosk.seen.query_one(selector).region
        assert region.height >= 1
        assert not region.overlaps(keyboard.region)


@pytest.mark.parametrize("language", ["fi", "uk"])
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_there_is_room_at(
    before: Before, survey: Callable[..., Config], size: tuple[int, int], language: str
) -> None:
    async with before(survey(more=WORDS, languages=f'["{language}", "en"]'), size=size) as kiosk:
        await at_words(kiosk)
        fits(kiosk)
        await tap_keys(kiosk, "page")
        fits(kiosk)
        await tap_keys(kiosk, "page", "shift")
        fits(kiosk)


async def test_arrows_lead_to_the_keys_and_back_and_one_sees_where_one_is(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        assert not marked(kiosk.words())
        await kiosk.keys("down")
        assert marked(kiosk.words())
        await kiosk.keys("enter", "right", "enter", "down", "down", "enter", "up", "space")
        assert typed(kiosk) == "qwzd"
        await kiosk.keys("up", "up")
        assert kiosk.app.focused is kiosk.seen.query_one(Line)
        await kiosk.keys("home", "delete")
        assert typed(kiosk) == "wzd"


async def test_who_types_on_a_real_keyboard_types_wherever_the_mark_is(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        await kiosk.keys("down", "right")
        await kiosk.keys(*"wet", "space", "x", "down", "backspace", "f")
        assert typed(kiosk) == "wet f"


def cursor_of(line: Line) -> tuple[int, str]:
    """Give the cell of the cursor on a line, and what stands there."""
    cursor, before = line.get_component_rich_style("input--cursor"), 0
    for segment in line.render_line(0):
        if segment.style and segment.style.bgcolor == cursor.bgcolor:
            return before, segment.text
        before += segment.cell_length
    raise AssertionError("no cursor on the line")


async def test_the_cursor_is_seen_wherever_the_mark_is(before: Before, survey: Callable[..., Config]) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        await kiosk.type("ab")
        await kiosk.keys("down")
        line = kiosk.seen.query_one(Line)
        assert not line.has_focus
        assert cursor_of(line) == (2, " ")
        await kiosk.keys("up", "left", "down")
        assert cursor_of(line) == (1, "b")
        await kiosk.keys("up", "end", *"c" * 18, "down")
        place, under = cursor_of(line)
        assert (place, under) == (20, " ")


async def test_tapping_keeps_the_question_open_and_leaving_ends_it(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        for key in "slow":
            await kiosk.wait(44)
            await tap_keys(kiosk, key)
        assert "Still there?" not in kiosk.words()
        await kiosk.wait(46)
        assert "Still there?" in kiosk.words()
        fits_beside_the_warning = kiosk.seen.query_one("#more").region.intersection(
            kiosk.seen.query_one(Keyboard).region
        )
        assert not fits_beside_the_warning
        await kiosk.tap("more")
        await tap_keys(kiosk, "l", "y")
        assert typed(kiosk) == "slowly"


async def nothing_is_left(kiosk: Driver) -> None:
    """Fail if the next customer meets a word of the one before."""
    assert typed(kiosk) == ""
    assert "secret" not in kiosk.words().lower()
    assert "✓ ⇪" not in kiosk.words()
    assert all(answer.text is None for answer in kiosk.answers())


@pytest.mark.parametrize("leave", ["idle", "skip", "staff"])
async def test_half_typed_words_are_gone_with_the_customer(
    before: Before, survey: Callable[..., Config], leave: str, pin: str
) -> None:
    async with before(survey(more=WORDS)) as kiosk:
        await at_words(kiosk)
        await tap_keys(kiosk, "shift", "shift", *"SECRET")
        assert "SECRET" in kiosk.words()
        if leave == "staff":
            await kiosk.go_inside()
            await kiosk.tap("back")
        else:
            await (kiosk.tap("skip") if leave == "skip" else kiosk.wait(65))
            await kiosk.see(ThanksView)
            assert "SECRET" not in kiosk.words()
            await kiosk.wait(8)
        await at_words(kiosk)
        await nothing_is_left(kiosk)


async def test_half_typed_words_of_an_opening_question_are_gone_after_a_warning(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey('kind = "text"', more=OPENING, languages='["en", "fi"]')) as kiosk:
        await kiosk.awake()
        await kiosk.wait(600)
        assert "Still there?" not in kiosk.words(), "an empty line waits for ever"
        await tap_keys(kiosk, *"secret")
        view = kiosk.asked()
        await kiosk.wait(46)
        assert "Still there?" in kiosk.words()
        await kiosk.wait(20)
        await kiosk.until(lambda: kiosk.app.stage.view is not view)
        await kiosk.awake()
        await nothing_is_left(kiosk)
        assert kiosk.visits() == []


async def test_an_opening_question_in_words_is_a_visit_once_it_is_answered(
    before: Before, survey: Callable[..., Config]
) -> None:
    async with before(survey('kind = "text"', more=OPENING)) as kiosk:
        await kiosk.awake()
        await tap_keys(kiosk, "o", "k", "done")
        await kiosk.see(ThanksView)
        await kiosk.wait(8)
        await kiosk.until(lambda: len(kiosk.visits()) == 1)
        assert kiosk.visits()[0].outcome is Outcome.COMPLETE
        assert [answer.text for answer in kiosk.answers()] == ["ok"]


async def to_typing_a_folder(kiosk: Driver) -> None:
    await kiosk.awake()
    await kiosk.go_inside()
    await kiosk.tap("export")
    await kiosk.see(HandOnView)
    await kiosk.tap("csv")
    await kiosk.tap("pdf")
    await kiosk.tap("folder")
    await kiosk.see(FolderView)
    line = kiosk.seen.query_one(Line)
    await kiosk.tap_at(line.region.x + 3, line.region.y + line.region.height // 2)
    await kiosk.until(lambda: bool(kiosk.seen.query_one(Keyboard).region))
    kiosk.clock.wind(1)


@pytest.mark.parametrize("language", ["fi", "uk"])
async def test_staff_tap_a_path(before: Before, survey: Callable[..., Config], pin: str, language: str) -> None:
    home = Path.home() / "usb7"
    home.mkdir()
    async with before(survey(languages=f'["{language}"]')) as kiosk:
        await to_typing_a_folder(kiosk)
        await tap_keys(kiosk, "page", "~", "page", "/", *"usb7")
        assert typed(kiosk) == "~/usb7"
        await tap_keys(kiosk, "done")
        await kiosk.until(lambda: bool(list(home.glob("*.csv"))))


@pytest.mark.parametrize("size", [(50, 15), (66, 20), (80, 24), (45, 80)], ids=str)
async def test_slash_and_digits_of_a_path_are_at_hand(
    before: Before, survey: Callable[..., Config], pin: str, size: tuple[int, int]
) -> None:
    async with before(survey(), size=size) as kiosk:
        await to_typing_a_folder(kiosk)
        if size[1] < 20:
            await tap_keys(kiosk, "/", "page", "1", "2")
        else:
            await tap_keys(kiosk, *"/12")
        assert typed(kiosk) == "/12"
        assert kiosk.seen.query_one("#actions").region, "there is a way back"


async def test_a_half_typed_path_is_gone_with_the_staff(
    before: Before, survey: Callable[..., Config], pin: str
) -> None:
    async with before(survey()) as kiosk:
        await to_typing_a_folder(kiosk)
        await tap_keys(kiosk, *"secret")
        await kiosk.wait(60)
        await kiosk.wait(60)
        await to_typing_a_folder(kiosk)
        assert typed(kiosk) == ""
        assert "secret" not in kiosk.words()


async def test_a_half_typed_path_stays_over_a_change_of_language(
    before: Before, survey: Callable[..., Config], pin: str
) -> None:
    async with before(survey(languages='["en", "ru"]')) as kiosk:
        await to_typing_a_folder(kiosk)
        await tap_keys(kiosk, *"/media")
        await kiosk.tap("language:ru")
        kiosk.clock.wind(1)
        await tap_keys(kiosk, "/", "a")
        assert typed(kiosk) == "/media/a"


class Typist:
    """Knows by heart what keys do: the letters of the screen, and a text."""

    def __init__(self) -> None:
        self.text, self.capitals, self.signs = "", 0, False

    def offered(self) -> list[str]:
        last = ["page", ",", "space", ".", "done"]
        if self.signs:
            return [*"".join(SIGNS), "delete", *last]
        letters = "".join(ALPHABETS["et"].rows)
        return [*(letters.upper() if self.capitals else letters), "shift", "delete", *last]

    def tap(self, key: str) -> None:
        if key == "shift":
            self.capitals = (self.capitals + 1) % 3
        elif key == "page":
            self.signs = not self.signs
        elif key == "delete":
            self.text = self.text[:-1]
        else:
            self.text = (self.text + {"space": " "}.get(key, key))[:200]
            self.capitals = 0 if self.capitals == 1 and key != "space" else self.capitals


@settings(
    max_examples=8,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # each example starts a kiosk, so a failure is told as it was found
)
@given(numbers=st.lists(st.one_of(st.integers(0, 60), st.integers(30, 40)), min_size=20, max_size=150))
async def test_any_sequence_of_taps_gives_the_text_it_spells(numbers: list[int]) -> None:
    typist, clock = Typist(), WoundClock()
    with TemporaryDirectory() as folder:
        path = Path(folder, "kiosk.toml")
        first = '[[question]]\nid = "first"\ntext = "How was it?"\n'
        path.write_text(f'[kiosk]\nlanguages = ["et"]\n{first}{LONG}', encoding="utf-8")
        async with standing_before(load_config(path), clock, Path(folder)) as kiosk:
            await at_words(kiosk)
            for number in numbers:
                keys = [key for key in typist.offered() if key != "done"]
                key = keys[number % len(keys)]
                kiosk.hit(*kiosk.place_of(key))
                typist.tap(key)
                await kiosk.until(partial(says, kiosk, typist))
            await tap_keys(kiosk, "done")
            await kiosk.see(ThanksView)
            texts = [answer.text for answer in kiosk.answers()[1:]]
            assert texts == ([" ".join(typist.text.split())] if typist.text.strip() else [])


def says(kiosk: Driver, typist: Typist) -> bool:
    keyboard = kiosk.seen.query_one(Keyboard)
    return typed(kiosk) == typist.text and {tile.key for tile in keyboard.tiles} == set(typist.offered())
