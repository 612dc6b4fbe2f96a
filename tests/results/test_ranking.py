from __future__ import annotations

from kiosk.results.question import QuestionFigures, question_figures
from kiosk.results.ranking import ranked
from kiosk.results.tally import Counts, Scale


def touchpoint(name: str, hits: int, n: int) -> QuestionFigures:
    counts = Counts(name, n=n)
    counts.values.update({"1": n - hits, "5": hits})
    return question_figures(Scale(name, "csat", 5), counts, (), 10)


def test_touchpoints_are_ranked_with_what_their_order_is_worth() -> None:
    till, queue, door, sign = (
        *(touchpoint("till", 90, 100), touchpoint("queue", 40, 100)),
        *(touchpoint("door", 85, 100), touchpoint("sign", 9, 9)),
    )
    (table,) = ranked([sign, queue, till, door])
    assert [(row.question.touchpoint, row.rank, row.best, row.worst) for row in table] == [
        *[("till", 1, 1, 2), ("door", 2, 1, 2), ("queue", 3, 3, 3), ("sign", None, None, None)]
    ]
    assert table[0].as_json()["worst_rank"] == 2


def test_equal_figures_share_their_rank() -> None:
    (table,) = ranked([touchpoint("till", 50, 100), touchpoint("queue", 50, 100), touchpoint("door", 10, 100)])
    assert [row.rank for row in table] == [1, 1, 3]


def test_each_scale_has_its_own_table_and_choices_have_none() -> None:
    counts = Counts("till", n=20)
    counts.values["5"] = 20
    smiley = question_figures(Scale("visit", "smiley", 5), counts, (), 10)
    choice = question_figures(Scale("why", "choice", None), Counts("till", n=20), ("queue",), 10)
    assert [len(table) for table in ranked([smiley, choice, touchpoint("till", 5, 10)])] == [1, 1]
