"""Letters that big type lacks, as those of China or an emoji: such a text is shown smaller than the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.config.findings import Findings, place_of_text
from kiosk.config.lines import Place
from kiosk.survey import Phrase
from kiosk.typeface import missing_letters

if TYPE_CHECKING:
    from kiosk.config.sections import Config

_MOST = 5
"""Letters that are named; a text in another script lacks them all."""


def check_letters(config: Config, findings: Findings) -> None:
    """Note every text that customers read without big type. The kiosk can start: the terminal has more letters."""
    for place, phrase in _phrases(config):
        for language, said in phrase.items():
            if missing := missing_letters(said):
                findings.warn(place_of_text(place, language), _sentence(missing))


def _phrases(config: Config) -> Iterator[tuple[Place, Phrase]]:
    for position, question in enumerate(config.question):
        yield ("question", position, "text"), question.text
        for number, choice in enumerate(question.choices):
            yield ("question", position, "choices", number, "text"), choice.text
    if config.review:
        yield ("review", "text"), config.review.text


def _sentence(missing: str) -> str:
    named = " ".join(missing[:_MOST]) + (" …" if len(missing) > _MOST else "")
    return f"has letters that big type lacks: {named}; customers read this text in the terminal's own, smaller letters"
