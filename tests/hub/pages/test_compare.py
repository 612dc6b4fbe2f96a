"""Two times, or two places: what may be held against what, and what is said of it."""

from __future__ import annotations

import pytest

from tests.hub.pages.conftest import Chain

YEAR = {"days": "own", "from": "2026-01-01", "to": "2026-06-30"}


def _compared(chain: Chain, **query: str) -> str:
    return chain.house.person("owner").get("/compare", location=str(chain.kamppi.id), **query).text


def test_both_times_can_be_chosen_freely(chain: Chain) -> None:
    text = _compared(chain, **YEAR, against="days", since="2026-07-01", until="2026-10-31")
    assert "1 Jan – 30 Jun 2026" in text
    assert "1 Jul – 31 Oct 2026" in text
    assert "No clear difference" in text
    assert 'name="since" value="2026-07-01"' in text and 'name="until" value="2026-10-31"' in text


def test_the_difference_turns_round_with_its_sides(chain: Chain) -> None:
    early = {"from": "2026-01-01", "to": "2026-06-30"}
    one = _compared(chain, days="own", **early, against="days", since="2026-07-01", until="2026-10-31")
    other = _compared(
        chain,
        days="own",
        **{"from": "2026-07-01", "to": "2026-10-31"},
        against="days",
        since="2026-01-01",
        until="2026-06-30",
    )
    turned = str.maketrans("+−", "−+")
    said = [line.partition("(")[0] for text in (one, other) for line in text.splitlines() if "<p>Difference" in line]
    assert said[0].strip().translate(turned) == said[1].strip()


@pytest.mark.parametrize(
    "query",
    [
        {"against": "days", "since": "2026-06-30", "until": "2026-07-31"},
        {"against": "days", "since": "2026-02-01", "until": "2026-02-01"},
        {"against": "year", "from": "2024-12-01"},
    ],
    ids=str,
)
def test_times_that_share_a_day_are_not_compared(chain: Chain, query: dict[str, str]) -> None:
    text = _compared(chain, **{**YEAR, **query})
    assert "The two times share days." in text
    assert "Difference" not in text


@pytest.mark.parametrize("since", ["", "2026-10-01", "x", "2027-01-01"])
def test_without_days_that_make_sense_it_is_the_time_before(chain: Chain, since: str) -> None:
    text = _compared(chain, days="7", against="days", since=since, until="2026-09-01")
    assert "9–15 Nov 2026" in text


def test_the_chosen_times_stay_when_other_days_are_picked(chain: Chain) -> None:
    text = _compared(chain, days="7", against="days", since="2026-08-01", until="2026-08-31")
    assert "against=days&amp;since=2026-08-01&amp;until=2026-08-31&amp;days=28" in text


def test_two_places_are_compared_in_the_same_days(chain: Chain) -> None:
    text = _compared(chain, **YEAR, against="place", other=str(chain.turku.id), since="2026-01-01", until="2026-02-01")
    assert "Kampin lounaskahvila is better than Turku Kauppatori" in text
    assert "share days" not in text
