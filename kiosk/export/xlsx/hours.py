"""The sheet of hours: each question's figure through the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.export.xlsx.blocks import write_columns, write_section
from kiosk.export.xlsx.style import Style, printable
from kiosk.results.hours import HourFigure, Hours
from kiosk.words import N_, Translate

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEADING = (N_("Hour"), N_("Answers"), N_("Figure"), N_("Low (95 %)"), N_("High (95 %)"))


def write_hours(
    sheet: Worksheet, style: Style, say: Translate, blocks: Sequence[tuple[str, Hours]]
) -> list[tuple[int, int]]:
    """Write one block a question; tell the first and the last row of each block's hours, for charts."""
    printable(sheet)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 4, 16)
    spans, row = [], 0
    for text, hours in blocks:
        write_section(sheet, style, row, text, len(HEADING))
        write_columns(sheet, style, say, row + 1, HEADING)
        first = row + 2
        for number, hour in enumerate(hours.hours):
            _write_hour(sheet, style, first + number, hour)
        last = first + len(hours.hours) - 1
        spans.append((first, last))
        row = _write_footnote(sheet, style, say, last + 1, hours) + 2
    return spans


def _write_hour(sheet: Worksheet, style: Style, row: int, hour: HourFigure) -> None:
    sheet.write_string(row, 0, f"{hour.hour:02}–{(hour.hour + 1) % 24:02}", style.words)
    sheet.write_number(row, 1, hour.n, style.count)
    figure = None if hour.is_thin else hour.figure
    if figure and figure.value is not None and figure.low is not None and figure.high is not None:
        sheet.write_number(row, 2, figure.value, style.figure)
        sheet.write_number(row, 3, figure.low, style.bound)
        sheet.write_number(row, 4, figure.high, style.bound)


def _write_footnote(sheet: Worksheet, style: Style, say: Translate, row: int, hours: Hours) -> int:
    notes = []
    if any(hour.n and hour.is_thin for hour in hours.hours):
        notes.append(say(N_("Hours with few answers have no figure.")))
    if hours.unsynced:
        notes.append(say(N_("Answers whose time of day nobody knows: {n}.")).format(n=hours.unsynced))
    for note in notes:
        sheet.write_string(row, 0, note, style.soft)
        row += 1
    return row
