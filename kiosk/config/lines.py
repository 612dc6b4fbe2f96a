"""Where in a TOML file each key stands; the standard library's reader does not say."""

from __future__ import annotations

import re
import tomllib

Place = tuple[str | int, ...]
"""The way to a value: keys and list positions from 0, as `("question", 1, "when")`."""

_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_STRING = re.compile(
    r'''"""(?:\\[\s\S]|(?!""")[^\\])*"{3,5}'''
    r"""|'{3}(?:(?!'{3})[\s\S])*'{3,5}"""
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


def key_lines(text: str) -> dict[Place, int]:
    """Map every key and list item of `text`, which must be valid TOML, to the line (from 1) that it starts on."""
    scan = _Scan(text.replace("\r\n", "\n"))
    scan.document()
    return scan.lines


class _Scan:
    """One pass over a document that is known to be valid, so that nothing needs to be refused."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._text = text
        self._at = 0
        self._line = 1
        self._last_item: dict[Place, int] = {}

    def document(self) -> None:
        table: Place = ()
        self._take(_GAP)
        while self._at < len(self._text):
            if self._next("["):
                table = self._header()
            else:
                self._pair(table)
            self._take(_GAP)

    def _header(self) -> Place:
        line, is_item = self._line, self._text.startswith("[[", self._at)
        self._skip(2 if is_item else 1)
        *parents, name = self._dotted_key()
        self._skip(2 if is_item else 1)
        place: Place = ()
        for parent in parents:
            place = self._into((*place, parent))
            self.lines.setdefault(place, line)
        place = (*place, name)
        self.lines.setdefault(place, line)
        if is_item:
            self._last_item[place] = self._last_item.get(place, -1) + 1
        place = self._into(place)
        self.lines.setdefault(place, line)
        return place

    def _into(self, place: Place) -> Place:
        """Give the table that a header means: in a list of tables, the last one so far."""
        return (*place, self._last_item[place]) if place in self._last_item else place

    def _pair(self, table: Place) -> None:
        line, place = self._line, table
        for key in self._dotted_key():
            place = (*place, key)
            self.lines.setdefault(place, line)
        self._skip(1)
        self._take(_BLANK)
        self._value(place)

    def _dotted_key(self) -> list[str]:
        keys = []
        while True:
            self._take(_BLANK)
            written = self._take(_KEY)
            keys.append(tomllib.loads(f"key = {written}")["key"] if written[0] in "\"'" else written)
            self._take(_BLANK)
            if not self._next("."):
                return keys
            self._skip(1)

    def _value(self, place: Place) -> None:
        if self._next("["):
            self._items(place)
        elif self._next("{"):
            self._inline_table(place)
        elif not self._take(_STRING):
            self._take(_SCALAR)

    def _items(self, place: Place) -> None:
        self._skip(1)
        self._take(_GAP)
        position = 0
        while not self._next("]"):
            self.lines[*place, position] = self._line
            self._value((*place, position))
            position += 1
            self._after_member()
        self._skip(1)

    def _inline_table(self, place: Place) -> None:
        self._skip(1)
        self._take(_GAP)
        while not self._next("}"):
            self._pair(place)
            self._after_member()
        self._skip(1)

    def _after_member(self) -> None:
        self._take(_GAP)
        if self._next(","):
            self._skip(1)
            self._take(_GAP)

    def _next(self, character: str) -> bool:
        return self._text.startswith(character, self._at)

    def _skip(self, count: int) -> None:
        self._at += count

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        taken = found[0] if found else ""
        self._at += len(taken)
        self._line += taken.count("\n")
        return taken
