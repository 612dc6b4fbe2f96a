"""The kiosk's own words: complete in every language, with the same places to fill in."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import kiosk
from kiosk.survey import Question
from kiosk.words import ENDS, FACES, SATISFACTION, SPOKEN, SUCCESS, value_label, words

PACKAGE = Path(kiosk.__file__).parent
TRANSLATED = [language for language in SPOKEN if language != "en"]


def in_source() -> set[str]:
    """Give every message that the code marks."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords={"N_": None}, comment_tags=())
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def catalogue(language: str) -> Catalog:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def translations(language: str) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue(language) if message.id}


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_code_has_messages() -> None:
    assert {"Thank you!", "Skip", "Very bad"} < in_source()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_message_of_the_code_and_no_other(language: str) -> None:
    said = translations(language)
    assert set(said) == in_source()
    assert [message for message, translation in said.items() if not translation.strip()] == []
    assert not any(message.fuzzy for message in catalogue(language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_places_to_fill_in(language: str) -> None:
    for message, translation in translations(language).items():
        assert fields(translation) == fields(message), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_ends_like_its_message(language: str) -> None:
    for message, translation in translations(language).items():
        assert (translation[-1] in ".!?:") == (message[-1] in ".!?:"), message
        assert translation == translation.strip()


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_says_what_the_source_says(language: str) -> None:
    say = words(language)
    for message, translation in translations(language).items():
        assert say(message) == translation


def test_english_and_unknown_languages_are_said_in_english() -> None:
    assert words("en")("Thank you!") == "Thank you!"
    assert words("et")("Thank you!") == "Thank you!"


def test_every_message_that_the_screens_say_is_marked() -> None:
    """A bare text in `say(...)` would never be found for translation."""
    for path in (PACKAGE / "ui").rglob("*.py"):
        assert not re.search(r"\bsay\(\s*f?[\"']", path.read_text("utf-8")), path


@pytest.mark.parametrize("language", SPOKEN)
def test_the_steps_of_a_scale_have_different_names(language: str) -> None:
    say = words(language)
    for names in (*FACES.values(), SATISFACTION, SUCCESS, *ENDS.values()):
        assert len({say(name) for name in names}) == len(names)


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("kind", ["smiley", "nps", "ces", "csat", "success"])
def test_every_value_has_a_name(language: str, kind: str) -> None:
    say = words(language)
    for points in (3, 4, 5):
        question = Question.model_validate({"id": "q", "kind": kind, "points": points, "text": "?"})
        labels = [value_label(question, value, say) for value in question.values]
        assert all(labels)
        assert len(set(labels)) == len(labels)


def test_a_number_is_its_own_name() -> None:
    question = Question.model_validate({"id": "q", "kind": "nps", "text": "?"})
    assert [value_label(question, value, str) for value in question.values] == [str(value) for value in range(11)]
