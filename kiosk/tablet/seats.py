"""One session for each kiosk: a second tablet waits until the first has gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

State = Literal["free", "yours", "taken"]


class SeatTaken(Exception):
    """Another page shows this kiosk."""


@dataclass(slots=True)
class _Seat:
    page: str
    end: Callable[[], Awaitable[object]]
    left: asyncio.Event = field(default_factory=asyncio.Event)


class Seats:
    """Knows which page shows which kiosk. A page names itself by a random word that it makes when it is opened."""

    def __init__(self) -> None:
        """Begin with every seat free."""
        self._seats: dict[str, _Seat] = {}

    def state(self, kiosk: str, page: str) -> State:
        """Tell a page how its kiosk stands."""
        seat = self._seats.get(kiosk)
        if seat is None:
            return "free"
        return "yours" if seat.page == page else "taken"

    @asynccontextmanager
    async def seated(self, kiosk: str, page: str, end: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
        """Hold the seat of a kiosk inside the block; raises SeatTaken where another page has it.

        A page that comes back after a broken connection takes over from itself: `end` of its old session is called,
        and the new one begins when that has left.
        """
        while seat := self._seats.get(kiosk):
            if seat.page != page:
                raise SeatTaken
            await seat.end()
            await seat.left.wait()
        mine = self._seats[kiosk] = _Seat(page, end)
        try:
            yield
        finally:
            del self._seats[kiosk]
            mine.left.set()

    async def end_all(self) -> None:
        """End every session; after return all have left."""
        seats = list(self._seats.values())
        await asyncio.gather(*(seat.end() for seat in seats))
        await asyncio.gather(*(seat.left.wait() for seat in seats))
