"""What a customer in a certain mood would say."""

from __future__ import annotations

from random import Random

from kiosk.survey import Question
from kiosk.visit import Reply

_DECIDED = 2.2
"""How far customers agree: the smaller, the more answers lie at the ends of a scale."""
_SECOND_CHOICE = 0.3

_PLEASED = {
    "fi": ("Kaikki sujui hyvin, kiitos!", "Ystävällinen palvelu.", "Ruoka oli hyvää."),
    "sv": ("Allt gick bra, tack!", "Vänlig betjäning.", "Maten var god."),
    "en": ("Everything went well, thank you!", "Friendly staff.", "The food was good."),
}
_DISPLEASED = {
    "fi": ("Jono eteni hitaasti.", "Ruoka oli jo viileää.", "Vapaata pöytää ei löytynyt."),
    "sv": ("Kön rörde sig långsamt.", "Maten var redan ljummen.", "Det fanns inget ledigt bord."),
    "en": ("The queue moved slowly.", "The food was already lukewarm.", "There was no free table."),
}


def reply_to(question: Question, mood: float, language: str, random: Random) -> Reply:
    """Make a reply to any kind of question; `mood` is the middle of all customers', 0 to 1."""
    if question.kind == "text":
        sentences = _PLEASED if random.random() < mood - 0.3 else _DISPLEASED
        return Reply(text=random.choice(sentences.get(language, sentences["en"])))
    if question.kind == "choice":
        return Reply(choices=_chosen(question, random))
    place = random.betavariate(_DECIDED * mood, _DECIDED * (1 - mood))
    return Reply(value=question.values[min(int(place * len(question.values)), len(question.values) - 1)])


def _chosen(question: Question, random: Random) -> tuple[str, ...]:
    """Choose reasons, those at the top of the list more often."""
    ids = [choice.id for choice in question.choices]
    chosen = random.choices(ids, [1 / place for place in range(1, len(ids) + 1)])
    if question.multiple and len(ids) > 1 and random.random() < _SECOND_CHOICE:
        chosen.append(random.choice([other for other in ids if other not in chosen]))
    return tuple(sorted(chosen, key=ids.index))
