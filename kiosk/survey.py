"""What is asked: questions, their scales, and the rule that chooses a follow-up."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from kiosk.text import clean

Kind = Literal["smiley", "nps", "ces", "csat", "success", "choice", "text"]

ANY_LANGUAGE = "*"
"""Key of a text that was written once, for every language."""

SUCCESS = {"no": 0, "partly": 1, "yes": 2}
"""The values of a success question, by the name a `when` may use."""

_SCALES: Mapping[str, range] = {
    "nps": range(11),
    "ces": range(1, 8),
    "csat": range(1, 6),
    "success": range(3),
}

_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
    "=": int.__eq__,
    "==": int.__eq__,
}
_SPAN = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})")
_COMPARISON = re.compile(r"(<=|>=|==|<|>|=)?\s*(\d{1,2})")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
NO_RULE = 'is not a rule; write for example "<=2", "1-3" or "0, 10"'


def _phrase(value: Any) -> Any:
    """Read a text: one string for every language, or a table of language and string."""
    if isinstance(value, str):
        value = {ANY_LANGUAGE: value}
    if isinstance(value, dict):
        value = {key: clean(said) if isinstance(said, str) else said for key, said in value.items()}
        if not value or "" in value.values():
            raise ValueError("is empty; write what the customer shall read")
    return value


Phrase = Annotated[dict[str, str], BeforeValidator(_phrase)]
"""A text in the shop's languages."""

Line = Annotated[str, AfterValidator(clean)]
"""One line of text, the same in every language."""

Identifier = Annotated[str, StringConstraints(pattern=rf"^{_NAME.pattern}$")]
"""A short name for exports: small letters, digits, `_` and `-`."""


def scale_of(kind: str, points: int = 0) -> range:
    """Give the values of a kind of question, from the worst to the best; none for choice and text."""
    return range(1, points + 1) if kind == "smiley" else _SCALES.get(kind, range(0))


def phrase_in(phrase: Mapping[str, str], language: str) -> str:
    """Give a text in a language, or in the first one it was written in."""
    return phrase.get(language) or phrase.get(ANY_LANGUAGE) or next(iter(phrase.values()))


class _FromFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_FromFile):
    """One of the answers of a `choice` question."""

    id: Identifier
    text: Phrase


class Question(_FromFile):
    """One question, as kiosk.toml describes it."""

    id: Identifier = "visit"
    kind: Kind = "smiley"
    text: Phrase
    points: Literal[3, 4, 5] = 5
    """Number of faces; smiley questions only."""
    touchpoint: Line = ""
    """The thing that is judged: till, lunch queue, fitting room."""
    owner: Line = ""
    """Who acts on the answers."""
    after: Identifier | None = None
    """The question that this one follows; the one question without it starts every visit."""
    when: str | None = None
    """Which answers to `after` bring this question; all of them when unset."""
    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    """Choice questions only: several may be chosen, then confirmed."""
    max_length: int = Field(default=280, ge=20, le=1000)
    """Text questions only: visible characters kept."""

    @cached_property
    def values(self) -> tuple[int, ...]:
        """Give the values that may be tapped, from the worst to the best; empty for choice and text."""
        return tuple(scale_of(self.kind, self.points))

    @property
    def scale_points(self) -> int | None:
        """Give the number of steps on the scale; None for choice and text."""
        return len(self.values) or None


@dataclass(frozen=True)
class Survey:
    """The questions of one kiosk at one time."""

    questions: tuple[Question, ...]
    languages: tuple[str, ...]
    """The shop's languages; every visit starts in the first."""
    follow_ups: int = 1
    """How many follow-ups a visit may have at the most."""

    @cached_property
    def first(self) -> Question:
        """Give the question that starts every visit."""
        return next(question for question in self.questions if question.after is None)

    @cached_property
    def revision(self) -> str:
        """Give twelve hex digits that change whenever anything asked changes."""
        content = [question.model_dump(mode="json") for question in self.questions]
        canonical = json.dumps([self.languages, content], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def question(self, question_id: str) -> Question | None:
        """Give a question by its id; None when the survey has it no longer."""
        return next((question for question in self.questions if question.id == question_id), None)

    def follow_up(self, asked: Question, given: Collection[int | str], shown: Collection[str] = ()) -> Question | None:
        """Choose the question that follows an answer, reasons before free text; None when the rules ask for none.

        `given` holds the value, or the ids of the choices; `shown` the ids that this visit has already seen.
        """
        candidates = [
            question
            for question in self.questions
            if question.after == asked.id and question.id not in shown and self._applies(question, given)
        ]
        return min(candidates, key=lambda question: question.kind == "text", default=None)

    @cached_property
    def _wanted(self) -> dict[str, frozenset[int | str]]:
        """Give, by the id of each follow-up that has a rule, the answers that bring it."""
        asked = {question.id: question for question in self.questions}
        return {
            question.id: matching(question.when, asked[question.after])
            for question in self.questions
            if question.when is not None and question.after is not None
        }

    def _applies(self, question: Question, given: Collection[int | str]) -> bool:
        return question.id not in self._wanted or not self._wanted[question.id].isdisjoint(given)


def matching(when: str, asked: Question) -> frozenset[int | str]:
    """Give the answers to `asked` that satisfy a rule such as `<=2`, `1-3`, `0, 10`, `no` or `queue, price`.

    Raises ValueError, with a sentence, for a rule that cannot be read or that no answer could satisfy.
    """
    if asked.kind == "text":
        raise ValueError(f"'{asked.id}' is a text question, so a rule on its answer is not possible; leave `when` out")
    return frozenset().union(*(_matching_part(part.strip(), asked) for part in when.split(",")))


def may_be_rule(when: str) -> bool:
    """Tell whether a rule could be one, whatever question it is about."""
    forms = (_SPAN, _COMPARISON, _NAME)
    return all(any(form.fullmatch(part.strip()) for form in forms) for part in when.split(","))


def _matching_part(part: str, asked: Question) -> frozenset[int | str]:
    named: frozenset[int | str]
    if asked.kind == "choice":
        named = frozenset({part}) & {choice.id for choice in asked.choices}
    else:
        named = _matching_values(part, asked)
    if not named:
        raise ValueError(f"'{part}' can never be true: '{asked.id}' has the answers {_answers(asked)}")
    return named


def _matching_values(part: str, asked: Question) -> frozenset[int | str]:
    if asked.kind == "success" and part in SUCCESS:
        return frozenset({SUCCESS[part]})
    if span := _SPAN.fullmatch(part):
        low, high = int(span[1]), int(span[2])
        return frozenset(value for value in asked.values if low <= value <= high)
    rule = _COMPARISON.fullmatch(part)
    if rule is None:
        raise ValueError(f"'{part}' {NO_RULE}")
    holds = _COMPARISONS[rule[1] or "="]
    return frozenset(value for value in asked.values if holds(value, int(rule[2])))


def _answers(asked: Question) -> str:
    if asked.kind == "choice":
        return ", ".join(choice.id for choice in asked.choices)
    return f"{asked.values[0]} to {asked.values[-1]}"
