"""A keyboard on the screen: tiles that spell, in the letters of the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from textual.geometry import Size

from kiosk.ui.canvas import Canvas
from kiosk.ui.keyboards import DIGITS, SIGNS, Alphabet, capital
from kiosk.ui.look import Look
from kiosk.ui.widgets.keycaps import KeyPainter
from kiosk.ui.widgets.painting import Painter, Tile
from kiosk.ui.widgets.rows import Rows
from kiosk.ui.widgets.tiles import Tiles
from kiosk.words import N_, Translate

SPACE, DELETE, DONE = "space", "delete", "done"
"""Keys of the tiles that do not stand for what they say."""
_SHIFT, _PAGE = "shift", "page"

_LETTER = 2
"""Weight of a letter: an even number, so that others can be half as wide again."""
_LAST_ROW = (4, 2, 8, 2, 6)
"""Weights of the last row, the same on every page: what changes the page stays under the finger that does it."""

_SIDES = 2
"""Columns that a view leaves free at its sides."""
_LOWEST_WITH_DIGITS = 10
"""Rows that a fifth row of keys needs."""


class Shift(Enum):
    """What the next letters will be."""

    OFF = "small"
    ONCE = "one capital"
    LOCKED = "capitals"


_NEXT_SHIFT = {Shift.OFF: Shift.ONCE, Shift.ONCE: Shift.LOCKED, Shift.LOCKED: Shift.OFF}


class Keyboard(Tiles):
    """Posts what each key spells, or SPACE, DELETE or DONE; shift and the page of signs are its own affair."""

    def __init__(self, look: Look, alphabet: Alphabet, say: Translate, *, for_paths: bool = False) -> None:
        """Show small letters; `for_paths` keeps a slash and, where there is room, digits beside them."""
        super().__init__((), look, id="keyboard")
        self._alphabet, self._say, self._for_paths = alphabet, say, for_paths
        self._shift, self._shows_signs, self._shows_digits = Shift.OFF, False, False
        self._lay()

    @property
    def grid(self) -> Rows:
        """Give the lie of the keys on the area there is now."""
        return Rows(self._weights, *self.size)

    def largest(self, screen: Size) -> Size:
        """Give the cells beyond which larger keys would only make the way between them longer, or uneven."""
        finger, columns = self.look.finger(screen), len(self._alphabet.rows[0])
        inside = screen.width - _SIDES
        letter, spare = divmod(inside + 1, columns)
        even = inside - spare if spare < letter else inside
        return Size(min(columns * finger.width - 1, even), len(self._weights) * finger.height)

    def on_resize(self) -> None:
        """Show digits where there is room for them."""
        self._shows_digits = self._for_paths and self.size.height >= _LOWEST_WITH_DIGITS
        self._lay()

    def painter(self, canvas: Canvas) -> Painter:
        """Give what draws the keys."""
        return KeyPainter(self.look, canvas, self.tiles, self.grid, self.chosen)

    def answer(self, key: str) -> None:
        """Change the page, or tell what was tapped."""
        if key == _SHIFT:
            self._shift = _NEXT_SHIFT[self._shift]
        elif key == _PAGE:
            self._shows_signs = not self._shows_signs
        else:
            super().answer(key)
            if self._shift is not Shift.ONCE or len(key) > 1:
                return
            self._shift = Shift.OFF
        self._lay()

    def _lay(self) -> None:
        """Show the keys that there are now."""
        keys = self._keys()
        self.tiles = tuple(tile for row in keys for tile, _ in row)
        self._weights = tuple(tuple(weight for _, weight in row) for row in keys)
        self.chosen = frozenset() if self._shift is Shift.OFF else frozenset({_SHIFT})
        self.cursor = min(self.cursor, len(self.tiles) - 1)
        self.refresh()

    def _keys(self) -> list[list[tuple[Tile, int]]]:
        """Give the rows of keys and their weights."""
        if self._shows_signs:
            return [*_rows(SIGNS), self._last_row()]
        rows = list(_rows(self._letters(), Tile(_SHIFT, "⇪" if self._shift is Shift.LOCKED else "⇧")))
        if self._shows_digits:
            rows.insert(0, _characters(DIGITS[: len(self._alphabet.rows[0])]))
        return [*rows, self._last_row()]

    def _letters(self) -> tuple[str, ...]:
        if self._shift is Shift.OFF:
            return self._alphabet.rows
        return tuple("".join(map(capital, row)) for row in self._alphabet.rows)

    def _last_row(self) -> list[tuple[Tile, int]]:
        comma = "/" if self._for_paths and not self._shows_signs else ","
        keys = [
            Tile(_PAGE, self._alphabet.name if self._shows_signs else "123"),
            Tile(comma, comma),
            Tile(SPACE, self._say(N_("Space"))),
            Tile(".", "."),
            Tile(DONE, self._say(N_("Done")), shortcut="enter", main=True),
        ]
        return list(zip(keys, _LAST_ROW, strict=True))


def _rows(characters: tuple[str, ...], *before: Tile) -> Iterator[list[tuple[Tile, int]]]:
    """Give three rows of characters, the third with `before` at its head and delete at its end."""
    first, second, third = characters
    yield _characters(first)
    yield _characters(second)
    spare = _LETTER * (len(first) - len(third)) // (len(before) + 1)
    yield [*((tile, spare) for tile in before), *_characters(third), (Tile(DELETE, "⌫"), spare)]


def _characters(row: str) -> list[tuple[Tile, int]]:
    return [(Tile(character, character), _LETTER) for character in row]
