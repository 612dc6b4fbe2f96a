"""The charts of the first sheet, which the spreadsheet draws itself from the cells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.export.xlsx.style import ACCENT, INK, LIGHT, LINE, SCALE, SOFT

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

CHART_COLUMN, CHART_ROWS, CHART_WIDTH = 3, 14, 460
"""Where charts begin, beside the numbers that they draw, and what room each takes: rows, and pixels across."""

_ROW_PIXELS = 20
_STEPS = {
    "num_font": {"name": "Calibri", "size": 10, "color": SOFT},
    "line": {"color": LINE},
    "major_tick_mark": "none",
    "label_position": "low",
}
_GRID = {"visible": True, "line": {"color": LINE, "width": 0.75}}
_RANGES = {"nps": (-100, 100), "ces": (1, 7)}
"""Where the axis of a measure ends; 0 and 100, where nothing is said here."""

Span = tuple[int, int]
"""The first and the last row of what is drawn."""


def spread_chart(workbook: Workbook, sheet: str, title: str, span: Span, on_a_scale: bool) -> Chart:
    """Draw how often each step was given, the worst on the left; or each choice, the most given on top."""
    steps = span[1] - span[0] + 1
    colours = [SCALE[round(step * (len(SCALE) - 1) / max(1, steps - 1))] for step in range(steps)]
    chart = workbook.add_chart({"type": "column" if on_a_scale else "bar"})
    chart.add_series(
        {
            "categories": [sheet, span[0], 0, span[1], 0],
            "values": [sheet, span[0], 1, span[1], 1],
            "fill": {"color": ACCENT},
            "points": [{"fill": {"color": colour}} for colour in colours] if on_a_scale else None,
            "gap": 40,
            "data_labels": {"value": True, "font": {"name": "Calibri", "size": 10, "color": INK}},
        }
    )
    return _dressed(_upright(chart) if on_a_scale else _lying(chart), title)


def hours_chart(workbook: Workbook, sheet: str, title: str, span: Span, metric: str) -> Chart:
    """Draw the figure of each hour with its interval; an hour that has no figure is a gap."""
    first, last = span
    chart = workbook.add_chart({"type": "line"})
    chart.add_series(
        {
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, 2, last, 2],
            "line": {"color": ACCENT, "width": 2.5},
            "marker": {"type": "circle", "size": 7, "fill": {"color": ACCENT}, "border": {"color": "#ffffff"}},
        }
    )
    for bound in (3, 4):
        chart.add_series(
            {
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, bound, last, bound],
                "line": {"color": ACCENT, "width": 1, "dash_type": "dash", "transparency": 40},
            }
        )
    chart.show_blanks_as("gap")
    low, high = _RANGES.get(metric, (0, 100))
    return _dressed(_upright(chart, {"min": low, "max": high}), title)


def interval_chart(workbook: Workbook, sheet: str, span: Span, metric: str) -> Chart:
    """Draw figures, the first on top, each with its interval."""
    from xlsxwriter.utility import quote_sheetname, xl_range_abs

    first, last = span
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, 2, last, 2],
            "fill": {"color": LIGHT},
            "gap": 50,
            "x_error_bars": {
                "type": "custom",
                "minus_values": f"={quote_sheetname(sheet)}!{xl_range_abs(first, 5, last, 5)}",
                "plus_values": f"={quote_sheetname(sheet)}!{xl_range_abs(first, 6, last, 6)}",
                "line": {"color": ACCENT, "width": 2},
            },
        }
    )
    low, high = _RANGES.get(metric, (0, 100))
    axis = {**_STEPS, "min": low, "max": high, "num_format": "#,##0", "major_gridlines": _GRID}
    _lying(chart).set_x_axis(axis)
    return _dressed(chart, "", rows=last - first + 5)


def _dressed(chart: Chart, title: str, rows: int = CHART_ROWS - 1) -> Chart:
    name_font = {"name": "Calibri", "size": 13, "bold": True, "color": INK}
    chart.set_title({"name": title, "name_font": name_font, "overlay": False} if title else {"none": True})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": CHART_WIDTH, "height": rows * _ROW_PIXELS})
    return chart


def _upright(chart: Chart, ends: Mapping[str, int] = MappingProxyType({})) -> Chart:
    chart.set_x_axis(_STEPS)
    chart.set_y_axis({**_STEPS, **ends, "num_format": "#,##0", "line": {"none": True}, "major_gridlines": _GRID})
    return chart


def _lying(chart: Chart) -> Chart:
    """Let bars begin on the left, the first on top; their numbers stand beside them and need no axis."""
    chart.set_y_axis({**_STEPS, "reverse": True, "major_gridlines": {"visible": False}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart
