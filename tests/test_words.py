"""The kiosk's own words: as complete in every language as its catalogue says, with the same places to fill in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import kiosk
from kiosk.languages import LANGUAGES, SPOKEN, catalogues_for
from kiosk.survey import Question
from kiosk.words import ENDS, FACES, SATISFACTION, SUCCESS, value_label, words

PACKAGE = Path(kiosk.__file__).parent
TRANSLATED = [language for language in SPOKEN if language != "en"]

FOR_STAFF = (
    *(
        f"{home}/"
        for home in ("cli", "device", "export", "handover", "hub", "results", "store", "sync", "telling", "ui/hand_on")
    ),
    *(
        f"ui/{name}.py"
        for name in ("day_closing", "erasing", "health", "joining", "keeper", "staff_desk", "staff_door")
    ),
    *(f"ui/{name}.py" for name in ("staff_room", "staff_sheets", "surroundings", "today_sheet")),
    *(f"ui/views/{name}.py" for name in ("confirm", "errand", "folder", "hand_on", "more", "phone", "pin", "staff")),
    "ui/views/typed.py",
)
"""Parts of the package whose words only staff read. Words of any other part are taken for customers' words."""

SOURCES = [("**.py", "python"), ("**/templates/**.html", "jinja2")]

SCALES = (*FACES.values(), SATISFACTION, SUCCESS, *ENDS.values())


@cache
def in_source() -> dict[str, set[str]]:
    """Give every message that the code marks, with the modules that say it."""
    places: dict[str, set[str]] = {}
    for place, _, message, _, _ in extract_from_dir(PACKAGE, SOURCES, keywords={"N_": None, "_": None}):
        assert isinstance(message, str)
        places.setdefault(message, set()).add(place.replace("\\", "/"))
    return places


def is_for_staff(place: str) -> bool:
    return place.startswith(FOR_STAFF)


def needed(language: str) -> set[str]:
    """Give the messages that a catalogue must have, going by what it says of itself."""
    reach = LANGUAGES[language].reach
    if reach == "everything":
        return set(in_source())
    return (
        {message for message, places in in_source().items() if not all(map(is_for_staff, places))}
        if reach == "customers"
        else set()
    )


@cache
def catalogue(language: str) -> Catalog:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def translations(language: str) -> dict[str, str]:
    """Give the messages that a catalogue translates."""
    return {str(message.id): str(message.string) for message in catalogue(language) if message.id and message.string}


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_code_has_messages() -> None:
    assert {"Thank you!", "Skip", "Very bad", "Start test mode"} < set(in_source())
    said_in = {place for places in in_source().values() for place in places}
    assert [part for part in FOR_STAFF if not any(place.startswith(part) for place in said_in)] == []


def test_there_is_a_catalogue_for_every_language_that_the_kiosk_speaks_and_no_other() -> None:
    assert {path.name for path in (PACKAGE / "locale").iterdir() if path.is_dir()} == set(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_in_step_with_the_code(language: str) -> None:
    """`sh scripts/catalogues` brings it there."""
    assert {str(message.id) for message in catalogue(language) if message.id} == set(in_source())
    assert not catalogue(language).obsolete
    assert not any(message.fuzzy for message in catalogue(language))


def test_the_template_is_in_step_with_the_code() -> None:
    with (PACKAGE / "locale" / "kiosk.pot").open("rb") as file:
        assert {str(message.id) for message in read_po(file) if message.id} == set(in_source())


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_message_that_it_promises(language: str) -> None:
    assert needed(language) - set(translations(language)) == set()


def test_staff_and_customers_are_served_in_the_languages_of_the_project() -> None:
    assert {language for language in TRANSLATED if LANGUAGES[language].reach == "everything"} >= {"fi", "sv"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_says_how_far_it_can_be_relied_on(language: str) -> None:
    told = LANGUAGES[language]
    assert catalogue(language).header_comment.splitlines() == [
        f"# The kiosk's words in {told.english_name}.",
        f"# Review: {told.review}. Reach: {told.reach}. What that means stands in docs/languages.md.",
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_that_gives_up_says_so(language: str) -> None:
    customers = {message for message, places in in_source().items() if not all(map(is_for_staff, places))}
    assert (LANGUAGES[language].reach == "some") == bool(customers - set(translations(language)))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_scale_is_said_in_one_language(language: str) -> None:
    said = set(translations(language))
    for names in SCALES:
        assert set(names) <= said or not set(names) & said, names


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


@pytest.mark.parametrize("language", ["en", "en-GB", "nb", "xx"])
def test_english_and_unknown_languages_are_said_in_english(language: str) -> None:
    assert words(language)("Thank you!") == "Thank you!"


def test_a_regional_form_is_said_in_its_language() -> None:
    assert words("sv-FI")("Thank you!") == "Tack!"


def test_what_northern_sami_leaves_out_is_said_in_finnish() -> None:
    say = words("se")
    assert catalogues_for("se") == ("se", "fi")
    assert say("Thank you!") == "Giitu!"
    assert say("Neither nor") == "Siltä väliltä"
    assert say("Start test mode") == "Aloita testitila"


def test_every_message_that_the_screens_say_is_marked() -> None:
    """A bare text in `say(...)` would never be found for translation."""
    for path in (PACKAGE / "ui").rglob("*.py"):
        assert not re.search(r"\bsay\(\s*f?[\"']", path.read_text("utf-8")), path


def test_what_fails_under_the_staffs_fingers_is_marked_too() -> None:
    """A sentence made with an f-string would reach a Finnish screen in English."""
    raised = re.compile(r"\b(StoreError|StoreUnfit|StoreInUse|NotClosable|FileNotWritten|PinUnusable)\(\s*f?[\"']")
    homes = ("store", "handover", "sync", "ui", "export/report", "export/xlsx")
    within_reach = {path for home in homes for path in (PACKAGE / home).rglob("*.py")}
    for path in within_reach:
        assert not raised.search(path.read_text("utf-8")), path


@pytest.mark.parametrize("language", SPOKEN)
def test_the_steps_of_a_scale_have_different_names(language: str) -> None:
    say = words(language)
    for names in SCALES:
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
