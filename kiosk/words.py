"""The kiosk's own words in the customer's language (gettext catalogues in `locale/`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import translation
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.languages import catalogues_for

if TYPE_CHECKING:
    from kiosk.survey import Question  # pydantic, which the store's light modules do without

Translate = Callable[[str], str]


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for translation where it cannot be translated yet."""
    return message


FACES: dict[int, tuple[str, ...]] = {
    3: (N_("Bad"), N_("Okay"), N_("Good")),
    4: (N_("Very bad"), N_("Bad"), N_("Good"), N_("Very good")),
    5: (N_("Very bad"), N_("Bad"), N_("Okay"), N_("Good"), N_("Very good")),
}
SATISFACTION = (
    N_("Very dissatisfied"),
    N_("Dissatisfied"),
    N_("Neither nor"),
    N_("Satisfied"),
    N_("Very satisfied"),
)
SUCCESS = (N_("No"), N_("Partly"), N_("Yes"))
ENDS: dict[str, tuple[str, str]] = {
    "nps": (N_("Not at all likely"), N_("Extremely likely")),
    "ces": (N_("Strongly disagree"), N_("Strongly agree")),
}
"""The words at the two ends of a scale of numbers."""


@cache
def words(language: str) -> Translate:
    """Give the function that says a message in a language, or in what stands in for it; English in the end."""
    return translation("kiosk", Path(__file__).parent / "locale", catalogues_for(language), fallback=True).gettext


def value_label(question: Question, value: int, say: Translate) -> str:
    """Name a value of a scale as the customer reads it: `Good` for a face, `7` for a number."""
    if question.kind == "smiley":
        return say(FACES[question.points][value - 1])
    if question.kind == "csat":
        return say(SATISFACTION[value - 1])
    if question.kind == "success":
        return say(SUCCESS[value])
    return str(value)
