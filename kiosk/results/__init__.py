"""Pure statistics: counts in, figures out. No file, no database, no clock is touched here.

    counts of one question -> metrics.figure -> Figure (n, value, interval)
    answers -> tally.Tally -> day.day_figures -> DayFigures -> JSON, the page of `kiosk results`, the staff screen

Every formula names its paper. The kiosk and whatever else shows its figures call these same functions.
"""
