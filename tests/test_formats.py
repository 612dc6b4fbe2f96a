"""Numbers and days are written as the readers of each language write them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from kiosk.formats import day_words, number_words

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "2.11.2026"),
        ("sv", "2026-11-02"),
        ("en", "02/11/2026"),
        ("et", "2.11.2026"),
        ("ru", "02.11.2026"),
        ("uk", "02.11.2026"),
        ("de", "2.11.2026"),
        ("se", "2026-11-02"),
        ("se-FI", "02.11.2026"),
        ("en-US", "11/2/2026"),
        ("xx", "02/11/2026"),
        ("xx-ABCDE", "02/11/2026"),
    ],
)
def test_a_day_is_written_with_its_whole_year(language: str, expected: str) -> None:
    assert day_words(DAY, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("fi", "ma 2.11.2026"), ("sv", "mån, 2026-11-02"), ("en", "Mon, 02/11/2026")]
)
def test_a_day_may_come_with_its_weekday(language: str, expected: str) -> None:
    assert day_words(DAY, language, weekday=True) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", ["0", "2,50", "-12,3", "1 234 567"]),
        ("sv", ["0", "2,50", "-12,3", "1 234 567"]),
        ("en", ["0", "2.50", "-12.3", "1,234,567"]),
        ("de", ["0", "2,50", "-12,3", "1.234.567"]),
    ],
)
def test_a_number_keeps_its_decimals(language: str, expected: list[str]) -> None:
    numbers: list[Decimal | int] = [0, Decimal("2.50"), Decimal("-12.3"), 1_234_567]
    assert [number_words(number, language).replace("\xa0", " ") for number in numbers] == expected


def test_a_machine_that_does_not_know_its_time_zone_still_shows_days_and_numbers() -> None:
    program = (
        "from datetime import date; from decimal import Decimal; from kiosk.formats import *;"
        "print(day_words(date(2026, 11, 2), 'fi'), number_words(Decimal('2.50'), 'fi'))"
    )
    environment = {**os.environ, "TZ": "No/Where"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "2.11.2026 2,50\n"
