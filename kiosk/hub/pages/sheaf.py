"""Which of many places a page shows: a search, an order, and fifty at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from kiosk.hub.pages.board import Ranked, Table
from kiosk.words import N_

_A_PAGE = 50
ORDERS = {"act": N_("Where to act first"), "best": N_("The best first"), "name": N_("By name")}


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The places of one page, and which of how many pages it is."""

    places: Sequence[Ranked]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for."""

    search: str
    order: str
    metric: str
    page: int
    others: tuple[tuple[str, str], ...]
    """What else the address says."""

    def matches(self, name: str) -> bool:
        """Tell whether a place is searched for."""
        return self.search.casefold() in name.casefold()

    def table_of(self, tables: Sequence[Table]) -> Table | None:
        """Choose the metric that is asked for, else the one that most places have."""
        return next((table for table in tables if table.key == self.metric), tables[0] if tables else None)

    def sheaf(self, places: Sequence[Ranked]) -> Sheaf:
        """Choose the places of one page; they come with the one that needs somebody most first."""
        found = [place for place in places if self.matches(place.name)] if self.search else list(places)
        if self.order == "best":
            found.reverse()
        elif self.order == "name":
            found.sort(key=lambda place: place.name.casefold())
        pages = max(1, -(-len(found) // _A_PAGE))
        page = min(max(1, self.page), pages)
        return Sheaf(found[(page - 1) * _A_PAGE : page * _A_PAGE], page, pages)

    def link(self, **changed: str | int) -> str:
        """Give the address of the same page with something changed."""
        said = {"q": self.search, "order": self.order, "metric": self.metric, "page": ""}
        said |= {name: str(value) for name, value in changed.items()}
        return f"?{urlencode([*self.others, *((name, value) for name, value in said.items() if value)])}"

    def orders(self) -> list[tuple[str, str, bool]]:
        """Give the orders there are: the value, the words in English, and whether it is the one shown."""
        return [(order, words, order == self.order) for order, words in ORDERS.items()]


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    order, page = query.get("order", "act"), query.get("page", "1")
    others = tuple((name, value) for name, value in query.multi_items() if name in ("days", "from", "to"))
    return Wanted(
        query.get("q", "").strip(),
        order if order in ORDERS else "act",
        query.get("metric", ""),
        int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
        others,
    )


WantedPlaces = Annotated[Wanted, Depends(_wanted)]
"""How a route asks for the places in its address."""
