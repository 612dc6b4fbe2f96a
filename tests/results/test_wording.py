from __future__ import annotations

from kiosk.results.comparison import Standing, Verdict
from kiosk.results.misuse import Mark
from kiosk.results.sample import Sample
from kiosk.results.wording import MARKS, SAMPLES, STANDINGS, VERDICTS


def test_all_that_can_be_said_of_a_figure_has_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(STANDINGS) == set(Standing)
    assert set(MARKS) == set(Mark)
    assert set(SAMPLES) == set(Sample) - {Sample.ENOUGH}
