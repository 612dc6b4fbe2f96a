"""One session for each kiosk."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.tablet.seats import Seats, SeatTaken


async def nothing() -> None:
    """End a session that nobody watches."""


async def test_a_second_page_is_refused_while_the_first_is_there() -> None:
    seats = Seats()
    async with seats.seated("till", "first", nothing):
        assert (seats.state("till", "first"), seats.state("till", "second")) == ("yours", "taken")
        with pytest.raises(SeatTaken):
            async with seats.seated("till", "second", nothing):
                pass
        assert seats.state("till", "first") == "yours"
    assert seats.state("till", "second") == "free"


async def test_kiosks_do_not_share_a_seat() -> None:
    seats = Seats()
    async with seats.seated("till", "first", nothing), seats.seated("door", "second", nothing):
        assert seats.state("door", "second") == "yours"


async def test_a_page_that_comes_back_takes_over_when_its_old_session_has_left() -> None:
    seats, ends, order = Seats(), asyncio.Event(), []

    async def end() -> None:
        ends.set()

    async def old() -> None:
        async with seats.seated("till", "page", end):
            await ends.wait()
            order.append("old is ending")
            await asyncio.sleep(0)
            order.append("old has left")

    first = asyncio.create_task(old())
    await asyncio.sleep(0)
    async with seats.seated("till", "page", nothing):
        order.append("new has begun")
    await first
    assert order == ["old is ending", "old has left", "new has begun"]


async def test_a_session_that_fails_leaves_its_seat() -> None:
    seats = Seats()
    with pytest.raises(ValueError, match="broken"):
        async with seats.seated("till", "page", nothing):
            raise ValueError("broken")
    assert seats.state("till", "other") == "free"
