"""The typeface has every letter of the kiosk's own languages, and is never asked for one that it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import kiosk
from kiosk.languages import SPOKEN
from kiosk.typeface import can_set, missing_letters

LETTERS = {
    "fi sv": "ÅÄÖåäöŠšŽž",
    "se": "ÁáČčĐđŊŋŠšŦŧŽž",
    "et": "ÕÄÖÜõäöüŠšŽž",
    "ru": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "ҐґЄєІіЇї’",
    "de": "ÄÖÜäöüßẞ",
    "fr": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛŸàâæçéèêëîïôœùûÿ«»",
    "pl": "ĄĆĘŁŃÓŚŹŻąćęłńóśźż",
    "signs": "…–—“”„’·•✓→",
}


@pytest.mark.parametrize("languages", LETTERS)
def test_the_letters_of_all_languages_can_be_set(languages: str) -> None:
    assert missing_letters(LETTERS[languages]) == ""


def is_for_browsers(message: Message) -> bool:
    """Tell whether only pages say a message: a browser has further typefaces for what one lacks."""
    return bool(message.locations) and all("/hub/pages/" in place for place, _ in message.locations)


@pytest.mark.parametrize("language", [language for language in SPOKEN if language != "en"])
def test_everything_that_the_kiosk_says_can_be_set(language: str) -> None:
    with (Path(kiosk.__file__).parent / "locale" / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        said = "".join(f"{each.id}{each.string}" for each in read_po(file) if not is_for_browsers(each))
    assert missing_letters(said + SPOKEN[language]) == ""


def test_what_is_lacking_is_named_once_and_in_order() -> None:
    assert missing_letters("漢字 and 漢 and ა") == "漢字ა"
    assert not can_set("漢字")


@pytest.mark.parametrize("text", ["", " ", "a\u0301", "A B\tC", "e\u0308"])
def test_nothing_is_lacking_where_letters_are_written_in_another_way(text: str) -> None:
    assert can_set(text)


def test_emoji_and_rare_letters_of_skolt_sami_are_lacking() -> None:
    assert missing_letters("👍 ǥ Ǯ") == "👍ǥǮ"
