"""What the page on a phone says."""

from __future__ import annotations

import re

from kiosk.languages import SPOKEN
from kiosk.words import N_, words

READY = N_("A file for you")
FETCH = N_("Download the file")
ONCE = N_("The file can be downloaded once.")
BUSY = N_("The file is being downloaded right now.")
OVER = N_("This link has been used or is too old.")
NEW_ONE = N_("Make a new one on the kiosk.")

_PREFERRED = re.compile(r"([a-zA-Z]{2,3})(?:-\w+)*\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*(?:,|$)")
_LONGEST = 200


def language_of(accepted: str, otherwise: str) -> str:
    """Choose among the kiosk's languages what a browser likes best, going by its Accept-Language."""
    found = [(float(weight or 1), code.lower()) for code, weight in _PREFERRED.findall(accepted[:_LONGEST])]
    liked = [(weight, code) for weight, code in found if code in SPOKEN and weight]
    return max(liked, key=lambda one: one[0], default=(0, otherwise))[1]


def said(language: str, *messages: str) -> list[str]:
    """Give messages in a language."""
    return [words(language)(message) for message in messages]
