"""The code by which customers can have their words erased: worked out from the answer's id, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32, which leaves out the letters that are read or heard as others."""
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_LENGTH = 8
_BITS = 5 * _LENGTH


@dataclass(frozen=True, slots=True)
class Receipt:
    """The end of an answer's id, as a person reads it out: two answers share it once in a million millions."""

    ending: str
    """The last ten hex digits of the id."""

    @classmethod
    def of(cls, answer_id: UUID) -> Receipt:
        """Give the receipt of an answer."""
        return cls(answer_id.hex[-_BITS // 4 :])

    def __str__(self) -> str:
        """Write it as two groups of four, as `7K2M-9QXD`."""
        number = int(self.ending, 16)
        code = "".join(_DIGITS[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
        return f"{code[:4]}-{code[4:]}"


def read_name(text: str) -> UUID | Receipt:
    """Read what names an answer: its receipt code, however it was typed, or its id. Raises ValueError."""
    code = text.upper().translate(_MISREAD)
    if len(code) != _LENGTH:
        return UUID(text.strip())
    number = 0
    for digit in code:
        number = number << 5 | _DIGITS.index(digit)
    return Receipt(f"{number:0{_BITS // 4}x}")
