"""Numbers and days are written as the readers of each language write them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest

from kiosk.formats import day_words, long_day_words, number_words, span_words, time_words, weekday_words

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
    ("language", "day", "span", "weekday", "time"),
    [
        ("fi", "maanantai 2. marraskuuta 2026", "2.–8. marraskuuta 2026", "maanantaina", "8.04"),
        ("sv", "måndag 2 november 2026", "2–8 nov. 2026", "måndag", "08:04"),
        ("en", "Monday 2 November 2026", "2–8 Nov 2026", "Monday", "08:04"),
    ],
)
def test_days_and_times_are_written_in_full(language: str, day: str, span: str, weekday: str, time: str) -> None:
    assert long_day_words(DAY, language) == day
    assert span_words(DAY, date(2026, 11, 8), language) == span
    assert weekday_words(DAY, language) == weekday
    assert time_words(datetime(2026, 11, 2, 8, 4), language) == time  # noqa: DTZ001 - the clock on the shop's wall


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
