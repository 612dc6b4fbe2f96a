"""How the sheets look: one set of formats, and colours that colour-blind readers can tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

INK, SOFT, LINE, ACCENT, LIGHT = "#22272b", "#5c5a53", "#d5d2ca", "#14606b", "#b9d3d6"
SCALE = ("#b5482a", "#dd9a5b", "#c9c5ba", "#6fa5ad", "#14606b")
"""From the worst to the best: they differ in lightness as well as in hue."""

_FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
_TEXT = {"num_format": "@", "quote_prefix": True}
"""Text stays text, also when somebody edits the cell: what a spreadsheet does for an apostrophe in front."""


class Style:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        """Make them; a format that no cell uses costs nothing."""
        self._workbook = workbook
        self.title = self._format(indent=1, bold=True, font_size=20, font_color=ACCENT)
        self.subtitle = self._format(indent=1, font_size=12, font_color=SOFT)
        self.section = self._format(indent=1, bold=True, font_size=13, font_color=ACCENT, bottom=2, bottom_color=ACCENT)
        self.heading = self._format(bold=True, font_color="#ffffff", bg_color=ACCENT, text_wrap=True, indent=1)
        self.number_heading = self._format(
            bold=True, font_color="#ffffff", bg_color=ACCENT, text_wrap=True, align="right"
        )
        self.words = self._format(**_TEXT, indent=1)
        self.wrapped = self._format(**_TEXT, text_wrap=True, valign="top", align="left", indent=1)
        self.term = self._format(**_TEXT, bold=True, text_wrap=True, valign="top", align="left", indent=1)
        self.count = self._format(num_format="#,##0", align="right")
        self.figure = self._format(num_format="0.0", bold=True, align="right")
        self.bound = self._format(num_format="0.0", font_color=SOFT, align="right")
        self.share = self._format(num_format="0 %", font_color=SOFT, align="right")
        self.truth = self._format(num_format='"true";"true";"false"', align="center")
        self.integer = self._format(num_format="0", align="right")
        self.instant = self._format(num_format="yyyy-mm-dd hh:mm:ss", align="left", indent=1)
        self.soft = self._format(font_color=SOFT, italic=True, indent=1)

    def _format(self, **properties: object) -> Format:
        return self._workbook.add_format({**_FONT, **properties})


def printable(sheet: Worksheet) -> None:
    """Let a sheet be printed as wide as a page lying down, without the lines between its cells."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
