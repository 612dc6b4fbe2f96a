"""The page of what customers wrote."""

from __future__ import annotations

import re
from functools import partial

import pytest

from kiosk.hub.pages import comments
from kiosk.hub.store.comments import LOOKED_AT, find_comments
from tests.hub.pages.conftest import Chain


def _answers(page: str) -> list[str]:
    return re.findall('name="answer" value="([^"]+)"', page)


def _onward(page: str) -> str:
    """Give the address of the link at the end of the page; empty without one."""
    found = re.search(r'class="button second" href="(\?[^"]*after=[^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def test_all_comments_of_the_days_are_reached_page_by_page(chain: Chain) -> None:
    owner = chain.house.person("owner")
    path, seen = f"?location={chain.turku.id}&days=own&from=2026-01-01&to=2026-11-22", list[str]()
    while path:
        page = owner.get(f"/comments{path}").text
        assert "Kampin" not in page.partition("</form>")[2].partition('<ol class="comments">')[2]
        seen += _answers(page)
        path = _onward(page)
    assert len(seen) == len(set(seen)) > 50
    everything = owner.get(f"/comments?location={chain.turku.id}").text
    assert _answers(everything) == seen[:50]


def test_only_comments_of_the_chosen_days_are_shown(chain: Chain) -> None:
    page = chain.house.person("owner").get("/comments", days="own", **{"from": "2026-02-01", "to": "2026-02-28"}).text
    times = re.findall("<time>([^<]+)</time>", page)
    assert times and all("Feb" in time or "02/2026" in time for time in times)


def test_a_long_search_says_how_far_it_came_and_goes_on(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "find_comments", partial(find_comments, looked_at=5))
    owner = chain.house.person("owner")
    page = owner.get("/comments", q="no such words", days="all").text
    assert f"Looked through {LOOKED_AT:,} comments, back to " in page
    assert "No comment holds these words." not in page
    further = _onward(page)
    assert "q=no+such+words" in further and "days=all" in further
    assert _onward(owner.get(f"/comments{further}").text) not in ("", further)


@pytest.mark.parametrize("after", ["x", "1.x", "x.00000000-0000-0000-0000-000000000000", "²." + "0" * 32, "9" * 40])
def test_a_place_to_go_on_from_that_makes_no_sense_is_let_be(chain: Chain, after: str) -> None:
    owner = chain.house.person("owner")
    assert _answers(owner.get("/comments", after=after).text) == _answers(owner.get("/comments").text)
