"""Scripts that cells cannot show are told apart, and no text is wider on one terminal than on another."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth, wcwidth

from kiosk.scripts import runs_right_to_left, shaped_script, stacked_script, steady

SHOWN = [
    "Miten asiointi sujui tänään?",
    "Mo dat manai odne? Čáhci, ŋ, ŧ, đ, ž",
    "Как прошло посещение?",
    "Як пройшов візит? Ґ, є, ї",
    "Πώς ήταν;",
    "Ինչպե՞ս էր",
    "როგორ იყო?",
    "いかがでしたか",
    "어떠셨나요?",
    "Thế nào?",
    "e\u0301\u0302 ☕ 👍",
]


@pytest.mark.parametrize("text", SHOWN)
def test_scripts_of_single_letters_are_shown_as_they_are(text: str) -> None:
    assert not runs_right_to_left(text)
    assert shaped_script(text) is None
    assert stacked_script(text) is None
    assert steady(text) == text


@pytest.mark.parametrize("text", ["كيف كان؟", "ביקור", "چطور بود", "کیسا رہا", "ދިވެހި", "ߒߞߏ", "A ב"])
def test_right_to_left_is_seen(text: str) -> None:
    assert runs_right_to_left(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("आपका अनुभव कैसा रहा?", "Devanagari"),
        ("কেমন ছিল?", "Bengali"),
        ("எப்படி இருந்தது?", "Tamil"),
        ("ఎలా ఉంది?", "Telugu"),
        ("ഇന്നത്തെ സന്ദർശനം", "Malayalam"),
        ("ကောင်းပါသလား", "Myanmar"),
        ("តើវាយ៉ាងម៉េច", "Khmer"),
        ("བོད་སྐད", "Tibetan"),
        ("ᠮᠣᠩᠭᠣᠯ", "Mongolian"),
        ("සිංහල", "Sinhala"),
    ],
)
def test_scripts_whose_letters_melt_together_are_named(text: str, script: str) -> None:
    assert shaped_script(text) == script


@pytest.mark.parametrize(("text", "script"), [("เป็นอย่างไรบ้าง น้ำ", "Thai"), ("ເປັນແນວໃດ ນ້ຳ", "Lao")])
def test_scripts_that_cells_show_though_not_well_are_named_apart(text: str, script: str) -> None:
    assert stacked_script(text) == script
    assert shaped_script(text) is None
    assert steady(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("👨‍👩‍👧‍👦", "👨"),
        ("👍🏽", "👍"),
        ("🇫🇮", "·"),
        ("❤️", "❤"),
        ("1️⃣", "1\u20e3"),
        ("कि", "क"),
        ("ा", "·"),
        ("[/]", "[/]"),
    ],
)
def test_what_terminals_measure_differently_becomes_what_they_agree_about(text: str, expected: str) -> None:
    assert steady(text) == expected


@given(st.text(max_size=40))
def test_a_steady_text_is_as_wide_as_its_characters_and_never_wider_than_before(text: str) -> None:
    printable = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    shown = steady(printable)
    assert steady(shown) == shown
    assert wcswidth(shown) == sum(wcwidth(character) for character in shown)
    for cluster in iter_graphemes(printable):
        assert wcswidth(steady(cluster)) <= max(wcswidth(cluster), 1)
