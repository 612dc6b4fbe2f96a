"""Numbers and days as the readers of a language write them: `2,50` and `22.11.2026`. The only home of Babel.

For eyes only: JSON, CSV and file names keep the forms that machines read.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_DAY, _WEEKDAY = "yMd", "yMEd"


def day_words(day: date, language: str, *, weekday: bool = False) -> str:
    """Write a day with its whole year: `22.11.2026`, `2026-11-22` or `22/11/2026`, `su 22.11.2026` with its weekday."""
    from babel.dates import format_skeleton  # late, as `_locale` says

    return str(format_skeleton(_WEEKDAY if weekday else _DAY, day, locale=_locale(language)))


def number_words(value: Decimal | int, language: str) -> str:
    """Write a number with as many decimals as it came with: `2,50` or `2.50`, `12 345` or `12,345`."""
    from babel.numbers import format_decimal  # late, as `_locale` says

    exponent = Decimal(value).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return format_decimal(value, "#,##0" + "." * (decimals > 0) + "0" * decimals, _locale(language))


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
