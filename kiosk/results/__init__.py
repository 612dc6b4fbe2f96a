"""Pure statistics: counts in, figures out. No file, no database, no clock is touched here.

    counts of one question -> metrics -> Figure (n, value, interval)
    answers -> tally.Tally -> day.day_figures -> DayFigures -> JSON, the page of `kiosk results`, the staff screen
    two QuestionFigures -> comparison.compare -> Comparison; many of them -> ranking.ranked
    counts of several groups -> homogeneity.homogeneity -> Homogeneity: whether they were answered alike
    answers -> slots.Slot -> hours.by_hour, hours.heat_map, trend.trend
    answers -> taps.Tap -> doubts.doubts (rules: misuse; day by day: watch) -> doubts.flagged -> Tally

Every formula names its paper. The kiosk and whatever else shows its figures call these same functions.
"""
