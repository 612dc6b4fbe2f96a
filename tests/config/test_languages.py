"""Languages and scripts that no terminal shows are refused, with their place; half-ready languages are told."""

from __future__ import annotations

import pytest

from tests.config.conftest import Examine

QUESTION = '[[question]]\ntext = "OK?"\n'


def choosing(*languages: str) -> str:
    lines = ",\n".join(f'"{language}"' for language in languages)
    return f"[kiosk]\nlanguages = [\n{lines}]\n{QUESTION}"


@pytest.mark.parametrize("language", ["ar", "he", "fa", "ur", "ar-EG", "uz-Arab"])
def test_a_language_from_right_to_left_is_refused_where_it_stands(examine: Examine, language: str) -> None:
    [problem] = examine(choosing("fi", language))
    assert (problem.line, problem.key, problem.warning) == (4, "kiosk.languages[2]", False)
    assert problem.message.startswith(f"'{language}' is written from right to left, which terminals do not lay out")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("كيف كان؟", "is written from right to left"),
        ("Hyvä? מה שלומך", "is written from right to left"),
        ("आपका अनुभव कैसा रहा?", "is written in Devanagari, whose letters join or change places"),
        ("எப்படி இருந்தது?", "is written in Tamil"),
    ],
)
def test_a_text_that_cells_cannot_show_is_refused_where_it_stands(examine: Examine, said: str, reason: str) -> None:
    written = {
        "question[1].text.fi": f'[[question]]\ntext = {{ fi = "{said}" }}',
        "kiosk.location": f'{QUESTION}[kiosk]\nlanguages = ["fi"]\nlocation = "{said}"',
        "question[1].choices[2].text": '[[question]]\nkind = "choice"\ntext = "A?"\nchoices = [\n'
        f'{{ id = "a", text = "A" }},\n{{ id = "b", text = "{said}" }}]',
    }
    for key, content in written.items():
        [problem] = [problem for problem in examine(content) if not problem.warning]
        assert (problem.key, problem.line) == (key, len(content.splitlines()))
        assert problem.message.startswith(reason)


def test_thai_is_shown_with_a_warning(examine: Examine) -> None:
    [problem] = examine('[[question]]\ntext = "เป็นอย่างไรบ้าง"')
    assert (problem.line, problem.key, problem.warning) == (2, "question[1].text", True)
    assert problem.message.startswith("is written in Thai, of which terminals break lines within words")


@pytest.mark.parametrize("languages", [("fi", "sv", "en"), ("sv-FI", "en-GB")])
def test_the_languages_of_the_project_are_no_problem(examine: Examine, languages: tuple[str, ...]) -> None:
    assert examine(choosing(*languages)) == ()


@pytest.mark.parametrize(
    ("language", "name"),
    [("et", "Estonian"), ("ru", "Russian"), ("uk", "Ukrainian"), ("de", "German"), ("de-AT", "German")],
)
def test_words_that_no_speaker_has_read_are_told(examine: Examine, language: str, name: str) -> None:
    [problem] = examine(choosing("fi", language))
    assert (problem.line, problem.key, problem.warning) == (4, "kiosk.languages[2]", True)
    assert f"have not been reviewed by anybody who speaks {name}; look at every screen" in problem.message


def test_words_that_are_missing_are_told_with_what_stands_in(examine: Examine) -> None:
    [problem] = examine(choosing("se"))
    assert "anybody who speaks Northern Sámi, and some are missing, said in Finnish" in problem.message


def test_a_language_that_the_kiosk_does_not_speak_is_told(examine: Examine) -> None:
    [problem] = examine(choosing("fi", "nb"))
    assert (problem.key, problem.warning) == ("kiosk.languages[2]", True)
    assert problem.message == "the kiosk's own words, such as the thanks, will be English for 'nb'"
