"""The page on the phone says what the file is, whatever the file is called."""

from __future__ import annotations

import pytest

from kiosk.handover import page


@pytest.mark.parametrize(
    ("size", "language", "words"),
    [
        (0, "en", "1 kB"),
        (1_499, "en", "1 kB"),
        (48_600, "fi", "49 kB"),
        (999_999, "fi", "1,0 MB"),
        (1_340_000, "en", "1.3 MB"),
        (1_340_000, "fi", "1,3 MB"),
        (120_000_000, "sv", "120,0 MB"),
    ],
)
def test_the_size_is_said_as_people_say_it(size: int, language: str, words: str) -> None:
    assert f"<p>{words}</p>" in page.offer(language, "a.csv", size).decode()


def test_a_name_is_never_markup() -> None:
    shown = page.offer("en", "<img src=x>$sheet&amp;", 1).decode()
    assert "&lt;img src=x&gt;$sheet&amp;amp;" in shown
    assert "<img" not in shown


@pytest.mark.parametrize("made", [page.offer("fi", "a.csv", 1), page.busy("fi"), page.over("fi")])
def test_every_page_is_complete_and_says_its_language(made: bytes) -> None:
    text = made.decode()
    assert text.startswith('<!doctype html>\n<html lang="fi">')
    assert "$" not in text
    assert text.count("<h1>") == text.count("</main>") == 1
