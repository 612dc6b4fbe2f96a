"""What `kiosk results` says of figures: in English, with numbers as the shop's first language writes them."""

from __future__ import annotations

from decimal import Decimal

from kiosk.config import Config
from kiosk.formats import number_words
from kiosk.results.comparison import Comparison, Standing, Verdict
from kiosk.results.metrics import Figure
from kiosk.results.misuse import Mark
from kiosk.results.rounding import decimals_for, rounded
from kiosk.text import clean

METRICS = {
    "smiley_index": "smiley index",
    "nps": "net promoter score",
    "ces": "customer effort, 1 to 7",
    "csat": "satisfied, per cent",
    "success": "succeeded, per cent",
}
"""What people call each metric."""

MARKS: dict[str, str] = {
    Mark.BURST: "too many at once",
    Mark.STREAK: "the same too often in a row",
    Mark.CLOSED: "while closed",
    Mark.STAFF_TEST: "just after the staff",
    Mark.HAMMER: "hammering",
}
"""Why an answer is doubtful."""

CHANGES = {
    Verdict.BETTER: "better than {when}",
    Verdict.WORSE: "worse than {when}",
    Verdict.NO_CLEAR_CHANGE: "no clear change from {when}",
}

STANDINGS = {
    Standing.ABOVE: "above",
    Standing.BELOW: "below",
    Standing.NOT_CLEAR: "not clearly above or below",
}


def figure_words(figure: Figure, config: Config) -> str:
    """Write a figure with its interval, as `81 (77–85)`; with decimals where whole numbers would hide the interval."""
    numbers = [number or 0.0 for number in (figure.value, figure.low, figure.high)]
    decimals = decimals_for(figure.metric, numbers[1], numbers[2])
    value, low, high = (written(rounded(number, decimals), config) for number in numbers)
    return f"{value} ({low} to {high})" if figure.metric == "nps" else f"{value} ({low}–{high})"


def difference_words(change: Comparison, config: Config) -> str:
    """Write a difference with its interval, as `+4 (-1 to +9)`; with as many decimals as the figure would have."""
    numbers = [number or 0.0 for number in (change.difference, change.low, change.high)]
    value, low, high = (
        _signed(number, decimals_for(change.now.metric, numbers[1], numbers[2]), config) for number in numbers
    )
    return f"{value} ({low} to {high})"


def mark_words(mark: str) -> str:
    """Say why an answer is doubtful; a mark that this kiosk does not know is named as it is."""
    return MARKS.get(mark) or clean(mark)


def counted(number: int, thing: str, config: Config) -> str:
    """Write how many there are of a thing."""
    return f"{written(number, config)} {thing}{'' if number == 1 else 's'}"


def written(value: Decimal | int, config: Config) -> str:
    """Write a number in the shop's first language."""
    return number_words(value, config.kiosk.languages[0])


def _signed(number: float, decimals: int, config: Config) -> str:
    exact = rounded(number, decimals)
    return f"{'+' * (exact > 0)}{written(exact, config)}"
