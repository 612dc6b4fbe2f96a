"""Languages: which the kiosk speaks, what stands in where one is silent, and which run from right to left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the kiosk itself speaks, and how far its words can be relied on."""

    name: str
    """As its speakers call it."""
    english_name: str
    review: Literal["speaker", "project", "none"]
    """Who has read the words: a native speaker, only the project, which works in the language, or nobody."""
    reach: Literal["everything", "customers", "some"]
    """What is said: every word, every word that customers read, or some of them."""
    stand_in: str = "en"
    """What a missing word is said in: a language that nearly every speaker reads as well and takes no offence at."""


LANGUAGES: Mapping[str, Language] = {
    "fi": Language("Suomi", "Finnish", "project", "everything"),
    "sv": Language("Svenska", "Swedish", "project", "everything"),
    "en": Language("English", "English", "project", "everything"),
    "et": Language("Eesti", "Estonian", "none", "customers"),
    "ru": Language("Русский", "Russian", "none", "customers"),
    "uk": Language("Українська", "Ukrainian", "none", "customers"),
    "de": Language("Deutsch", "German", "none", "customers"),
    "se": Language("Davvisámegiella", "Northern Sámi", "none", "some", stand_in="fi"),
}

SPOKEN: Mapping[str, str] = {code: language.name for code, language in LANGUAGES.items()}
"""The languages that the kiosk itself speaks, as their speakers call them."""

_RIGHT_TO_LEFT = frozenset(
    [
        "aeb",
        "ajp",
        "apc",
        "apd",
        "ar",
        "arc",
        "arq",
        "ary",
        "arz",
        "bal",
        "bgn",
        "bqi",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "khw",
        "ks",
        "lrc",
        "luz",
        "mzn",
        "nqo",
        "pnb",
        "prs",
        "ps",
        "rhg",
        "sd",
        "sdh",
        "skr",
        "syr",
        "trw",
        "ug",
        "ur",
        "yi",
    ]
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"])
_SCRIPT_LETTERS = 4
"""Letters of the part of a code that names a script, as in `az-Arab`; other parts name a region."""


def language_of(code: str) -> Language | None:
    """Give the language of a code, `sv` as well as `sv-FI`; None when the kiosk does not speak it."""
    return LANGUAGES.get(code.partition("-")[0])


def catalogues_for(code: str) -> tuple[str, ...]:
    """Give the languages to look for a word in, one after the other; the last resort is always English.

    English itself needs no catalogue: the messages are written in it.
    """
    language = language_of(code)
    wanted = (code.partition("-")[0], language.stand_in) if language else ()
    return tuple(name for name in wanted if name != "en")


def is_right_to_left(language: str) -> bool:
    """Tell whether a language, as `ar` or `az-Arab`, is written from right to left."""
    base, *parts = language.lower().split("-")
    script = next((part for part in parts if len(part) == _SCRIPT_LETTERS), None)
    return script in _RIGHT_TO_LEFT_SCRIPTS if script else base in _RIGHT_TO_LEFT
