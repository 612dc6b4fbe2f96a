"""The workbook of several places: their figures on one sheet, their answers on another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from kiosk.export.disarming import one_line
from kiosk.export.selection import Selection
from kiosk.export.table import Table
from kiosk.export.xlsx.answers import write_answer_sheets
from kiosk.export.xlsx.findings import days_words, questions_of
from kiosk.export.xlsx.making import workbook_into
from kiosk.export.xlsx.notes import write_notes
from kiosk.export.xlsx.ranking import Told, write_rankings
from kiosk.export.xlsx.style import Style
from kiosk.export.xlsx.summary import FIGURES_HEADING, write_figures_heading, write_figures_line, write_heading
from kiosk.words import N_, Translate, words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PLACE_WIDTH = 30


def write_places_xlsx(file: BinaryIO, places: Sequence[Selection], table: Table) -> None:
    """Write a workbook of several places and of all their answers, in the first language of the first place.

    Raises StoreError, and FileNotWritten when there is no room to make it.
    """
    say = words(places[0].config.kiosk.languages[0])
    with workbook_into(file) as workbook:
        style = Style(workbook)
        summary = workbook.add_worksheet(say(N_("Summary")))
        told = [(place.config.kiosk.location, questions_of(place)) for place in places]
        metrics = _write_figures(summary, style, say, told, places[0])
        write_rankings(workbook, say(N_("Side by side")), style, say, told)
        write_answer_sheets(workbook, style, table, say(N_("Answers")))
        notes = workbook.add_worksheet(say(N_("Notes")))
        write_notes(notes, style, say, [place.config for place in places], metrics)


def _write_figures(
    sheet: Worksheet, style: Style, say: Translate, places: Sequence[Told], first: Selection
) -> Sequence[str]:
    """Write one line a place and question that has answers; give the metrics that are shown."""
    period = first.days()
    days = days_words(period, first.config.kiosk.languages[0]) if period else ""
    heading = write_heading(sheet, style, say(N_("Places and their figures")), days, left=1)
    sheet.set_column(0, 0, _PLACE_WIDTH)
    sheet.write_string(heading, 0, say(N_("Place")), style.heading)
    write_figures_heading(sheet, style, say, heading, left=1)
    row, metrics = heading, dict[str, None]()
    for place, questions in places:
        for text, figures in questions:
            if figures.n:
                row += 1
                sheet.write_string(row, 0, one_line(place), style.words)
                write_figures_line(sheet, style, say, row, text, figures, left=1)
                metrics |= {figures.figure.metric: None} if figures.figure else {}
    sheet.autofilter(heading, 0, row, len(FIGURES_HEADING))
    return list(metrics)
