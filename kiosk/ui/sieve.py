"""Lets through only what a finger or a keyboard can mean.

Textual types out the characters of a sequence that it does not know, one key each. On a kiosk, where digits answer the
question, the answer of a terminal or a rare key would then count as a customer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 4096
"""Characters of a sequence that may be waited for; the longest is a paste."""

_PIECE = re.compile(
    r"\x1b\[200~.*?\x1b\[201~"  # a paste
    r"|\x1b\[M[^\x1b]{3}"  # a touch as X10 wrote it, in three bytes
    r"|\x1b\[(?!200~|M)[0-?]*[ -/]*[@-~]"  # a key, a touch, an answer of the terminal
    r"|\x1bO[^\x1b]"  # a key
    r"|\x1b[]PX^_].*?(?:\x07|\x1b\\)"  # a string: an answer of the terminal
    r"|\x1b[^][OPX^_\x1b]"  # a key with Alt
    r"|\x1b(?!\[200~)[^\x1b]*(?=\x1b)"  # what another sequence cut off
    r"|[^\x1b]+",  # characters
    re.DOTALL,
)
_UNDERSTOOD = re.compile(
    r"\x1b\[200~.*\x1b\[201~"
    r"|\x1b\[<\d{1,3};\d{1,5};\d{1,5}[Mm]"  # a touch
    r"|\x1b\[(?:1;\d{1,3})?[A-DFH]|\x1b\[Z|\x1bO[A-DFH]|\x1b\[[1-8](?:;\d{1,3})?~"  # keys that move and delete
    r"|\x1bO[Mjkm-y]"  # keys of a number pad
    r"|\x1b\[\d{1,7}(?:;\d{0,3}(?:;\d{0,7}(?::\d{1,7})?)?)?u"  # keys of the kitty protocol
    r"|\x1b\[\?2026;\d\$y"  # whether the terminal shows frames whole
    r"|\x1b\[\?\d{1,3}(?:;\d{1,3}){0,31}c"  # what the terminal can do
    r"|[^\x1b]+",
    re.DOTALL,
)


class Sieve:
    """Cuts what a terminal sends into whole sequences and drops those that mean nothing here."""

    def __init__(self) -> None:
        """Start between two sequences."""
        self._begun = ""

    def sift(self, text: str) -> Iterator[str]:
        """Give what is understood of `text`, piece by piece; a sequence that has only begun waits for its end."""
        text, end = self._begun + text, 0
        while piece := _PIECE.match(text, end):
            end = piece.end()
            if _is_understood(piece[0]):
                yield piece[0]
        self._begun = text[end:] if len(text) - end <= _LONGEST else ""

    def forget(self) -> None:
        """Drop a sequence that has begun: its end did not come."""
        self._begun = ""


def _is_understood(piece: str) -> bool:
    is_kitty_key = piece.startswith("\x1b[") and piece.endswith("u")
    if is_kitty_key and not all(map(_is_character, re.findall(r"\d+", piece))):
        return False
    return _UNDERSTOOD.fullmatch(piece) is not None


def _is_character(number: str) -> bool:
    """Tell whether a code stands for a character that can be written."""
    code = int(number)
    return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
