"""What an address asks for: days, and the reader's language."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.hub.pages.days import Asked
from kiosk.hub.pages.language import chosen_language
from kiosk.results.period import Period

TODAY = date(2026, 11, 22)


def asked(preset: str, first: str = "", last: str = "") -> Asked:
    begin, end = (date.fromisoformat(day) if day else None for day in (first, last))
    return Asked(preset, begin, end, (("location", "x"),))


@pytest.mark.parametrize(
    ("wanted", "period"),
    [
        (asked("today"), Period(TODAY)),
        (asked("yesterday"), Period(date(2026, 11, 21))),
        (asked("7"), Period(date(2026, 11, 16), TODAY)),
        (asked("nonsense"), Period(date(2026, 10, 26), TODAY)),
        (asked("own", "2026-11-01", "2026-11-03"), Period(date(2026, 11, 1), date(2026, 11, 3))),
        (asked("own", "2026-11-03", "2026-11-03"), Period(date(2026, 11, 3))),
        (asked("own", "2026-11-01", "9999-12-31"), Period(date(2026, 11, 1), TODAY)),
        (asked("own", "0001-01-01", "2026-11-22"), Period(date(2023, 11, 21), TODAY)),
        (asked("own", "2026-11-05", "2026-11-03"), Period(date(2026, 10, 26), TODAY)),
        (asked("own", "2027-01-01", "2027-01-02"), Period(date(2026, 10, 26), TODAY)),
    ],
    ids=lambda value: "" if isinstance(value, Period) else f"{value.preset} {value.first} {value.last}",
)
def test_an_address_names_days(wanted: Asked, period: Period) -> None:
    assert wanted.on(TODAY).period == period


def test_links_to_other_days_keep_the_place() -> None:
    links = list(asked("7").on(TODAY).links())
    assert ("?location=x&days=28", "28 days", False) in links
    assert [words for _, words, is_shown in links if is_shown] == ["7 days"]


def test_own_days_go_along_to_other_pages() -> None:
    assert asked("own", "2026-11-01", "2026-11-03").on(TODAY).query == "days=own&from=2026-11-01&to=2026-11-03"
    assert asked("today").on(TODAY).query == "days=today"


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        ("sv", "fi", "sv"),
        (None, "fi", "fi"),
        (None, "de, sv-FI;q=0.8, fi;q=0.9", "fi"),
        (None, "de", "en"),
        (None, "", "en"),
        ("de", "fi;q=0", "en"),
        (None, "fi;q=x, sv;q=0.1", "sv"),
    ],
)
def test_a_page_speaks_what_its_reader_chose_or_the_browser_accepts(
    wanted: str | None, accepted: str, language: str
) -> None:
    assert chosen_language(wanted, accepted) == language
