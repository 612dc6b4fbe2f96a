"""How one language says words, numbers and days, in signs that the typeface of charts has."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from kiosk.charts.lettering import writable
from kiosk.formats import (
    day_and_month_words,
    day_words,
    long_day_words,
    number_words,
    short_weekday_words,
    span_words,
    time_words,
    weekday_words,
)
from kiosk.results.intervals import CONFIDENCE
from kiosk.results.metrics import Figure
from kiosk.results.period import Period
from kiosk.results.rounding import decimals_for, rounded
from kiosk.text import clean
from kiosk.words import N_, words

SURE = 100 * CONFIDENCE
"""How sure intervals are, in per cent."""

_THIN_SPACE = "\u202f"
_MINUS = "\u2212"
_RANGE = N_("{low}–{high}")
_SIGNED_RANGE = N_("{low} to {high}")
_ONE_ANSWER, _ANSWERS = N_("1 answer"), N_("{n} answers")


class Phrasing:
    """Says things in one language; every text it gives can be written by the typeface."""

    def __init__(self, own: str) -> None:
        """Speak a language that has every word: `en`, `fi` or `sv`."""
        self.own = own
        self._say = words(own)

    def say(self, message: str, **values: str | int) -> str:
        """Say one of the kiosk's own messages, values filled in."""
        said = self._say(message)
        return writable(said.format(**values)) if values else said

    def plain(self, text: str) -> str:
        """Give a text that people wrote as one line that the typeface can write."""
        return writable(clean(text))

    def number(self, value: Decimal | int) -> str:
        """Write a number."""
        return writable(number_words(value, self.own)).replace("-", _MINUS)

    def short_number(self, value: float) -> str:
        """Write a number of a scale, with a decimal only where it has one."""
        return self.number(rounded(value, 0 if value == int(value) else 1))

    def percent(self, value: float) -> str:
        """Write a whole percentage."""
        return f"{self.number(rounded(value))}{_THIN_SPACE}%"

    def answers(self, n: int) -> str:
        """Say how many answers there are."""
        return self.say(_ONE_ANSWER) if n == 1 else self.say(_ANSWERS, n=self.number(n))

    def value(self, figure: Figure) -> str:
        """Write a figure without its interval; a dash where there is none."""
        return "–" if figure.value is None else self._written(figure, figure.value)

    def interval(self, figure: Figure) -> str:
        """Write the interval of a figure."""
        form = _SIGNED_RANGE if figure.metric == "nps" else _RANGE
        low, high = (self._written(figure, end or 0.0) for end in (figure.low, figure.high))
        return self.say(form, low=low, high=high)

    def change(self, figure: Figure, difference: float, low: float, high: float) -> tuple[str, str]:
        """Write a difference, and its interval, each with its sign."""
        decimals = 2 if figure.metric == "ces" else 1
        middle, *ends = (self._signed(rounded(value, decimals)) for value in (difference, low, high))
        return middle, self.say(_SIGNED_RANGE, low=ends[0], high=ends[1])

    def days(self, period: Period) -> str:
        """Write one day with its weekday, or the first and the last day."""
        if period.last is None:
            return writable(long_day_words(period.first, self.own))
        return writable(span_words(period.first, period.last, self.own))

    def short_day(self, day: date) -> str:
        """Write a day in digits."""
        return day_words(day, self.own)

    def short_days(self, period: Period) -> str:
        """Write one day in digits, or the first and the last."""
        return "–".join(self.short_day(day) for day in (period.first, period.last) if day)

    def weekday(self, day: date) -> str:
        """Name a weekday as it stands within a sentence."""
        return weekday_words(day, self.own)

    def short_weekday(self, day: date) -> str:
        """Name a weekday in the few letters that a table has room for."""
        return short_weekday_words(day, self.own)

    def day_and_month(self, day: date) -> str:
        """Write a day without its year."""
        return day_and_month_words(day, self.own)

    def time(self, moment: datetime) -> str:
        """Write a time of day."""
        return time_words(moment, self.own)

    def _written(self, figure: Figure, value: float) -> str:
        decimals = decimals_for(figure.metric, figure.low or 0.0, figure.high or 0.0)
        return self.number(rounded(value, decimals))

    def _signed(self, value: Decimal) -> str:
        return f"{'+' if value > 0 else ''}{self.number(value)}"
