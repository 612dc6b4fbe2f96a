"""Comments are searched to the last one, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from kiosk.hub.store.comments import Comment, Cursor, Found, Sought, find_comments
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send

HOW_MANY = 30


@pytest.fixture
def shops(database: Database) -> tuple[Device, Device]:
    """Give two places at which as many customers wrote, three of them always in the same millisecond."""
    both = let_in(database), let_in(database)
    for device in both:
        make = Maker(device.id)
        texts = [f"Jono {number}" if number % 10 else "Ruoka oli HYVÄÄ" for number in range(HOW_MANY)]
        send(
            database,
            device,
            *(
                make.answer(NOON_MS + number // 3, kind="text", question="words", text=text)
                for number, text in enumerate(texts)
            ),
        )
    return both


def walked(database: Database, sought: Sought, most: int = 50, looked_at: int = 1000) -> Iterator[Found]:
    """Search, and go on until there is no more."""
    cursor: Cursor | None = None
    while True:
        with database.read() as connection:
            found = find_comments(connection, sought, cursor, most, looked_at)
        yield found
        cursor = found.goes_on
        if cursor is None:
            return


def ids(comments: list[Comment]) -> list[UUID]:
    return [each.answer_id for each in comments]


@pytest.mark.parametrize("most", [1, 7, 2 * HOW_MANY])
def test_page_by_page_every_comment_comes_once_the_newest_first(
    database: Database, shops: tuple[Device, Device], most: int
) -> None:
    pages = list(walked(database, Sought(), most))
    seen = [comment for page in pages for comment in page.comments]
    assert len(set(ids(seen))) == len(seen) == 2 * HOW_MANY
    assert [each.at_ms for each in seen] == sorted((each.at_ms for each in seen), reverse=True)
    assert not any(page.is_cut for page in pages)
    assert all(len(page.comments) == most for page in pages[:-1])


def test_a_search_stops_after_so_many_and_goes_on_from_there(database: Database, shops: tuple[Device, Device]) -> None:
    pages = list(walked(database, Sought(words="hyvää"), looked_at=8))
    assert sum(len(page.comments) for page in pages) == 6
    assert [page.is_cut for page in pages] == [True] * (len(pages) - 1) + [False]
    assert len(pages) == -(-2 * HOW_MANY // 8)


def test_a_search_that_has_looked_at_all_does_not_go_on(database: Database, shops: tuple[Device, Device]) -> None:
    (page,) = walked(database, Sought(words="nothing"), looked_at=2 * HOW_MANY)
    assert page == Found([], None, False)


def test_only_what_is_sought_is_looked_at(database: Database, shops: tuple[Device, Device]) -> None:
    one, other = shops
    (page,) = walked(database, Sought(seen={one.location_id}, location=one.location_id))
    assert {each.location_id for each in page.comments} == {one.location_id}
    (page,) = walked(database, Sought(seen={one.location_id}, location=other.location_id))
    assert page.comments == []
    (page,) = walked(database, Sought(bounds=(NOON_MS + 1, NOON_MS + 3)))
    assert {each.at_ms for each in page.comments} == {NOON_MS + 1, NOON_MS + 2}
    assert len(page.comments) == 12
