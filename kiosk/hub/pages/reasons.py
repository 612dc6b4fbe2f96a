"""What customers of a place complain of most: a word beside those that need somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.config import Config
from kiosk.hub.pages.board import SMALL_SAMPLE
from kiosk.hub.store.overview import choices_of
from kiosk.hub.store.places import place
from kiosk.results.period import Period
from kiosk.telling.labels import choice_words

if TYPE_CHECKING:
    from sqlalchemy import Connection


def top_reasons(connection: Connection, places: Sequence[UUID], period: Period, language: str) -> Mapping[UUID, str]:
    """Give the choice that was made most in the question that follows the worst answer, by place.

    A place is left out where fewer than SMALL_SAMPLE customers chose.
    """
    chosen = choices_of(connection, places, period.first, period.last or period.first)
    reasons: dict[UUID, str] = {}
    for location_id, counts in chosen.items():
        known = place(connection, location_id)
        if known and known.config and (words := _top(known.config, counts, language)):
            reasons[location_id] = words
    return reasons


def _top(config: Config, counts: Mapping[tuple[str, str], int], language: str) -> str:
    first = config.survey.first
    question = config.survey.follow_up(first, first.values[:1])
    of_question = {choice: n for (asked, choice), n in counts.items() if question and asked == question.id}
    if question is None or sum(of_question.values()) < SMALL_SAMPLE:
        return ""
    spoken = language if language in config.kiosk.languages else config.kiosk.languages[0]
    choice = max(of_question, key=lambda each: of_question[each])
    return choice_words(config.question, spoken)(question.id, choice)
