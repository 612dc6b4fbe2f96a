"""The last sheet: what the figures and the marks mean, and which times and days are meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kiosk.config import Config
from kiosk.export.xlsx.blocks import write_section
from kiosk.export.xlsx.style import Style, printable
from kiosk.results.wording import METRICS
from kiosk.words import N_, Translate

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FORMULAS = {
    "smiley_index": N_("Mean of the faces in equal steps: the worst is 0, the best is 100. Student's t interval."),
    "nps": N_("Share of 9 and 10 minus share of 0 to 6 (Reichheld 2003). Score interval after Rocks (2016)."),
    "ces": N_("Mean of 1 (hard) to 7 (easy) (Dixon, Freeman and Toman 2010). Student's t interval."),
    "csat": N_("Share of the two best answers of five. Interval after Wilson (1927)."),
    "success": N_("Share of “yes”. Interval after Wilson (1927)."),
}
MARKS = {
    "burst": N_("More answers within a minute than chance brings at that hour."),
    "streak": N_("The same answer more often in a row than chance brings in a day."),
    "closed": N_("Given while the place was closed."),
    "staff_test": N_("Given in test mode, and then not counted; or just after staff were at the kiosk."),
    "hammer": N_("Given among many touches beside the buttons."),
}
_LINE_HEIGHT, _LETTERS_A_LINE = 17, 96
_INTERVAL = N_(
    "The true figure lies between low and high with a confidence of 95 per cent. "
    "Two figures whose intervals overlap may differ by chance."
)
_SMALL = N_("Below {few} answers only counts are shown; below 30 a figure is rough.")
_DOUBTFUL = N_("Answers with a mark. They are counted, and shown here so that you can judge them.")
_CHANGED = N_("Answers that the customer changed or took back. Only the last one counts.")
_ZONE = N_("local_time is the clock on the wall in {zone}; utc_time is the same instant in UTC.")
_DAY = N_("A business day ends at {time}: a later answer belongs to the next day.")
_CLOCK = N_("“unsynced”: the kiosk's clock was not set yet; such times are as right as they could be worked out later.")


def write_notes(
    sheet: Worksheet, style: Style, say: Translate, shops: Sequence[Config], metrics: Iterable[str]
) -> None:
    """Write a term and its meaning a line; of the measures, those that the workbook shows.

    Where `shops` have different time zones and the like, all of them are named.
    """
    printable(sheet)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, _LETTERS_A_LINE)
    row = 0
    for title, lines in _sections(say, shops, metrics):
        write_section(sheet, style, row, title, 2)
        for term, meaning in lines:
            row += 1
            sheet.set_row(row, _LINE_HEIGHT * -(-len(meaning) // _LETTERS_A_LINE))
            sheet.write_string(row, 0, term, style.term)
            sheet.write_string(row, 1, meaning, style.wrapped)
        row += 2


def _sections(
    say: Translate, shops: Sequence[Config], metrics: Iterable[str]
) -> Iterable[tuple[str, Iterable[tuple[str, str]]]]:
    yield say(N_("Measures")), [(say(METRICS[metric]), say(FORMULAS[metric])) for metric in metrics]
    yield (
        say(N_("Certainty")),
        [
            (say(N_("Low and high (95 %)")), say(_INTERVAL)),
            (say(N_("Few answers")), say(_SMALL).format(few=_each(shop.results.small_sample for shop in shops))),
            (say(N_("Doubtful")), say(_DOUBTFUL)),
            (say(N_("Changed")), say(_CHANGED)),
        ],
    )
    yield say(N_("Marks")), [(mark, say(meaning)) for mark, meaning in MARKS.items()]
    day_ends_at = _each(f"{shop.kiosk.day_ends_at:%H:%M}" for shop in shops)
    yield (
        say(N_("Times")),
        [
            (say(N_("Time zone")), say(_ZONE).format(zone=_each(shop.kiosk.timezone for shop in shops))),
            (say(N_("Business day")), say(_DAY).format(time=day_ends_at)),
            ("clock_state", say(_CLOCK)),
        ],
    )


def _each(said: Iterable[object]) -> str:
    return ", ".join(sorted({str(each) for each in said}))
