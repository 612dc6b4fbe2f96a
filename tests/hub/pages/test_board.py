"""Which place needs somebody most."""

from __future__ import annotations

from uuid import uuid4

from kiosk.hub.pages.board import SMALL_SAMPLE, board
from kiosk.hub.store.overview import Standing
from kiosk.results.tally import Scale

FACES = Scale("visit", "smiley", 5)
OTHER_NAME = Scale("store", "smiley", 5)
PROMOTERS = Scale("again", "nps", 11)


def place(name: str, good: int, bad: int, scale: Scale | None = FACES) -> Standing:
    between = (scale.points or 0) - 2 if scale else 0
    return Standing(uuid4(), name, scale, (bad, *[0] * between, good))


def test_few_answers_neither_win_nor_lose_by_luck() -> None:
    many = [place(f"place {share}", 10 * share, 1000 - 10 * share) for share in range(60, 80, 2)]
    (table,) = board([*many, place("lucky", 10, 2), place("unlucky", 7, 5)]).tables
    names = [ranked.name for ranked in table.places]
    assert names[0] == "place 60"
    assert names[-1] == "place 78"


def test_only_a_whole_interval_beside_the_mean_is_clear() -> None:
    (table,) = board(
        [place("low", 300, 700), place("middle", 500, 500), place("high", 700, 300), place("thin", 6, 5)]
    ).tables
    assert {ranked.name: ranked.side for ranked in table.places} == {"low": -1, "middle": 0, "high": 1, "thin": 0}


def test_below_the_small_sample_there_are_counts_alone() -> None:
    made = board([place("thin", SMALL_SAMPLE - 1, 0), place("silent", 0, 0, None), place("enough", SMALL_SAMPLE, 0)])
    assert [(standing.name, n) for standing, n in made.thin] == [("silent", 0), ("thin", SMALL_SAMPLE - 1)]
    assert [ranked.name for ranked in made.tables[0].places] == ["enough"]


def test_only_like_is_ranked_with_like_whatever_the_question_is_called() -> None:
    made = board([place("a", 20, 5), place("b", 15, 5, OTHER_NAME), place("c", 9, 3, PROMOTERS)])
    assert [(table.metric, [each.name for each in table.places]) for table in made.tables] == [
        ("smiley_index", ["a", "b"]),
        ("nps", ["c"]),
    ]
