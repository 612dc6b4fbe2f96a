from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.results.period import Period, last_days, today

HELSINKI = ZoneInfo("Europe/Helsinki")
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("instant", "day"), [("2026-11-23T03:59:59+02:00", SUNDAY), ("2026-11-23T04:00:00+02:00", date(2026, 11, 23))]
)
def test_today_is_the_business_day_that_has_not_ended(instant: str, day: date) -> None:
    now_ms = int(datetime.fromisoformat(instant).timestamp() * 1000)
    assert today(now_ms, HELSINKI, time(4)) == Period(day)


def test_yesterday_and_the_same_weekday_come_before_a_day() -> None:
    assert Period(SUNDAY).before() == Period(date(2026, 11, 21))
    assert Period(SUNDAY).week_before() == Period(date(2026, 11, 15))


def test_as_many_days_come_before_several_days() -> None:
    assert last_days(SUNDAY) == Period(date(2026, 10, 26), SUNDAY)
    assert last_days(SUNDAY).before() == Period(date(2026, 9, 28), date(2026, 10, 25))
    assert last_days(SUNDAY, 7).week_before() == last_days(SUNDAY, 7).before()


def test_a_period_has_every_day_once() -> None:
    assert list(Period(SUNDAY).days()) == [SUNDAY]
    days = list(last_days(SUNDAY).days())
    assert (len(days), days[0], days[-1]) == (28, date(2026, 10, 26), SUNDAY)
