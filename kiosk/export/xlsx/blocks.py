"""What stands above the numbers of a sheet that has several blocks of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.export.disarming import one_line
from kiosk.export.xlsx.style import Style
from kiosk.words import Translate

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_section(sheet: Worksheet, style: Style, row: int, title: str, columns: int) -> None:
    """Write what a block is about, underlined over so many columns."""
    sheet.write_string(row, 0, one_line(title), style.section)
    for column in range(1, columns):
        sheet.write_blank(row, column, None, style.section)


def write_columns(sheet: Worksheet, style: Style, say: Translate, row: int, names: Sequence[str]) -> None:
    """Write what the columns hold: words in the first, numbers in the others."""
    for column, name in enumerate(names):
        sheet.write_string(row, column, say(name), style.number_heading if column else style.heading)
