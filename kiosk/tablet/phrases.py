"""What the page says while no kiosk is on it, in every language of the kiosk."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.words import N_, words

MOMENT = N_("One moment…")
TAKEN = N_("Open on another screen right now.")
SHUT_OUT = N_("This tablet has not been let in yet.")
SHUT_OUT_HINT = N_("Open the address that the command kiosk tablet shows.")
WHICH = N_("Which kiosk is this tablet?")


def in_all(languages: Sequence[str], *messages: str) -> list[tuple[str, str]]:
    """Give the messages, one after the other, in each language with its code; each wording once."""
    said = {" ".join(map(words(language), messages)): language for language in reversed(languages)}
    return [(language, text) for text, language in reversed(said.items())]
