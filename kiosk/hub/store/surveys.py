"""What a kiosk asks, as it told the hub: the `Config` that figures are worked out and named with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import time
from functools import lru_cache
from typing import Any, cast

from pydantic import ValidationError

from kiosk.config import Config
from kiosk.results.question import scale_of
from kiosk.results.tally import Scale
from kiosk.survey import Question

_KEPT = 512
"""Documents never change: the last ones that were read are kept as what they say."""


@lru_cache(maxsize=_KEPT)
def config_from(document: str, location: str, timezone: str, day_ends_at: time) -> Config | None:
    """Give the configuration of a survey document (JSON), at a location; None for one that this hub cannot read.

    Keys that only a newer kiosk knows are left out. Where the kiosk said nothing of free text, what it asks for is
    asked.
    """
    sections = json.loads(document)
    place = {"location": location, "timezone": timezone, "day_ends_at": day_ends_at.isoformat("minutes")}
    sections["kiosk"] = {**sections.get("kiosk", {}), **place}
    sections.setdefault("privacy", {"free_text": True})
    return _understood(sections)


@lru_cache(maxsize=100_000)
def main_scale(document: str) -> Scale | None:
    """Give the scale of the question that starts every visit; a hundredth of the work of reading the whole document."""
    for asked in json.loads(document).get("question", ()):
        if asked.get("after") is None:
            return _scale(asked)
    return None


def _scale(asked: Mapping[str, Any]) -> Scale | None:
    try:
        return scale_of(Question.model_validate_json(json.dumps(asked)))
    except ValidationError:
        return None


def _understood(sections: dict[str, Any]) -> Config | None:
    try:
        return Config.model_validate_json(json.dumps(sections))
    except ValidationError as refused:
        unknown = [error["loc"] for error in refused.errors() if error["type"] == "extra_forbidden"]
        if not unknown:
            return None
    for place in unknown:
        _leave_out(sections, place)
    try:
        return Config.model_validate_json(json.dumps(sections))
    except ValidationError:
        return None


def _leave_out(sections: dict[str, Any], place: tuple[int | str, ...]) -> None:
    holder: Any = sections
    for step in place[:-1]:
        holder = holder[step]
    cast(dict[str, Any], holder).pop(cast(str, place[-1]), None)
