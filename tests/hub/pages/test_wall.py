"""The live wall: several places on it, and how many browsers may follow it."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse
from urllib.error import HTTPError

import pytest

from kiosk.hub.pages import wall
from tests.hub.pages.conftest import Chain
from tests.hub.pages.visiting import Visitor
from tests.patience import PATIENCE_SECONDS, wait_until


def _cards(page: str) -> list[str]:
    return re.findall(r'<a class="wall-main[^>]*>\s*<h2>([^<]+)</h2>', page)


def test_the_wall_shows_all_places_that_somebody_may_see(chain: Chain) -> None:
    owner = chain.house.person("owner")
    everything = ["Kampin lounaskahvila", "Turku Kauppatori", "Vaasa Rewell"]
    assert _cards(owner.get("/wall").text) == _cards(owner.get("/wall?location=all").text) == everything
    manager = chain.house.person("manager", frozenset({chain.turku.id, chain.vaasa.id}))
    assert _cards(manager.get("/wall").text) == everything[1:]


def test_somebody_with_one_place_has_the_wall_for_it(chain: Chain) -> None:
    page = chain.house.person("viewer", frozenset({chain.turku.id})).get("/wall").text
    assert _cards(page) == []
    assert "Hour by hour" in page
    assert "Choose places" not in page


def test_places_are_chosen_one_by_one_and_stay_chosen(chain: Chain) -> None:
    wanted = f"location={chain.turku.id}&location={chain.kamppi.id}"
    page = chain.house.person("owner").get(f"/wall?{wanted}").text
    assert _cards(page) == ["Turku Kauppatori", "Kampin lounaskahvila"]
    followed = wanted.replace("&", "&amp;")
    assert f'data-live="/wall/events?{followed}"' in page and f'data-part="/wall/part?{followed}"' in page
    assert page.count(" checked>") == 2


def test_one_place_among_several_that_is_not_for_somebodys_eyes_is_not_there(chain: Chain) -> None:
    manager = chain.house.person("manager", frozenset({chain.turku.id}))
    for path in ("/wall", "/wall/part", "/wall/events"):
        assert manager.get(f"{path}?location={chain.turku.id}&location={chain.kamppi.id}").status == 404


def test_each_place_stands_against_its_goal(chain: Chain) -> None:
    page = chain.house.person("owner").get("/wall").text
    assert page.count("goal 78") == 2
    assert "No kiosk here has told yet what it asks" in page


def test_a_wall_has_room_for_so_many_and_says_so(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "MOST_CARDS", 2)
    page = chain.house.person("owner").get("/wall").text
    assert len(_cards(page)) == 2
    assert "2 of 3 places" in page


@contextmanager
def _following(visitor: Visitor, query: str = "") -> Iterator[HTTPResponse]:
    """Follow the wall, once the first event is there."""
    request = urllib.request.Request(f"{visitor.url}/wall/events{query}", headers={"Cookie": f"hub={visitor.cookie}"})
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        assert answer.readline().startswith(b"retry:")
        yield answer


def _answer(visitor: Visitor) -> tuple[int, str]:
    """Try to follow the wall; give the status, and after how long another try makes sense."""
    try:
        with _following(visitor) as answer:
            return answer.status, ""
    except HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Retry-After"]


def test_one_person_cannot_take_every_seat(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain.house.hub.seats, "each", 2)
    greedy, other = chain.house.person("owner"), chain.house.person("owner")
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(_following(greedy))
        status, seconds = _answer(greedy)
        assert status == 503
        assert 15 <= int(seconds) <= 60
        assert greedy.get("/wall/part").status == 200
        stack.enter_context(_following(other))


def test_all_together_have_so_many_seats_and_a_seat_that_is_left_is_free(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    _wait_until_free(chain)
    monkeypatch.setattr(chain.house.hub.seats, "whole", 2)
    one, other, late = (chain.house.person("owner") for _ in range(3))
    with _following(one):
        with _following(other):
            assert _answer(late)[0] == 503
        wait_until(lambda: _answer(late)[0] == 200)


def _wait_until_free(chain: Chain) -> None:
    wait_until(lambda: not chain.house.hub.seats._taken.total())
