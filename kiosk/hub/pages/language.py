"""Which language a page is in."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.languages import LANGUAGES

SPOKEN = tuple(code for code, language in LANGUAGES.items() if language.reach == "everything")
"""The languages that have every word of the pages."""
_ENGLISH = "en"


def chosen_language(wanted: str | None, accepted: str) -> str:
    """Give the language that a person chose; else the first of the browser's (`Accept-Language`) that is spoken."""
    if wanted in SPOKEN:
        return wanted
    return next((code for code in _by_preference(accepted) if code in SPOKEN), _ENGLISH)


def _by_preference(accepted: str) -> Iterator[str]:
    weighed = [(_weight(options), tag) for tag, _, options in (part.partition(";") for part in accepted.split(","))]
    for weight, tag in sorted(weighed, key=lambda pair: -pair[0]):
        if weight > 0:
            yield tag.strip().lower().partition("-")[0]


def _weight(options: str) -> float:
    name, _, value = options.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
