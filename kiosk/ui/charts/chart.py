"""The drawing that belongs to a sheet."""

from __future__ import annotations

from kiosk.ui.charts.lists import HealthList, RemarksList
from kiosk.ui.charts.ranking import RankingChart
from kiosk.ui.charts.sheets import HealthSheet, RankingSheet, RemarksSheet, Sheet, TodaySheet, TrendSheet, WeekSheet
from kiosk.ui.charts.today import TodayChart
from kiosk.ui.charts.trend import TrendChart
from kiosk.ui.charts.week import WeekChart
from kiosk.ui.look import Look
from kiosk.ui.widgets.drawing import Drawing


def chart_of(look: Look, sheet: Sheet) -> Drawing:
    """Give the widget that shows a sheet."""
    match sheet:
        case TodaySheet():
            return TodayChart(look, sheet)
        case WeekSheet():
            return WeekChart(look, sheet)
        case RankingSheet():
            return RankingChart(look, sheet)
        case TrendSheet():
            return TrendChart(look, sheet)
        case RemarksSheet():
            return RemarksList(look, sheet)
        case HealthSheet():
            return HealthList(look, sheet)
