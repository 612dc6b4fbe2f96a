"""Records as a counter makes them at a moment: a happy smiley unless told otherwise, and any field can be given."""

from __future__ import annotations

from typing import Any

from kiosk.answer import Answer, Outcome, Visit, new_id
from kiosk.clock import Moment


def shared_at(moment: Moment, **fields: Any) -> dict[str, Any]:
    """Give what the records of one visit have in common."""
    usual = {
        "visit_id": new_id(moment),
        "at_ms": moment.at_ms,
        "boot_id": moment.boot_id,
        "boot_ms": moment.boot_ms,
        "clock_state": moment.state,
        "survey_revision": "0123456789ab",
        "language": "fi",
        "layout": "80x24 light",
        "touchpoint": "kassa",
    }
    return {**usual, **fields}


def answer_at(moment: Moment, **fields: Any) -> Answer:
    """Make an answer: 4 of 5 faces, or one of the kind that is given, to a question of that name."""
    scale = {"question": "visit", "kind": "smiley", "points": 5, "value": 4}
    if "kind" in fields:
        scale = {"question": fields["kind"], "points": None}
    return Answer(**{"id": new_id(moment), **shared_at(moment), **scale, **fields})


def visit_at(moment: Moment, **fields: Any) -> Visit:
    """Make the end of a visit."""
    return Visit(**{"id": new_id(moment), **shared_at(moment), "outcome": Outcome.COMPLETE, **fields})
