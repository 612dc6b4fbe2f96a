"""Places side by side: luck must not win, and what is clear must stay clear."""

from __future__ import annotations

from random import Random

import pytest

from kiosk.results.question import figure_in_order, values_of
from kiosk.results.shrinkage import scores, shrinkage
from kiosk.results.tally import Scale

SMILEY = Scale("visit", "smiley", 5)
SUCCESS = Scale("done", "success", 3)


@pytest.mark.parametrize(
    "scale",
    [
        SMILEY,
        Scale("q", "smiley", 3),
        Scale("q", "nps", 11),
        Scale("q", "ces", 7),
        Scale("q", "csat", 5),
        SUCCESS,
    ],
)
def test_a_figure_is_the_mean_of_its_scores(scale: Scale) -> None:
    random = Random(1)
    counts = [random.randint(0, 40) for _ in values_of(scale)]
    mean = sum(score * n for score, n in zip(scores(scale), counts, strict=True)) / sum(counts)
    figure = figure_in_order(scale, counts)
    assert figure is not None
    assert figure.value == pytest.approx(mean)


def test_the_estimators_are_those_of_the_paper() -> None:
    """Two places, worked by hand: shares 0.2 of 10 and 0.6 of 30, in points."""
    drawn = shrinkage(SUCCESS, [(8, 0, 2), (12, 0, 18)])
    assert drawn is not None
    within = (10 * 0.2 * 0.8 + 30 * 0.6 * 0.4) / 38
    between = (10 * (0.2 - 0.5) ** 2 + 30 * (0.6 - 0.5) ** 2 - within) / (40 - (100 + 900) / 40)
    k = within / between
    first, second = 10 / (10 + k), 30 / (30 + k)
    assert drawn.weight == pytest.approx(k)
    assert drawn.mean == pytest.approx(100 * (first * 0.2 + second * 0.6) / (first + second))


def test_few_answers_are_drawn_further_than_many() -> None:
    places = [(60 - step, 0, 0, 0, 40 + step) for step in range(0, 50, 10)]
    drawn = shrinkage(SMILEY, places)
    assert drawn is not None
    assert abs(drawn.shrunk(0.0, 10) - drawn.mean) < abs(drawn.shrunk(0.0, 1000) - drawn.mean)
    assert drawn.share(0) == 0


def test_places_that_differ_by_chance_alone_are_all_drawn_to_the_mean() -> None:
    drawn = shrinkage(SMILEY, [(0, 50, 0, 50, 0)] * 6)
    assert drawn is not None
    assert drawn.weight is None
    assert drawn.shrunk(12.0, 5) == drawn.mean


def test_shrunk_figures_are_nearer_to_the_truth_than_bare_ones() -> None:
    random = Random(7)
    truths = [random.uniform(0.4, 0.9) for _ in range(200)]
    sizes = [random.randint(10, 60) for _ in truths]
    places = []
    for truth, size in zip(truths, sizes, strict=True):
        yes = sum(random.random() < truth for _ in range(size))
        places.append((size - yes, 0, yes))
    drawn = shrinkage(SUCCESS, places)
    assert drawn is not None
    bare = [100 * place[2] / size for place, size in zip(places, sizes, strict=True)]
    shrunk = [drawn.shrunk(value, size) for value, size in zip(bare, sizes, strict=True)]
    assert _error(shrunk, truths) < 0.85 * _error(bare, truths)


def test_nothing_is_learned_without_an_answer() -> None:
    assert shrinkage(SMILEY, []) is None
    assert shrinkage(SMILEY, [(0, 0, 0, 0, 0)]) is None
    alone = shrinkage(SMILEY, [(0, 0, 0, 0, 1)])
    assert alone is not None
    assert (alone.mean, alone.weight) == (100.0, None)


def _error(values: list[float], truths: list[float]) -> float:
    return sum((value - 100 * truth) ** 2 for value, truth in zip(values, truths, strict=True))
