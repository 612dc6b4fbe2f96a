"""What staff read of metrics, visits, verdicts, samples and marks, for translation."""

from __future__ import annotations

from kiosk.answer import Outcome
from kiosk.results.comparison import Standing, Verdict
from kiosk.results.misuse import Mark
from kiosk.results.sample import Sample
from kiosk.words import N_

METRICS = {
    "smiley_index": N_("Smiley index, 0 to 100"),
    "nps": N_("Net Promoter Score, −100 to 100"),
    "ces": N_("How easy it was, 1 to 7"),
    "csat": N_("Satisfied customers, per cent"),
    "success": N_("Got done what they came for, per cent"),
}
"""What people call each metric, with its scale."""

OUTCOMES = {
    Outcome.COMPLETE: N_("to the end"),
    Outcome.SKIPPED: N_("follow-up skipped"),
    Outcome.TIMED_OUT: N_("time ran out"),
    Outcome.LEFT: N_("cut short"),
}
"""How visits ended."""

VERDICTS: dict[Verdict, str] = {
    Verdict.BETTER: N_("Better"),
    Verdict.WORSE: N_("Worse"),
    Verdict.NO_CLEAR_CHANGE: N_("No clear change"),
    Verdict.TOO_FEW: N_("Too few answers"),
}

STANDINGS: dict[Standing, str] = {
    Standing.ABOVE: N_("Above the goal"),
    Standing.BELOW: N_("Below the goal"),
    Standing.NOT_CLEAR: N_("Neither clearly above nor below the goal"),
    Standing.TOO_FEW: N_("Too few answers"),
}

SAMPLES: dict[Sample, str] = {
    Sample.COUNTS_ONLY: N_("Too few answers"),
    Sample.FEW: N_("Few answers"),
}
"""What to warn of; nothing where there are answers enough."""

MARKS: dict[str, str] = {
    Mark.BURST: N_("Many answers at once"),
    Mark.STREAK: N_("The same answer many times in a row"),
    Mark.CLOSED: N_("Given while closed"),
    Mark.STAFF_TEST: N_("Given just after staff"),
    Mark.HAMMER: N_("Many touches beside the buttons"),
}
"""Why an answer is doubtful."""
