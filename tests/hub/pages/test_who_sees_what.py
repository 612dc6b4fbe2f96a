"""Every page, and everybody who might come: what is not for somebody's eyes does not exist for them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from kiosk.hub.pages import comments, compare, connecting, export, heat_map, kiosks, location, overview, wall
from tests.hub.pages.conftest import Chain

PAGES = (
    "/",
    "/locations/{}",
    "/heat-map?location={}",
    "/compare?location={}",
    "/comments?location={}",
    "/kiosks",
    "/export?location={}",
    "/export/file?location={}&format=csv",
    "/wall?location={}",
    "/wall/part?location={}",
)
ABOUT_A_PLACE = tuple(page for page in PAGES if "{}" in page)
NOT_FOR_VIEWERS = ("/kiosks/connect",)


def test_the_table_holds_every_route_that_is_read() -> None:
    parts = (comments, compare, connecting, export, heat_map, kiosks, location, overview, wall)
    routes = {route.path for part in parts for route in part.router.routes if "GET" in route.methods}
    named = {page.partition("?")[0].replace("{}", "{location_id}") for page in (*PAGES, *NOT_FOR_VIEWERS)}
    assert routes - named == {"/wall/events"}


@pytest.mark.parametrize("page", [*PAGES, "/kiosks/connect", "/wall/events"])
def test_a_stranger_is_sent_to_the_door(chain: Chain, page: str) -> None:
    answer = chain.house.stranger().get(page.format(chain.kamppi.id))
    assert answer.status == 303
    assert answer.headers["Location"].startswith("/sign-in")
    assert "Kampin" not in answer.text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["owner", "manager"])
def test_who_may_see_a_place_sees_its_pages(chain: Chain, page: str, role: str) -> None:
    visitor = (
        chain.house.person("owner") if role == "owner" else chain.house.person("manager", frozenset({chain.kamppi.id}))
    )
    answer = visitor.get(page.format(chain.kamppi.id))
    assert answer.status == 200
    assert "Kampin" in answer.text or "/export/file" in page


@pytest.mark.parametrize("page", ABOUT_A_PLACE)
def test_another_place_does_not_exist_for_a_manager(chain: Chain, page: str) -> None:
    visitor = chain.house.person("manager", frozenset({chain.kamppi.id}))
    answer = visitor.get(page.format(chain.turku.id))
    assert answer.status == 404
    assert "Turku" not in answer.text


def test_another_place_cannot_be_watched_live(chain: Chain) -> None:
    visitor = chain.house.person("viewer", frozenset({chain.kamppi.id}))
    assert visitor.get("/wall/events", location=str(chain.turku.id)).status == 404


def test_another_place_cannot_be_the_other_side_of_a_comparison(chain: Chain) -> None:
    visitor = chain.house.person("manager", frozenset({chain.kamppi.id}))
    wanted = {"location": str(chain.kamppi.id), "against": "place"}
    assert visitor.get("/compare", other=str(chain.turku.id), **wanted).status == 404
    assert visitor.get("/compare", other="Turku", **wanted).status == 404


@pytest.mark.parametrize("page", [page for page in PAGES if "{}" not in page])
def test_pages_of_many_places_hold_those_alone_that_somebody_may_see(chain: Chain, page: str) -> None:
    visitor = chain.house.person("viewer", frozenset({chain.kamppi.id}))
    text = visitor.get(page).text
    assert "Kampin" in text
    assert "Turku" not in text
    assert "Vaasa" not in text


@pytest.mark.parametrize("page", NOT_FOR_VIEWERS)
def test_a_viewer_lets_nobody_in(chain: Chain, page: str) -> None:
    visitor = chain.house.person("viewer", frozenset({chain.kamppi.id}))
    assert visitor.get(page.format(chain.kamppi.id)).status == 403
    assert f'href="{page.partition("?")[0]}' not in visitor.get("/").text


def test_a_viewer_reads_comments_and_erases_none(chain: Chain) -> None:
    viewer = chain.house.person("viewer", frozenset({chain.turku.id}))
    page = viewer.get("/comments")
    assert "Jono eteni hitaasti." in page.text
    assert "erase" not in page.text
    assert viewer.post("/comments/erase", answer=str(uuid4())).status == 403


def test_a_manager_erases_comments_of_own_places_alone(chain: Chain) -> None:
    manager = chain.house.person("manager", frozenset({chain.turku.id}))
    stranger = chain.house.person("manager", frozenset({chain.kamppi.id}))
    before = _answers_on(manager.get("/comments").text)
    assert stranger.post("/comments/erase", answer=before[0]).status == 303
    assert before[0] in _answers_on(manager.get("/comments").text)
    assert manager.post("/comments/erase", answer=before[0]).status == 303
    assert before[0] not in _answers_on(manager.get("/comments").text)


def _answers_on(page: str) -> list[str]:
    return re.findall('name="answer" value="([^"]+)"', page)


def test_a_viewers_file_holds_no_words_of_customers(chain: Chain) -> None:
    seen = frozenset({chain.kamppi.id})
    wanted = {"location": str(chain.kamppi.id), "days": "own", "from": "2026-01-01", "to": "2026-11-22", "words": "1"}
    assert "Jono eteni" in chain.house.person("manager", seen).get("/export/file", **wanted).text
    assert "Jono eteni" not in chain.house.person("viewer", seen).get("/export/file", **wanted).text


def test_words_are_in_a_file_only_if_somebody_asks_for_them(chain: Chain) -> None:
    wanted = {"location": str(chain.kamppi.id), "days": "own", "from": "2026-01-01", "to": "2026-11-22"}
    assert "Jono eteni" not in chain.house.person("owner").get("/export/file", **wanted).text


def test_a_manager_retires_only_kiosks_of_own_places(chain: Chain) -> None:
    own = chain.builder.let_in(chain.vaasa, "Kassa 8")
    manager = chain.house.person("manager", frozenset({chain.vaasa.id}))
    stranger = chain.house.person("manager", frozenset({chain.kamppi.id}))
    viewer = chain.house.person("viewer", frozenset({chain.vaasa.id}))
    path = f"/kiosks/{own.id}/retire"
    assert (stranger.post(path).status, viewer.post(path).status) == (404, 403)
    assert "retired" not in manager.get("/kiosks", q="Kassa 8").text
    assert manager.post(path).status == 303
    assert "retired 22/11/2026" in manager.get("/kiosks", q="Kassa 8").text


def test_a_manager_connects_kiosks_to_own_places_alone(chain: Chain) -> None:
    manager = chain.house.person("manager", frozenset({chain.vaasa.id}))
    assert "Code for Vaasa Rewell" in manager.post("/kiosks/connect", place="Vaasa Rewell").text
    assert manager.post("/kiosks/connect", place="Turku Kauppatori").status == 422
    assert manager.post("/kiosks/connect", new="Rauma", zone="Europe/Helsinki").status == 422
    owner = chain.house.person("owner")
    assert "Code for Rauma" in owner.post("/kiosks/connect", new="Rauma", zone="Europe/Helsinki").text
    assert owner.post("/kiosks/connect", new="Pori", zone="Europe/Nowhere").status == 422
    assert owner.post("/kiosks/connect").status == 422
