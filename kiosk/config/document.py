"""What a kiosk asks, as its hub has to know it: the sections of kiosk.toml that figures depend on, as plain JSON."""

from __future__ import annotations

from datetime import time
from typing import Any

from kiosk.config.hours import WEEKDAYS
from kiosk.config.sections import Config

_LOCAL = {"database", "allow_volatile"}
"""Keys that are nobody's business but this machine's."""


def survey_document(config: Config) -> dict[str, Any]:
    """Give `[kiosk]`, `[[question]]` and `[results]` in the form that `kiosk check` reads; defaults are left out."""
    document: dict[str, Any] = config.model_dump(
        mode="json", include={"kiosk", "question", "results"}, exclude_none=True, exclude_defaults=True
    )
    kiosk = {name: value for name, value in document.get("kiosk", {}).items() if name not in _LOCAL}
    if "day_ends_at" in kiosk:
        kiosk["day_ends_at"] = f"{config.kiosk.day_ends_at:%H:%M}"
    if config.kiosk.opening_hours.root:
        kiosk["opening_hours"] = {
            f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}": f"{_written(opens)}-{_written(closes)}"
            for days, (opens, closes) in config.kiosk.opening_hours.root.items()
        }
    return {**document, "kiosk": kiosk}


def _written(of_day: time) -> str:
    return "24:00" if of_day == time.max else f"{of_day:%H:%M}"
