"""What is doubtful is told alike by figures, report, workbook, day close and every exported answer."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kiosk.answer import STAFF_TEST, Answer
from kiosk.clock import day_bounds
from kiosk.config import Config
from kiosk.demo.filling import fill
from kiosk.demo.records import DemoYear
from kiosk.export.answers import write_answers
from kiosk.export.selection import Selection
from kiosk.export.xlsx.findings import findings_of
from kiosk.results.period import Period
from kiosk.store.figures import figures_of
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.telling.facts import gather
from tests.conftest import WoundClock

DAY = Period(date(2026, 11, 20))
ALL = Period(date(2026, 10, 20), date(2026, 11, 20))
STREAK = 12


@pytest.fixture
def misused(shipped: Config, tmp_path: Path) -> Path:
    """Five weeks of a believable year; at the end of the last day a child presses one face again and again."""
    since_ms = day_bounds(DAY.first - timedelta(weeks=5), shipped.zone, shipped.kiosk.day_ends_at)[0]
    year = DemoYear(shipped, DAY.first, 9_000, seed=3).records()
    weeks = [record for record in year if record.at_ms >= since_ms]
    last = weeks[-1]
    child = next(record for record in weeks if isinstance(record, Answer) and record.kind == "smiley")
    presses = [
        replace(
            child,
            id=UUID(int=last.id.int + number),
            visit_id=UUID(int=last.visit_id.int + number),
            at_ms=last.at_ms + number * 4_000,
            boot_id=last.boot_id,
            boot_ms=last.boot_ms + number * 4_000,
            value=1,
            marks=(),
        )
        for number in range(1, STREAK + 1)
    ]
    fill(tmp_path / "kiosk.db", [*weeks, *presses])
    return tmp_path / "kiosk.db"


def exported(reader: Reader, config: Config, period: Period | None) -> list[dict[str, Any]]:
    file = io.BytesIO()
    write_answers(file, "json", Selection(reader, config, period))
    rows: list[dict[str, Any]] = json.loads(file.getvalue())
    return rows


def told(rows: list[dict[str, Any]]) -> tuple[int, dict[str, int]]:
    """Count, in exported rows, the faces that count and are doubtful: all of them, and by mark."""
    faces = [row["marks"] for row in rows if row["question"] == "visit" and not row["superseded"]]
    doubtful = [marks for marks in faces if marks and STAFF_TEST not in marks]
    return len(doubtful), dict(Counter(mark for marks in doubtful for mark in marks))


def test_figures_report_workbook_close_and_export_agree(misused: Path, shipped: Config, clock: WoundClock) -> None:
    with Reader(misused) as reader:
        figures = figures_of(reader, shipped, DAY).questions[0]
        rows = exported(reader, shipped, DAY)
        report = gather(reader, shipped, DAY, clock.now().at_ms).main
        workbook = findings_of(Selection(reader, shipped, DAY)).questions[0][1]
    with Store.open(misused, clock) as store:
        while (close := store.close_day(DAY.first, shipped)).day != DAY.first:
            pass
    assert figures.flagged >= STREAK and {"burst", "streak"} <= set(figures.marks)
    assert report == workbook == figures
    assert close.questions[0] == figures.as_json() and close.flagged >= figures.flagged
    assert told(rows) == (figures.flagged, figures.marks)


@pytest.mark.parametrize("period", [ALL, None])
def test_an_answer_has_the_same_marks_in_an_export_of_any_days(
    period: Period | None, misused: Path, shipped: Config
) -> None:
    with Reader(misused) as reader:
        of_day = {row["answer_id"]: row["marks"] for row in exported(reader, shipped, DAY)}
        of_all = {row["answer_id"]: row["marks"] for row in exported(reader, shipped, period)}
    assert {answer: of_all[answer] for answer in of_day} == of_day
