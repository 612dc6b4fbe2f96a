"""What a place is held against: other days of its own, or another place on the same days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, NamedTuple

from fastapi import Depends

from kiosk.hub.access.visitor import Reader
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.days import OWN, Asked, Days, day_in
from kiosk.hub.pages.standpoint import Standpoint, chosen_place
from kiosk.hub.store.people import Person
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.places import Place, PlaceName
from kiosk.results.period import Period
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.store.figures import plain_figures_of
from kiosk.telling.edition import Edition
from kiosk.words import N_

BEFORE, YEAR, DAYS, PLACE = "before", "year", "days", "place"
WAYS = {
    BEFORE: N_("The time before"),
    YEAR: N_("The same weekdays a year ago"),
    DAYS: N_("Other days"),
    PLACE: N_("Another place"),
}
_YEAR = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    words: str
    figures: Sequence[QuestionFigures]
    main: QuestionFigures | None
    """The question that starts every visit."""


class Opposite(NamedTuple):
    """What the place and the days that a page is about are held against."""

    way: str
    place: Place | None
    """None where there is no other place to hold it against."""
    period: Period

    def shares_answers(self, place: Place, period: Period) -> bool:
        """Tell whether an answer would stand on both sides, so that their difference would mean nothing."""
        return self.place is not None and self.place.id == place.id and self.period.overlaps(period)


class Against(NamedTuple):
    """What an address says of the other side, read but not yet held against a calendar."""

    visitor: Person
    hub: Hub
    way: str
    other: str
    since: str
    until: str

    def of(self, shown: Standpoint) -> Opposite:
        """Give the other side that is meant. Answers 404 for a place that is not for the visitor's eyes."""
        way, period = self.way if self.way in WAYS else BEFORE, shown.days.period
        if way == PLACE:
            return Opposite(way, self._place(shown.place, shown.names), period)
        return Opposite(way, shown.place, self._period(way, shown.days))

    def _period(self, way: str, days: Days) -> Period:
        if way == YEAR:
            return Period(days.period.first - _YEAR, days.period.last and days.period.last - _YEAR)
        chosen = Asked(OWN, day_in(self.since), day_in(self.until), ()).on(days.today)
        return chosen.period if way == DAYS and chosen.is_own else days.period.before()

    def _place(self, place: Place, names: Sequence[PlaceName]) -> Place | None:
        """Give the second place: the one that is named, else the first that is not the first side."""
        if self.other:
            return chosen_place(self.visitor, self.hub, self.other).place
        another = next((each for each in names if each.id != place.id), None)
        return chosen_place(self.visitor, self.hub, str(another.id)).place if another else None


def _against(
    visitor: Reader, hub: TheHub, against: str = BEFORE, other: str = "", since: str = "", until: str = ""
) -> Against:
    return Against(visitor, hub, against, other, since, until)


AskedAgainst = Annotated[Against, Depends(_against)]
"""How a route asks for the other side in its address."""


def both_sides(hub: Hub, shown: Standpoint, opposite: Opposite) -> tuple[Side, Side] | None:
    """Work out the figures of both; None where there is nothing to hold the place against."""
    if opposite.place is None or opposite.shares_answers(shown.place, shown.days.period):
        return None
    edition, is_place = shown.edition, opposite.way == PLACE
    return (
        _side(hub, shown.place, shown.days.period, edition, is_place),
        _side(hub, opposite.place, opposite.period, edition, is_place),
    )


def _side(hub: Hub, place: Place, period: Period, edition: Edition, is_place: bool) -> Side:
    words = place.name if is_place else edition.days(period)
    if place.config is None:
        return Side(words, (), None)
    with hub.database.read() as connection:
        source = PlaceSource(connection, place.devices, place.config)
        figures = plain_figures_of(source, place.config, period).questions
    scale = scale_of(place.config.survey.first)
    return Side(words, figures, next((each for each in figures if each.scale == scale), None))
