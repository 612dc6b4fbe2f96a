"""What is wrong with texts: too long for a screen, not translated, or written with characters that cannot be shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from wcwidth import wcswidth

from kiosk.config.draft import Draft
from kiosk.config.findings import Findings, did_you_mean, place_of_text, shown
from kiosk.config.languages import check_languages, check_script
from kiosk.config.lines import Place
from kiosk.config.sections import is_language
from kiosk.survey import ANY_LANGUAGE, Phrase
from kiosk.text import clean

_QUESTION_CELLS = 160
"""Four lines on the narrowest screen."""
_LABEL_CELLS = 40
_NAME_CELLS = 60
_WORD_CELLS = 46
"""A word cannot be broken, and the narrowest supported screen has not many more columns."""


def check_texts(draft: Draft, data: Mapping[str, Any], findings: Findings) -> None:
    """Note every problem of the texts that people will read."""
    check_languages(draft.languages, findings)
    for place, phrase, cells in _phrases(draft):
        if draft.languages:
            _check_translations(place, phrase, draft.languages, findings)
        for language, said in phrase.items():
            _check_line(place_of_text(place, language), said, cells, findings)
    for place, said in _names(draft):
        _check_line(place, said, _NAME_CELLS, findings)
    for place, written in _strings(data, ()):
        if _seen(written) != _seen(clean(written, len(written))):
            findings.warn(place, "holds characters that cannot be seen or shown; they are left out")


def _phrases(draft: Draft) -> Iterator[tuple[Place, Phrase, int]]:
    for position, question in draft.questions.items():
        place: Place = ("question", position)
        yield (*place, "text"), question.text, _QUESTION_CELLS
        for number, choice in enumerate(question.choices):
            yield (*place, "choices", number, "text"), choice.text, _LABEL_CELLS
    if draft.review:
        yield ("review", "text"), draft.review.text, _QUESTION_CELLS


def _names(draft: Draft) -> Iterator[tuple[Place, str]]:
    yield ("kiosk", "name"), draft.kiosk.name
    yield ("kiosk", "location"), draft.kiosk.location
    if draft.review:
        yield ("review", "short_url"), draft.review.short_url
    for position, question in draft.questions.items():
        yield ("question", position, "touchpoint"), question.touchpoint
        yield ("question", position, "owner"), question.owner


def _check_translations(place: Place, phrase: Phrase, languages: Collection[str], findings: Findings) -> None:
    for language in phrase:
        if language == ANY_LANGUAGE or language in languages:
            continue
        if is_language(language):
            known = f"; [kiosk] languages has {', '.join(languages)}"
            findings.warn((*place, language), f"{shown(language)} is a language nobody can choose{known}")
        else:
            hint = did_you_mean(language, languages)
            findings.error((*place, language), f"{shown(language)} is not a language code{hint}")
    missing = [language for language in languages if language not in phrase]
    if missing and ANY_LANGUAGE not in phrase:
        findings.warn(place, f"has no text in {', '.join(missing)}; customers will read it in {next(iter(phrase))}")


def _check_line(place: Place, said: str, cells: int, findings: Findings) -> None:
    check_script(place, said, findings)
    if (width := _cells(said)) > cells:
        findings.error(place, f"is {width} columns wide and fits no screen; {cells} are the most")
    for word in said.split():
        if (width := _cells(word)) > _WORD_CELLS:
            findings.error(place, f"has a word of {width} columns, {shown(word)}; {_WORD_CELLS} are the most")


def _cells(text: str) -> int:
    return max(wcswidth(text), 0) or len(text)


def _strings(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _strings(member, (*place, key))
    elif isinstance(value, tuple):
        for position, member in enumerate(value):
            yield from _strings(member, (*place, position))


def _seen(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split()))
