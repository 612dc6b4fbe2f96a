"""The code on a customer's thanks names one answer, however it is read out and typed."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.receipt import Receipt, read_name

ANSWER = UUID("019b3f6e-7a00-7c3a-9d52-4f0e6a1b2c3d")


@given(st.uuids())
def test_a_receipt_is_read_back_as_the_end_of_its_answers_id(answer_id: UUID) -> None:
    receipt = Receipt.of(answer_id)
    assert read_name(str(receipt)) == receipt
    assert answer_id.hex.endswith(receipt.ending)
    assert len(receipt.ending) == 10


def test_a_receipt_is_two_groups_of_four() -> None:
    assert str(Receipt(f"{0:010x}")) == "0000-0000"
    assert str(Receipt("f" * 10)) == "ZZZZ-ZZZZ"
    assert str(Receipt(f"{1 << 20:010x}")) == "0001-0000"


@pytest.mark.parametrize("typed", ["1o0l-Zz9i", "100 1zz91", " iOoL zz9L ", "1001ZZ91"])
def test_letters_that_look_like_digits_are_read_as_digits(typed: str) -> None:
    assert str(read_name(typed)) == "1001-ZZ91"


def test_an_id_is_read_as_an_id() -> None:
    assert read_name(f" {str(ANSWER).upper()} ") == ANSWER
    assert read_name(ANSWER.hex) == ANSWER


@pytest.mark.parametrize("typed", ["", "7K2M", "7K2M-9QXU", "7K2M-9QXDD", "ääääääää", "019b3f6e-7a00-7c3a"])
def test_what_names_no_answer_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_name(typed)
