"""How one language names what a shop asks, beside words, numbers and days."""

from __future__ import annotations

from kiosk.charts.lettering import writable
from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.languages import language_of
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.results.tally import Scale
from kiosk.survey import phrase_in
from kiosk.telling.labels import choice_words, value_words
from kiosk.telling.phrasing import SURE, Phrasing
from kiosk.words import N_

__all__ = ["SURE", "Edition"]


class Edition(Phrasing):
    """A phrasing that knows a shop's questions."""

    def __init__(self, config: Config, language: str | None = None, own: str | None = None) -> None:
        """Choose a language of the shop, the first one if none is named. Raises UsageError for one it does not have.

        Customers' words are given in that language; the kiosk's own in `own` if named, else in the same language if
        the kiosk speaks it to staff, else in the language that stands in for it.
        """
        offered = config.kiosk.languages
        if language is not None and language not in offered:
            raise UsageError(f"'{language}' is no language of this shop.", f"Choose one of: {', '.join(offered)}.")
        self.customers = language or offered[0]
        super().__init__(own or _own(self.customers))
        self._choices = choice_words(config.question, self.customers)
        self._texts = {scale_of(asked): phrase_in(asked.text, self.customers) for asked in config.question}

    def title(self, scale: Scale) -> str:
        """Give a question as the customer reads it; its name, where it is asked no longer."""
        text = self._texts.get(scale)
        return self.plain(text or self.say(N_("{question} (no longer asked this way)"), question=scale.question))

    def label(self, question: QuestionFigures, value: str) -> str:
        """Give a step of a scale, or a choice, as the customer reads it."""
        if question.points is not None:
            return writable(value_words(question.kind, question.points, int(value), self.customers))
        return self.plain(self._choices(question.id, value))


def _own(language: str) -> str:
    known = language_of(language)
    if known is None:
        return "en"
    return language if known.reach == "everything" else known.stand_in
