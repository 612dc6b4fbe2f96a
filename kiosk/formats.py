"""Numbers and days as the readers of a language write them: `2,50` and `22.11.2026`. The only home of Babel.

For eyes only: JSON, CSV and file names keep the forms that machines read.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

_DAY, _WEEKDAY = "yMd", "yMEd"


def day_words(day: date, language: str, *, weekday: bool = False) -> str:
    """Write a day with its whole year: `22.11.2026`, `2026-11-22` or `22/11/2026`, `su 22.11.2026` with its weekday."""
    from babel.dates import format_skeleton  # late, as `_locale` says

    return str(format_skeleton(_WEEKDAY if weekday else _DAY, day, locale=_locale(language)))


def long_day_words(day: date, language: str) -> str:
    """Write a day in full: `sunnuntai 22. marraskuuta 2026`, `Sunday 22 November 2026`."""
    from babel.dates import format_date  # late, as `_locale` says

    return format_date(day, "full", locale=_locale(language)).replace(",", "")


def span_words(first: date, last: date, language: str) -> str:
    """Write the first and the last of several days in full: `1.–30. marraskuuta 2026`, `1–30 November 2026`."""
    from babel.dates import format_interval  # late, as `_locale` says

    return str(format_interval(first, last, "yMMMMd", locale=_locale(language)))


def weekday_words(day: date, language: str) -> str:
    """Name the weekday of a day as it stands within a sentence: `sunnuntaina` ("on Sunday"), `söndag`, `Sunday`."""
    from babel.dates import format_date  # late, as `_locale` says

    return format_date(day, "EEEE", locale=_locale(language))


def short_weekday_words(day: date, language: str) -> str:
    """Name the weekday of a day in a few letters: `su`, `sön`, `Sun`."""
    from babel.dates import format_date  # late, as `_locale` says

    return format_date(day, "ccc", locale=_locale(language))


def day_and_month_words(day: date, language: str) -> str:
    """Write a day without its year: `22.11.`, `22/11`."""
    from babel.dates import format_skeleton  # late, as `_locale` says

    return str(format_skeleton("Md", day, locale=_locale(language)))


def time_words(time: datetime, language: str) -> str:
    """Write the hours and minutes of an instant: `18.04`, `18:04`."""
    from babel.dates import format_skeleton  # late, as `_locale` says

    return str(format_skeleton("Hm", time, locale=_locale(language)))


def number_words(value: Decimal | int, language: str) -> str:
    """Write a number with as many decimals as it came with: `2,50` or `2.50`, `12 345` or `12,345`."""
    exponent = Decimal(value).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return str(_number_pattern(decimals).apply(value, _locale(language)))


@cache
def _number_pattern(decimals: int) -> NumberPattern:
    from babel.numbers import parse_pattern  # late, as `_locale` says

    return parse_pattern("#,##0" + "." * (decimals > 0) + "0" * decimals)


@cache
def _locale(language: str) -> Locale:
    """Give what is known of a language, or of British English.

    Babel takes longer to import than customers should wait for a first question, and only staff and commands need it.
    """
    from babel import Locale, UnknownLocaleError

    for code in (language, language.partition("-")[0]):
        if code == "en":
            break
        try:
            return Locale.parse(code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")
