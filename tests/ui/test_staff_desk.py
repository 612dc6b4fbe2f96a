"""Where staff's pages come from: the answers in the database, read while the kiosk goes on writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.config import Config
from kiosk.store.delivery import Confirmation, Refusal
from kiosk.store.store import Store
from kiosk.ui.charts.sheets import HealthSheet, RankingSheet, RemarksSheet, TodaySheet, TrendSheet, WeekSheet
from kiosk.ui.staff_desk import StaffDesk
from kiosk.ui.views.staff import Page
from tests.conftest import WoundClock
from tests.store.conftest import Maker

DAY_SECONDS = 24 * 60 * 60


@pytest.fixture
def store(tmp_path: Path, clock: WoundClock) -> Iterator[Store]:
    """Give the store of a kiosk that is running."""
    opened = Store.open(tmp_path / "kiosk.db", clock)
    yield opened
    opened.close()


@pytest.fixture
def make(clock: WoundClock) -> Maker:
    """Give what makes answers and visits."""
    return Maker(clock)


@pytest.fixture
def desk(shipped: Config, store: Store, clock: WoundClock, tmp_path: Path) -> StaffDesk:
    """Give a desk beside a store that stays open."""
    return StaffDesk(shipped, tmp_path / "kiosk.db", clock)


def give(store: Store, make: Maker, *values: int) -> None:
    for value in values:
        answer = make.answer(value=value)
        store.add(answer).result()
        store.add(make.visit(visit_id=answer.visit_id)).result()


def today(desk: StaffDesk) -> TodaySheet:
    sheet = desk.sheet(Page.TODAY, "en")
    assert isinstance(sheet, TodaySheet)
    return sheet


def test_a_day_without_answers_says_what_to_look_at(desk: StaffDesk) -> None:
    sheet = today(desk)
    assert (sheet.number, sheet.bar, sheet.answers) == ("", None, "0 answers")
    assert sheet.headline == "No answers so far"
    assert sheet.details


@pytest.mark.parametrize("page", Page)
def test_every_page_can_be_read_before_the_first_answer(desk: StaffDesk, page: Page) -> None:
    assert desk.sheet(page, "fi")


def test_below_ten_answers_there_are_counts_alone(desk: StaffDesk, store: Store, make: Maker) -> None:
    give(store, make, 5, 5, 4, 1)
    sheet = today(desk)
    assert (sheet.number, sheet.bar, sheet.interval, sheet.answers) == ("", None, "", "4 answers")
    assert [step.numbers for step in sheet.steps] == ["2", "1", "0", "0", "1"], "and no percentages"


def test_a_figure_comes_with_its_answers_and_interval_and_beside_other_days(
    desk: StaffDesk, store: Store, make: Maker, clock: WoundClock
) -> None:
    give(store, make, *[2] * 30)
    clock.wind(DAY_SECONDS)
    give(store, make, *[5] * 30)
    sheet = today(desk)
    assert (sheet.number, sheet.answers) == ("100", "30 answers")
    assert sheet.interval.startswith("95")
    assert sheet.bar is not None
    assert sheet.bar.low <= sheet.bar.value <= sheet.bar.high
    assert sheet.details[0] == "Yesterday: 25 · Better"


def test_the_week_hatches_hours_with_few_answers(desk: StaffDesk, store: Store, make: Maker) -> None:
    give(store, make, *[5] * 9)
    few = desk.sheet(Page.WEEK, "en")
    give(store, make, 5)
    enough = desk.sheet(Page.WEEK, "en")
    assert isinstance(few, WeekSheet)
    assert isinstance(enough, WeekSheet)
    assert [cell for row in few.rows for cell in row if cell.number and cell.mood is not None] == []
    assert [cell.number for row in enough.rows for cell in row if cell.mood is not None] == ["100"]


def test_a_day_with_few_answers_is_a_gap_in_the_trend(
    desk: StaffDesk, store: Store, make: Maker, clock: WoundClock
) -> None:
    give(store, make, *[4] * 12)
    clock.wind(DAY_SECONDS)
    give(store, make, 4)
    sheet = desk.sheet(Page.TREND, "en")
    assert isinstance(sheet, TrendSheet)
    assert [point.bar is not None for point in sheet.points[-2:]] == [True, False]


def test_a_touchpoint_with_few_answers_has_no_rank(desk: StaffDesk, store: Store, make: Maker) -> None:
    give(store, make, 5, 5)
    sheet = desk.sheet(Page.TOUCHPOINTS, "en")
    assert isinstance(sheet, RankingSheet)
    assert [(rank.place, rank.bar, rank.answers) for _, ranks in sheet.tables for rank in ranks] == [
        ("", None, "2 answers")
    ]


def test_without_comments_the_page_says_so(desk: StaffDesk, store: Store, make: Maker) -> None:
    give(store, make, 5)
    sheet = desk.sheet(Page.REMARKS, "en")
    assert sheet == RemarksSheet("Nobody wrote anything.", [])


def test_health_tells_of_the_clock(desk: StaffDesk, store: Store, make: Maker, clock: WoundClock) -> None:
    give(store, make, 5, 4)
    clock.state = "unsynced"
    sheet = desk.sheet(Page.HEALTH, "en")
    assert isinstance(sheet, HealthSheet)
    said = {fact.said: fact.state for fact in sheet.facts}
    assert said["2 answers are safe on the disk."] == "ok"
    assert said["No network has set the clock: times may be wrong."] == "warning"


def test_health_says_in_staffs_language_how_every_destination_stands(
    configured: Callable[[str], Config], store: Store, make: Maker, clock: WoundClock, tmp_path: Path
) -> None:
    hook = '[[webhook]]\nname = "till"\nurl = "https://till.example"\n'
    text = f'[kiosk]\ntimezone = "Europe/Helsinki"\nlanguages = ["fi", "sv", "en"]\n[[question]]\ntext = "A"\n{hook}'
    desk = StaffDesk(configured(text), tmp_path / "kiosk.db", clock)
    give(store, make, 5, 4)
    clock.wind(60)
    refusal = Refusal(1, make.answer().id, "invalid", "data.value")
    store.confirm(Confirmation("webhook till", 3, (refusal,))).result()
    store.note_trouble("webhook till", "unreachable").result()

    def said(language: str) -> dict[str, tuple[str, str]]:
        sheet = desk.sheet(Page.HEALTH, language)
        assert isinstance(sheet, HealthSheet)
        return {fact.said: (fact.state, fact.hint) for fact in sheet.facts if "till" in fact.said}

    assert list(said("en")) == [
        "till cannot be reached.",
        "till: 1 refused.",
    ]
    assert said("en")["till cannot be reached."] == (
        "warning",
        "till: 1 waiting, the oldest since 22/11 12:00. The kiosk keeps trying by itself; nothing is lost.",
    )
    assert said("en")["till: 1 refused."] == (
        "warning",
        "They stay here. Tell the owner: it breaks the rules there.",
    )
    assert list(said("fi")) == [
        "till: ei yhteyttä.",
        "till: 1 hylätty.",
    ]
    assert "till går inte att nå." in said("sv")


def test_health_is_silent_about_sending_where_nothing_is_sent(desk: StaffDesk) -> None:
    sheet = desk.sheet(Page.HEALTH, "en")
    assert isinstance(sheet, HealthSheet)
    assert not [fact for fact in sheet.facts if "hub" in fact.said.lower()]


def test_answers_go_on_being_stored_while_staff_read(desk: StaffDesk, store: Store, make: Maker) -> None:
    for count in range(1, 4):
        give(store, make, 5)
        for page in (Page.TODAY, Page.WEEK, Page.TREND, Page.TOUCHPOINTS):
            desk.sheet(page, "en")
        assert today(desk).answers.split()[0] == str(count)


def test_a_day_begins_when_the_shop_says(desk: StaffDesk, clock: WoundClock) -> None:
    clock.wind(15 * 60 * 60)
    assert desk.day == date(2026, 11, 22), "at three in the night it is still the day before"
    clock.wind(60 * 60)
    assert desk.day == date(2026, 11, 23)
