"""Where letters and signs lie on the keyboard of the screen, language by language: plain data."""

from __future__ import annotations

from dataclasses import dataclass

Rows = tuple[str, str, str]
"""Three rows of characters; in the third there is room for shift and delete at the ends."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters of a language as its people are used to find them."""

    rows: Rows
    """Small letters; the first two rows are of one length."""
    name: str = "ABC"
    """What the key says that leads back from the signs."""


_NORDIC = Alphabet(("qwertyuiopå", "asdfghjklöä", "zxcvbnm"))
_ENGLISH = Alphabet(("qwertyuiop", "asdfghjkl'", "zxcvbnm"))

ALPHABETS = {
    "fi": _NORDIC,
    "sv": _NORDIC,
    "en": _ENGLISH,
    "et": Alphabet(("qwertyuiopüõ", "asdfghjklöä'", "zxcvbnmšž")),
    "ru": Alphabet(("йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю"), "АБВ"),
    "uk": Alphabet(("йцукенгшщзхї", "фівапролджєґ", "ячсмитьбю'"), "АБВ"),
    "de": Alphabet(("qwertzuiopü", "asdfghjklöä", "yxcvbnmß")),
    "se": Alphabet(("ášertyuiopŋ", "asdfghjklđŧ", "žzčcvbnm")),
}
SIGNS: Rows = ("1234567890", '-/_:;()&@"', "?!'+%€#~")
DIGITS = "1234567890-_"
"""The row above the letters where paths are typed; as many of them as there are letters below."""


def alphabet_of(language: str) -> Alphabet:
    """Give the letters to write a language with; English ones where it has none of its own here."""
    return ALPHABETS.get(language, _ENGLISH)


def alphabet_for_paths(language: str) -> Alphabet:
    """Give the letters that names of folders are likely to be made of: Latin ones in every language."""
    alphabet = alphabet_of(language)
    return alphabet if "a" in alphabet.rows[1] else _ENGLISH


def capital(letter: str) -> str:
    """Give the capital of a letter; a letter whose capital is two, such as ß, stays as it is."""
    upper = letter.upper()
    return upper if len(upper) == 1 else letter
