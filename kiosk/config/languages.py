"""What is wrong with the choice of languages, and with texts in scripts that a terminal cannot show."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.config.findings import Findings, shown
from kiosk.config.lines import Place
from kiosk.languages import LANGUAGES, is_right_to_left, language_of
from kiosk.scripts import runs_right_to_left, shaped_script, stacked_script

_OWN_WORDS = "the kiosk's own words, such as the thanks,"


def check_languages(languages: Sequence[str], findings: Findings) -> None:
    """Note languages that no terminal shows, and those in which the kiosk itself speaks badly or not at all."""
    for position, language in enumerate(languages):
        place: Place = ("kiosk", "languages", position)
        if is_right_to_left(language):
            reason = "is written from right to left, which terminals do not lay out reliably"
            findings.error(place, f"{shown(language)} {reason}; leave it out")
        elif sentence := _own_words_in(language):
            findings.warn(place, sentence)


def check_script(place: Place, said: str, findings: Findings) -> None:
    """Note a text that a terminal would show so that nobody can read it."""
    if runs_right_to_left(said):
        findings.error(
            place,
            "is written from right to left, which terminals do not lay out reliably; write it in another language",
        )
    elif script := shaped_script(said):
        reason = f"is written in {script}, whose letters join or change places, which a terminal does not show"
        findings.error(place, f"{reason}; write it in another language")
    elif script := stacked_script(said):
        reason = f"is written in {script}, of which terminals break lines within words and may set marks wrongly"
        findings.warn(place, f"{reason}; look at every screen before customers do")


def _own_words_in(code: str) -> str | None:
    """Say how the kiosk's own words are wanting in a language; None when they are not."""
    language = language_of(code)
    if language is None:
        return f"{_OWN_WORDS} will be English for {shown(code)}"
    if language.review != "none":
        return None
    missing = f", and some are missing, said in {LANGUAGES[language.stand_in].english_name}"
    unread = f"have not been reviewed by anybody who speaks {language.english_name}"
    return f"{_OWN_WORDS} {unread}{missing * (language.reach == 'some')}; look at every screen before customers do"
