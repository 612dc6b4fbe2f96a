"""The workbook as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kiosk.export.selection import Selection, Watch, unwatched
from kiosk.export.xlsx.answers import write_answer_sheets
from kiosk.export.xlsx.charts import CHART_COLUMN, CHART_ROWS, CHART_WIDTH, hours_chart, spread_chart
from kiosk.export.xlsx.findings import findings_of
from kiosk.export.xlsx.hours import write_hours
from kiosk.export.xlsx.making import workbook_into
from kiosk.export.xlsx.notes import write_notes
from kiosk.export.xlsx.style import Style
from kiosk.export.xlsx.summary import write_figures, write_heading, write_spread, write_visits
from kiosk.words import N_, words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


def write_xlsx(file: BinaryIO, selection: Selection, watch: Watch = unwatched) -> None:
    """Write a workbook in the shop's first language, in the memory that a few answers need.

    Raises StoreError, and FileNotWritten when there is no room to make it.
    """
    with workbook_into(file) as workbook:
        _write_sheets(workbook, selection, watch)


def _write_sheets(workbook: Workbook, selection: Selection, watch: Watch) -> None:
    """Write every sheet; the first, whose charts draw from others, last."""
    config = selection.config
    say = words(config.kiosk.languages[0])
    style, findings = Style(workbook), findings_of(selection)
    names = [say(name) for name in (N_("Summary"), N_("Answers"), N_("By hour"), N_("Notes"))]
    summary = workbook.add_worksheet(names[0])
    write_answer_sheets(workbook, style, selection.table(watch), names[1])
    spans = write_hours(
        workbook.add_worksheet(names[2]), style, say, [(text, hours) for text, _, hours in findings.hours]
    )
    metrics = dict.fromkeys(each.figure.metric for _, each in findings.questions if each.figure)
    write_notes(workbook.add_worksheet(names[3]), style, say, [config], metrics)
    row = write_heading(summary, style, findings.place, findings.days or say(N_("No answers.")))
    row = write_figures(summary, style, say, row, findings.questions)
    row = write_visits(summary, style, say, row, findings.visits)
    hours = {text: (span, figure.metric) for (text, figure, _), span in zip(findings.hours, spans, strict=True)}
    for text, steps in findings.spreads:
        span = write_spread(summary, style, row, text, steps)
        chart = spread_chart(workbook, names[0], say(N_("Answers")), span, on_a_scale=text in hours)
        summary.insert_chart(row, CHART_COLUMN, chart)
        if text in hours:
            chart = hours_chart(workbook, names[2], names[2], *hours[text])
            summary.insert_chart(row, CHART_COLUMN, chart, {"x_offset": CHART_WIDTH + 20})
        row = max(span[1], row + CHART_ROWS) + 2
