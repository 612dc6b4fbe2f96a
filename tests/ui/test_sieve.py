"""What a terminal sends: touches and keys come through, everything else goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.ui.sieve import Sieve

UNDERSTOOD = [
    "\x1b[<0;40;12M",
    "\x1b[<0;40;12m",
    "\x1b[<65;1;1M",
    "\x1b[A",
    "\x1bOB",
    "\x1b[1;2C",
    "\x1b[Z",
    "\x1b[3~",
    "\x1b[97;;97u",
    "\x1b[57400;1;49u",
    "\x1b[200~kaksi\x1b[2m 2\x1b[201~",
    "\x1b[?2026;2$y",
    "3",
    "\r",
    "\x1b[?62;4;22c",
]
MEANINGLESS = [
    "\x1b[>64;1;2c",
    "\x1b[5;5R",
    "\x1b]11;rgb:1111/2222/3333\x1b\\",
    "\x1b]52;c;MTIz\x07",
    "\x1bP>|xterm(379)\x1b\\",
    "\x1b[27;5;50~",
    "\x1b[M 12",
    "\x1b[48;0;0;0;0t",
    "\x1b[99999999999u",
    "\x1b[55296u",
    "\x1b[97;;55296u",
    "\x1b[97:65;1:1u",
    "\x1b2",
    "\x1b[<0;999999;1M",
    "\x1b[<0;-5;1M",
    "\x1b[?2048;2$y",
]


@pytest.mark.parametrize("sequence", UNDERSTOOD)
def test_a_touch_or_a_key_comes_through(sequence: str) -> None:
    assert list(Sieve().sift(sequence)) == [sequence]


@pytest.mark.parametrize("sequence", MEANINGLESS)
def test_a_sequence_without_meaning_is_dropped_and_what_follows_is_read(sequence: str) -> None:
    assert list(Sieve().sift(sequence + "\x1b[<0;40;12M")) == ["\x1b[<0;40;12M"]


@pytest.mark.parametrize("begun", ["\x1b", "\x1b[", "\x1b[<0;5", "\x1b[M", "\x1b]11;rgb:1", "\x1bO", "\x1bP1"])
def test_a_sequence_without_an_end_does_not_swallow_the_next_touch(begun: str) -> None:
    assert list(Sieve().sift(begun + "\x1b[<0;40;12M")) == ["\x1b[<0;40;12M"]


@pytest.mark.parametrize("begun", ["\x1b", "\x1b[<0;5", "\x1b[200~12", "\x1b]11;rgb:1"])
def test_a_sequence_whose_end_does_not_come_is_forgotten(begun: str) -> None:
    sieve = Sieve()
    assert list(sieve.sift(begun)) == []
    sieve.forget()
    assert list(sieve.sift("4")) == ["4"]


def test_a_sequence_that_never_ends_takes_no_memory() -> None:
    sieve = Sieve()
    assert list(sieve.sift("\x1b]" + "1" * 10_000)) == []
    assert list(sieve.sift("4")) == ["4"]


@given(some.sampled_from(UNDERSTOOD + MEANINGLESS), some.data())
def test_it_does_not_matter_how_the_bytes_are_cut(sequence: str, data: some.DataObject) -> None:
    place = data.draw(some.integers(0, len(sequence)))
    sieve = Sieve()
    whole = "".join(Sieve().sift(sequence))
    assert "".join([*sieve.sift(sequence[:place]), *sieve.sift(sequence[place:])]) == whole


@given(some.lists(some.text(alphabet="\x1b[]<>?;:0123456789MmuAOP~\\\x07 x$y")))
def test_nothing_meaningless_comes_through_whatever_comes(chunks: list[str]) -> None:
    sieve = Sieve()
    for chunk in chunks:
        for piece in sieve.sift(chunk):
            assert "\x1b" not in piece[1:] or piece.endswith("\x1b[201~")
            is_known_whole = piece in ("\x1b[Z", "\x1bOx")  # Tab backwards, 8 of a number pad
            assert is_known_whole or piece[0] != "\x1b" or piece[-1] in "MmABCDFHu~y"
