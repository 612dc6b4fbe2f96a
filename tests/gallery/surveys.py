"""The kiosks that are photographed: the shipped lunch café, and a corner shop that asks one question of any kind."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.conftest import SHIPPED

_NAMES = ("Waiting time", "Service", "Food", "Price", "Cleanliness", "Something else")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question."""

    kind: str
    text: str
    choices: Sequence[str] = ()
    more: str = ""
    """Another line of the question."""
    languages: Sequence[str] = ("en", "fi", "sv")


KINDS = {
    "three faces": Asked("smiley", "How was your visit today?", more="points = 3"),
    "four faces": Asked("smiley", "How was your visit today?", more="points = 4"),
    "five faces": Asked("smiley", "How was your visit today?"),
    "nps": Asked("nps", "How likely are you to recommend us to a friend?"),
    "effort": Asked("ces", "It was easy to find what I needed."),
    "satisfaction": Asked("csat", "How satisfied are you with our service?"),
    "success": Asked("success", "Did you get done what you came for?"),
    "choice": Asked("choice", "What could we do better?", _NAMES),
    "several choices": Asked("choice", "What did you like?", _NAMES, "multiple = true"),
    "words": Asked("text", "What would you like to tell us?"),
}

WORDY = {
    "choice, German": Asked(
        "choice",
        "Was hätten wir bei Ihrem heutigen Besuch besser machen können?",
        (
            *("Wartezeit an der Kasse", "Freundlichkeit", "Geschwindigkeitsbegrenzung"),
            *("Preis-Leistungs-Verhältnis", "Sauberkeit", "Barrierefreiheitsbeauftragte"),
        ),
        languages=("de", "en", "fi", "sv", "et", "ru", "uk", "se"),
    ),
    "choice, Finnish": Asked(
        "choice",
        "Missä asiakaspalvelukokemuksessasi olisi parannettavaa?",
        (
            *("Jonotusaika", "Itsepalvelukassat", "Hinta-laatusuhde"),
            *("Asiakaspalveluhenkilökunta", "Siisteys", "Jokin muu"),
        ),
        languages=("fi",),
    ),
    "satisfaction, German": Asked("csat", "Wie zufrieden sind Sie mit unserem Kundendienst?", languages=("de",)),
    "faces, Russian": Asked("smiley", "Насколько вы довольны сегодняшним посещением?", languages=("ru", "en")),
    "words, Ukrainian": Asked("text", "Що ви хотіли б нам розповісти?", languages=("uk", "en")),
}

_TRIAL = "allow_volatile = true"
"""Answers need not be safe: the temporary folder may lie in memory."""


def corner_shop(asked: Asked, *look: str) -> str:
    """Give the kiosk.toml of a shop that asks one question, and has no invitation; `look` are lines of its section."""
    choices = [f"{{ id = 'c{number}', text = {_quoted(name)} }}" for number, name in enumerate(asked.choices)]
    return f"""
[kiosk]
name = "Till 1"
location = "The Corner Shop"
{_TRIAL}
languages = {json.dumps(asked.languages)}
[[question]]
id = "first"
kind = "{asked.kind}"
text = {_quoted(asked.text)}
{f"choices = [{', '.join(choices)}]" if choices else ""}
{asked.more}
[privacy]
free_text = true
[look]
motion = false
{chr(10).join(look)}
"""


def lunch_cafe(*lines: str) -> str:
    """Give the shipped kiosk.toml with other values: each of `lines` replaces the line of the same key."""
    config = SHIPPED.read_text(encoding="utf-8").replace('"assets/', f'"{SHIPPED.parent}/assets/')
    for line in (_TRIAL, "motion = false", "thanks_seconds = 60", *lines):
        key = line.split(" = ")[0]
        config, found = re.subn(rf"^(# )?{key} = .*$", lambda _: line, config, count=1, flags=re.MULTILINE)  # noqa: B023
        if not found:
            raise ValueError(f"kiosk.toml has no key {key}")
    return config


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
