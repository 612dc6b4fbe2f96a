"""What the kiosk knows of languages agrees with what Unicode's locale data say."""

from __future__ import annotations

import re

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from kiosk.languages import LANGUAGES, SPOKEN, catalogues_for, is_right_to_left

WRITTEN = [
    code for name in locale_identifiers() if re.fullmatch("[a-z]+(-[A-Z][a-z]{3})?", code := name.replace("_", "-"))
]
"""Languages and languages in a script, without those of a region."""


def test_right_to_left_languages_are_told_from_the_others() -> None:
    told = {code for code in WRITTEN if is_right_to_left(code)}
    known = {code for code in WRITTEN if Locale.parse(code, sep="-").text_direction == "rtl"}
    assert {"ar", "he", "fa", "ur", "yi", "uz-Arab"} < told
    assert told == known


@pytest.mark.parametrize(
    ("code", "expected"), [("ar-EG", True), ("AR", True), ("az-Arab", True), ("ku-Latn", False), ("sd-Deva", False)]
)
def test_a_script_in_the_code_decides_and_a_region_does_not(code: str, expected: bool) -> None:
    assert is_right_to_left(code) == expected


@pytest.mark.parametrize("code", SPOKEN)
def test_the_names_are_those_of_the_locale_data(code: str) -> None:
    locale = Locale(code)
    own = locale.get_display_name()
    assert own is not None
    assert SPOKEN[code] == own[:1].upper() + own[1:]
    assert LANGUAGES[code].english_name == str(locale.english_name).replace("Sami", "Sámi")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fi", ("fi",)),
        ("sv-FI", ("sv",)),
        ("se", ("se", "fi")),
        ("uk", ("uk",)),
        ("en", ()),
        ("en-GB", ()),
        ("nb", ()),
    ],
)
def test_a_word_is_looked_for_in_a_fixed_order(code: str, expected: tuple[str, ...]) -> None:
    assert catalogues_for(code) == expected
