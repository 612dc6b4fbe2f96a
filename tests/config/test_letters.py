"""A text that cannot be set in big type is told with its letters, its place and its language."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import load_config
from kiosk.errors import Problem
from tests.conftest import SHIPPED

CONFIG = """
[kiosk]
languages = ["en", "ka"]
[[question]]
kind = "choice"
text = { en = "How was it?", ka = "როგორ იყო?" }
choices = [
    { id = "food", text = { en = "Food 🍲", ka = "საჭმელი" } },
    { id = "price", text = "Price" },
]
[review]
url = "https://example.org/review"
text = { en = "Tell others", ka = "Tell others, 漢字" }
"""


def problems(folder: Path, text: str) -> list[Problem]:
    (folder / "kiosk.toml").write_text(text, encoding="utf-8")
    found = load_config(folder / "kiosk.toml", with_files=True).warnings
    return [problem for problem in found if "big type" in problem.message]


def test_letters_that_big_type_lacks_are_told_with_question_and_language(tmp_path: Path) -> None:
    found = {problem.key: problem for problem in problems(tmp_path, CONFIG)}
    assert set(found) == {
        "question[1].text.ka",
        "question[1].choices[1].text.en",
        "question[1].choices[1].text.ka",
        "review.text.ka",
    }
    assert all(problem.warning and problem.line for problem in found.values())
    assert "lacks: 🍲; customers read" in found["question[1].choices[1].text.en"].message
    assert "lacks: 漢 字; customers read" in found["review.text.ka"].message


def test_a_text_in_another_script_does_not_name_all_its_letters(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, '[[question]]\ntext = "როგორ მოგეწონათ დღეს?"\n')
    assert "lacks: რ ო გ მ ე …; customers read" in problem.message


def test_the_shipped_texts_are_all_in_big_type() -> None:
    assert not [problem for problem in load_config(SHIPPED, with_files=True).warnings if "big type" in problem.message]
