"""A visit while it is open: which records it makes, and which it asks to take back."""

from __future__ import annotations

import pytest

from kiosk.answer import STAFF_TEST, Outcome, new_id
from kiosk.clock import Moment
from kiosk.survey import Choice, Question, Survey
from kiosk.visit import NOTHING, OpenVisit, Reply
from tests.conftest import WoundClock

FIRST = Question(id="first", text={"*": "How was it?"}, touchpoint="till")
WHY = Question(
    id="why",
    kind="choice",
    after="first",
    when="<=3",
    text={"*": "Why?"},
    choices=(Choice(id="queue", text={"*": "Queue"}), Choice(id="price", text={"*": "Price"})),
)
BEST = Question(id="best", kind="csat", after="first", when="4-5", text={"*": "What was best?"})
WORDS = Question(id="words", kind="text", after="why", text={"*": "What happened?"})


@pytest.fixture
def visit(clock: WoundClock) -> OpenVisit:
    """Give a visit whose first question is on the screen."""
    visit = OpenVisit(Survey((FIRST, WHY, BEST, WORDS), ("en",), follow_ups=2), clock, "80x24")
    visit.ask(FIRST)
    return visit


def go(visit: OpenVisit, *replies: Reply) -> list[str]:
    """Answer question after question; give the ids of what was asked after the first."""
    asked = []
    question: Question | None = FIRST
    for reply in replies:
        assert question is not None
        visit.answer(question, reply, "en")
        if question := visit.next_question():
            asked.append(question.id)
            visit.ask(question)
    return asked


def test_an_answer_carries_everything_that_is_known(visit: OpenVisit, clock: WoundClock) -> None:
    answer = visit.answer(FIRST, Reply(2), "sv")
    assert answer is not None
    assert (answer.question, answer.kind, answer.points, answer.value) == ("first", "smiley", 5, 2)
    assert (answer.language, answer.layout, answer.touchpoint) == ("sv", "80x24", "till")
    assert (answer.at_ms, answer.boot_ms, answer.boot_id) == (clock.at_ms, clock.boot_ms, clock.boot_id)
    assert answer.survey_revision == visit.survey.revision
    assert answer.supersedes is None
    assert answer.marks == ()


def test_the_rules_choose_the_follow_up_and_the_limit_ends_them(visit: OpenVisit) -> None:
    assert go(visit, Reply(1), Reply(choices=("queue",)), Reply(text="long")) == ["why", "words"]
    assert visit.follow_ups == ["why", "words"]


def test_nothing_follows_a_question_that_was_not_answered(visit: OpenVisit) -> None:
    go(visit, Reply(1))
    assert visit.next_question() is None


def test_the_same_reply_again_makes_no_answer(visit: OpenVisit) -> None:
    assert visit.answer(FIRST, Reply(2), "en") is not None
    assert visit.answer(FIRST, Reply(2), "sv") is None


def test_each_new_answer_supersedes_the_one_before(visit: OpenVisit) -> None:
    one, two, none = (visit.answer(FIRST, reply, "en") for reply in (Reply(2), Reply(3), NOTHING))
    assert one is not None
    assert two is not None
    assert none is not None
    assert (two.supersedes, none.supersedes) == (one.id, two.id)
    assert none.is_empty
    assert len({one.id, two.id, none.id}) == 3


def test_a_new_first_answer_makes_other_follow_ups_outdated(visit: OpenVisit) -> None:
    go(visit, Reply(1), Reply(choices=("queue",)), Reply(text="long"))
    visit.ask(FIRST)
    visit.answer(FIRST, Reply(5), "en")
    assert [question.id for question in visit.outdated()] == ["why", "words"]
    for question in visit.outdated():
        visit.answer(question, NOTHING, "en")
    assert visit.outdated() == []


def test_a_new_first_answer_with_the_same_follow_up_outdates_nothing(visit: OpenVisit) -> None:
    go(visit, Reply(1), Reply(choices=("queue",)), Reply(text="long"))
    visit.ask(FIRST)
    visit.answer(FIRST, Reply(2), "en")
    assert visit.outdated() == []


def test_taking_back_the_first_answer_outdates_all_others(visit: OpenVisit) -> None:
    go(visit, Reply(1), Reply(choices=("queue",)), Reply(text="long"))
    visit.ask(FIRST)
    visit.answer(FIRST, NOTHING, "en")
    assert visit.next_question() is None
    assert [question.id for question in visit.outdated()] == ["why", "words"]


def test_asking_the_first_question_again_forgets_a_skip(visit: OpenVisit) -> None:
    go(visit, Reply(1))
    visit.give_up(Outcome.SKIPPED)
    outcomes = [visit.outcome]
    visit.ask(FIRST)
    assert [*outcomes, visit.outcome] == [Outcome.SKIPPED, Outcome.COMPLETE]


def test_the_end_tells_durations_and_what_was_shown(visit: OpenVisit, clock: WoundClock) -> None:
    go(visit, Reply(1))
    clock.wind(4)
    visit.answer(WHY, Reply(choices=("queue",)), "en")
    clock.wind(8)
    visit.review_shown = True
    end = visit.end(Outcome.COMPLETE, "en")
    assert (end.answering_ms, end.duration_ms) == (4000, 12000)
    assert (end.follow_ups, end.review_shown, end.touchpoint) == (("why",), True, "till")


def test_a_skip_is_the_end_of_answering(visit: OpenVisit, clock: WoundClock) -> None:
    go(visit, Reply(1))
    clock.wind(5)
    visit.give_up(Outcome.SKIPPED)
    clock.wind(8)
    assert visit.end(visit.outcome, "en").answering_ms == 5000


def test_durations_do_not_feel_a_clock_that_is_set(visit: OpenVisit, clock: WoundClock) -> None:
    clock.wind(3)
    clock.at_ms -= 3_600_000
    visit.answer(FIRST, Reply(1), "en")
    assert visit.end(Outcome.COMPLETE, "en").duration_ms == 3000


def test_test_mode_marks_every_answer(clock: WoundClock) -> None:
    visit = OpenVisit(Survey((FIRST,), ("en",)), clock, "80x24", (STAFF_TEST,))
    visit.ask(FIRST)
    answer = visit.answer(FIRST, Reply(2), "en")
    assert answer is not None
    assert answer.marks == (STAFF_TEST,)


def test_all_records_of_a_visit_share_its_id_and_another_visit_has_its_own(visit: OpenVisit, clock: WoundClock) -> None:
    answer, end = visit.answer(FIRST, Reply(2), "en"), visit.end(Outcome.COMPLETE, "en")
    assert answer is not None
    assert answer.visit_id == end.visit_id
    assert OpenVisit(visit.survey, clock, "80x24").end(Outcome.LEFT, "en").visit_id != end.visit_id


def test_ids_are_uuids_of_version_7_in_the_order_of_time() -> None:
    ids = [new_id(Moment(1_795_341_600_000 + number, "boot", number, "synced")) for number in range(5)]
    assert [made.version for made in ids] == [7] * 5
    assert ids == sorted(ids)
    assert ids[0].int >> 80 == 1_795_341_600_000


def test_an_id_has_the_bits_of_the_standard() -> None:
    # RFC 9562, appendix A.6
    bits = {12: 0xCC3, 62: 0x18C4DC0C0C07398F}
    made = new_id(Moment(0x017F22E279B0, "boot", 0, "synced"), bits.__getitem__)
    assert str(made) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
