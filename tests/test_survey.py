from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.config import Config
from kiosk.survey import Question, Survey, matching, phrase_in


def question(**keys: Any) -> Question:
    """Make a question; its kind is smiley unless named."""
    return Question.model_validate({"text": {"en": "How?"}} | keys)


SMILEY = question()
CHOICE = question(kind="choice", choices=[{"id": "queue", "text": "Queue"}, {"id": "price", "text": "Price"}])


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        ({"kind": "smiley"}, (1, 2, 3, 4, 5)),
        ({"kind": "smiley", "points": 3}, (1, 2, 3)),
        ({"kind": "nps"}, tuple(range(11))),
        ({"kind": "ces"}, (1, 2, 3, 4, 5, 6, 7)),
        ({"kind": "csat"}, (1, 2, 3, 4, 5)),
        ({"kind": "success"}, (0, 1, 2)),
        ({"kind": "choice"}, ()),
        ({"kind": "text"}, ()),
    ],
)
def test_every_kind_has_its_values(keys: dict[str, Any], values: tuple[int, ...]) -> None:
    asked = question(**keys)
    assert asked.values == values
    assert asked.scale_points == (len(values) or None)


@pytest.mark.parametrize(
    ("when", "values"),
    [
        ("3", {3}),
        ("=3", {3}),
        ("==3", {3}),
        ("<3", {1, 2}),
        ("<= 3", {1, 2, 3}),
        (">4", {5}),
        (">=4", {4, 5}),
        ("2-4", {2, 3, 4}),
        (" 1 , 5 ", {1, 5}),
        ("1, 4-5", {1, 4, 5}),
        ("<=99", {1, 2, 3, 4, 5}),
    ],
)
def test_a_rule_names_the_values_that_it_means(when: str, values: set[int]) -> None:
    assert matching(when, SMILEY) == values


def test_a_rule_may_name_the_answers_of_a_success_question() -> None:
    asked = question(kind="success")
    assert matching("no, partly", asked) == {0, 1}
    assert matching("yes", asked) == {2}
    assert matching("<=1", asked) == {0, 1}


def test_a_rule_may_name_choices() -> None:
    assert matching("price", CHOICE) == {"price"}
    assert matching("queue, price", CHOICE) == {"queue", "price"}


@pytest.mark.parametrize("when", ["", ",", "<", "6", "0", "5-3", "1,", "yes", "a", "<=>3", "1 2", "−1"])
def test_a_rule_without_sense_is_refused_in_a_sentence(when: str) -> None:
    with pytest.raises(ValueError, match=r"is not a rule|can never be true"):
        matching(when, SMILEY)


@given(st.text(max_size=12))
def test_any_rule_means_some_values_or_is_refused(when: str) -> None:
    try:
        values = matching(when, SMILEY)
    except ValueError:
        return
    assert values and values <= set(SMILEY.values)


def survey(*more: Question, languages: tuple[str, ...] = ("en",)) -> Survey:
    """Make a survey that opens with five faces."""
    return Survey((SMILEY, *more), languages)


def test_a_rule_chooses_the_follow_up() -> None:
    low, high = question(id="low", after="visit", when="<=3"), question(id="high", after="visit", when=">=4")
    asked = survey(low, high)
    assert asked.follow_up(SMILEY, {3}) is low
    assert asked.follow_up(SMILEY, {4}) is high


def test_no_rule_asks_every_time_and_no_match_asks_nothing() -> None:
    assert survey(question(id="more", after="visit")).follow_up(SMILEY, {5}) is not None
    assert survey(question(id="more", after="visit", when="1")).follow_up(SMILEY, {5}) is None
    assert survey(question(id="more", after="other")).follow_up(SMILEY, {5}) is None


def test_a_reason_comes_before_free_text() -> None:
    words, why = question(id="words", kind="text", after="visit"), question(id="why", after="visit")
    assert survey(words, why).follow_up(SMILEY, {1}) is why


def test_a_follow_up_is_shown_once() -> None:
    first, second = question(id="one", after="visit"), question(id="two", after="visit")
    asked = survey(first, second)
    assert asked.follow_up(SMILEY, {1}) is first
    assert asked.follow_up(SMILEY, {1}, {"one"}) is second
    assert asked.follow_up(SMILEY, {1}, {"one", "two"}) is None


def test_one_of_several_choices_is_enough_for_a_rule() -> None:
    more = question(id="more", after="visit", when="price")
    asked = Survey((CHOICE, more), ("en",))
    assert asked.follow_up(CHOICE, {"queue", "price"}) is more
    assert asked.follow_up(CHOICE, {"queue"}) is None


def test_the_opening_question_need_not_stand_first() -> None:
    assert Survey((question(id="why", after="visit"), SMILEY), ("en",)).first is SMILEY


def test_a_question_is_found_by_its_id(shipped: Config) -> None:
    found = shipped.survey.question("why")
    assert found is not None
    assert found.after == "visit"
    assert shipped.survey.question("gone") is None


@pytest.mark.parametrize(
    "other",
    [
        survey(question(id="more", after="visit")),
        survey(languages=("en", "fi")),
        Survey((question(text={"en": "How!"}),), ("en",)),
        Survey((question(points=4),), ("en",)),
    ],
)
def test_the_revision_changes_with_what_is_asked(other: Survey) -> None:
    assert other.revision != survey().revision


def test_the_revision_is_the_same_for_the_same_questions() -> None:
    same = Survey((question(text={"en": " How? "}),), ("en",))
    assert same.revision == survey().revision
    assert len(same.revision) == 12


def test_a_phrase_falls_back_to_the_language_it_was_written_in() -> None:
    phrase = {"fi": "Hei", "en": "Hello"}
    assert phrase_in(phrase, "en") == "Hello"
    assert phrase_in(phrase, "sv") == "Hei"
    assert phrase_in(question(text="Wifi").text, "sv") == "Wifi"


def test_what_people_wrote_is_cleaned_when_it_is_read() -> None:
    asked = question(text="a\x1b[31m\nb", touchpoint="till\x07", owner="\u202eme")
    assert (asked.text, asked.touchpoint, asked.owner) == ({"*": "a[31m b"}, "till", "me")


@pytest.mark.parametrize("text", ["", " ", "\x1b", {}, {"fi": "\n"}])
def test_a_text_that_says_nothing_is_refused(text: object) -> None:
    with pytest.raises(ValidationError, match="is empty"):
        question(text=text)
