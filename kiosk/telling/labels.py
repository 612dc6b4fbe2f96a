"""Answers in the words that the customer read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from kiosk.survey import Question, phrase_in
from kiosk.words import value_label, words


@cache
def value_words(kind: str, points: int | None, value: int, language: str) -> str:
    """Name a value on the scale it was given on, which the question may no longer have."""
    scale = Question.model_construct(id="", kind=kind, points=points, text={})  # type: ignore[arg-type]
    return value_label(scale, value, words(language))


def choice_words(questions: Iterable[Question], language: str) -> Callable[[str, str], str]:
    """Give the function that names a choice, from the ids of question and choice; one that is gone keeps its id."""
    offered = {
        (question.id, choice.id): phrase_in(choice.text, language)
        for question in questions
        for choice in question.choices
    }
    return lambda question_id, choice_id: offered.get((question_id, choice_id), choice_id)


def labeller(
    questions: Iterable[Question], language: str
) -> Callable[[str, str, int | None, int | None, tuple[str, ...]], str]:
    """Give the function that puts an answer's value or choices into words; text answers have none but their own."""
    of_choice = choice_words(questions, language)

    @lru_cache(maxsize=4096)
    def label(question: str, kind: str, points: int | None, value: int | None, choices: tuple[str, ...]) -> str:
        if value is not None:
            return value_words(kind, points, value, language)
        return "; ".join(of_choice(question, choice) for choice in choices)

    return label
