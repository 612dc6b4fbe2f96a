from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.answer import STAFF_TEST, Answer, Visit
from kiosk.config import Config
from kiosk.demo.filling import fill
from kiosk.demo.records import DemoYear
from kiosk.errors import FileNotWritten, Refused
from kiosk.results.tally import Scale
from kiosk.store.reader import Reader

UNTIL = date(2026, 11, 21)
EVERY_KIND = """
[kiosk]
languages = ["sv"]
follow_ups = 3
[privacy]
free_text = true
[[question]]
id = "nps"
kind = "nps"
text = "How likely are you to recommend us?"
[[question]]
id = "done"
kind = "success"
after = "nps"
text = "Did you get it done?"
[[question]]
id = "why"
kind = "choice"
after = "done"
multiple = true
text = "Why?"
choices = [{ id = "a", text = "A" }, { id = "b", text = "B" }]
[[question]]
id = "words"
kind = "text"
after = "why"
text = "What happened?"
"""


def made(config: Config, answers: int = 3_000, seed: int = 7) -> list[Answer | Visit]:
    return list(DemoYear(config, UNTIL, answers, seed).records())


def answers_of(records: list[Answer | Visit]) -> list[Answer]:
    return [record for record in records if isinstance(record, Answer)]


def visits_of(records: list[Answer | Visit]) -> list[Visit]:
    return [record for record in records if isinstance(record, Visit)]


def local(at_ms: int, config: Config) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(config.zone)


@pytest.fixture
def year(shipped: Config) -> list[Answer | Visit]:
    return made(shipped)


@pytest.mark.parametrize("answers", [1, 2, 137, 3_000])
def test_there_are_exactly_as_many_answers_as_asked_for(answers: int, shipped: Config) -> None:
    assert len(answers_of(made(shipped, answers))) == answers


def test_the_same_seed_makes_the_same_year_and_another_another(shipped: Config) -> None:
    assert made(shipped, 200, seed=1) == made(shipped, 200, seed=1)
    assert made(shipped, 200, seed=1) != made(shipped, 200, seed=2)


def test_records_come_in_the_order_of_time_with_ids_of_their_own(year: list[Answer | Visit]) -> None:
    assert all(one.at_ms <= other.at_ms for one, other in pairwise(year))
    assert len({record.id for record in year}) == len(year)
    assert all(record.id.int >> 80 == record.at_ms for record in year)


def test_every_visit_ends_once_and_after_its_answers(year: list[Answer | Visit]) -> None:
    given: defaultdict[UUID, int] = defaultdict(int)
    ended: set[UUID] = set()
    for record in year:
        assert record.visit_id not in ended
        if isinstance(record, Visit):
            ended.add(record.visit_id)
        else:
            given[record.visit_id] += 1
    assert ended == set(given)


def test_customers_come_while_the_shop_is_open(year: list[Answer | Visit], shipped: Config) -> None:
    assert all(shipped.kiosk.opening_hours.is_open(local(answer.at_ms, shipped)) for answer in answers_of(year))


def test_the_year_ends_with_the_day_that_was_named(year: list[Answer | Visit], shipped: Config) -> None:
    first, last = local(year[0].at_ms, shipped).date(), local(year[-1].at_ms, shipped).date()
    assert last == UNTIL
    assert timedelta(days=355) < last - first < timedelta(days=365)


def test_follow_ups_are_those_that_the_rules_of_the_survey_ask(year: list[Answer | Visit]) -> None:
    last_face: dict[UUID, int] = {}
    for answer in answers_of(year):
        if answer.value is not None:
            last_face[answer.visit_id] = answer.value
        else:
            assert answer.question == ("why" if last_face[answer.visit_id] <= 3 else "best")


def test_a_changed_answer_supersedes_one_of_the_same_visit_with_another(year: list[Answer | Visit]) -> None:
    answers = {answer.id: answer for answer in answers_of(year)}
    changed = [answer for answer in answers.values() if answer.supersedes]
    assert 10 < len(changed) < 150
    for answer in changed:
        before = answers[answer.supersedes] if answer.supersedes else answer
        assert (before.visit_id, before.question) == (answer.visit_id, answer.question)
        assert before.value != answer.value


def test_the_year_looks_like_a_lunch_cafes(year: list[Answer | Visit], shipped: Config) -> None:
    answers = answers_of(year)
    hours = Counter(local(answer.at_ms, shipped).hour for answer in answers)
    languages = Counter(answer.language for answer in answers)
    outcomes = Counter(visit.outcome for visit in visits_of(year))
    assert {hour for hour, _ in hours.most_common(2)} == {11, 12}
    assert languages["fi"] > languages["sv"] + languages["en"] > 0
    assert min(languages["sv"], languages["en"]) > 0
    assert set(outcomes) == {"complete", "skipped", "timed_out", "left"}
    assert any(STAFF_TEST in answer.marks for answer in answers)


def test_one_week_went_badly(shipped: Config) -> None:
    def mean(first: int, last: int) -> float:
        days = range(first, last)
        values = [
            answer.value
            for answer in answers_of(made(shipped, 10_000))
            if answer.value and (UNTIL - local(answer.at_ms, shipped).date()).days in days
        ]
        return sum(values) / len(values)

    assert mean(32, 39) < mean(0, 32) - 0.5


def test_any_survey_can_be_filled(configured: Callable[[str], Config], tmp_path: Path) -> None:
    config = configured(EVERY_KIND)
    fill(tmp_path / "new.db", DemoYear(config, UNTIL, 500, 1).records())
    with Reader(tmp_path / "new.db") as reader:
        tally = reader.count_values()
        assert sum(1 for _ in reader.answers()) == 500
    assert {Scale("nps", "nps", 11), Scale("done", "success", 3), Scale("why", "choice", None)} <= set(tally)
    assert tally[Scale("words", "text", None)].n > 0


@pytest.mark.parametrize("name", ["kiosk.db", "kiosk.db-wal", "kiosk.db.lock"])
@pytest.mark.parametrize("content", [b"", b"precious"])
def test_what_exists_is_refused_and_left_as_it_is(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=f"{name} is there already"):
        fill(tmp_path / "kiosk.db", [])
    assert (tmp_path / name).read_bytes() == content
    assert len(list(tmp_path.glob("kiosk.db*"))) == 1


def test_a_demo_that_is_broken_off_leaves_nothing(year: list[Answer | Visit], tmp_path: Path) -> None:
    def broken_off() -> Iterator[Answer | Visit]:
        yield from year
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "new.db", broken_off())
    assert list(tmp_path.glob("new.db*")) == []


def test_a_place_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileNotWritten, match="cannot be made"):
        fill(tmp_path / "file" / "kiosk.db", [])
