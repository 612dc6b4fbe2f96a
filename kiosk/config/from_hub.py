"""What a hub may say in a kiosk's configuration, and how that goes over the kiosk's own file.

A hub's text is a whole kiosk.toml that stands for itself, without the keys that belong to the machine and its place:
where files lie, where records go, who gets in. At the kiosk it goes over the local file key by key; a list, such as
[[question]], takes the place of the local one as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.config.findings import Findings

SETTABLE: Mapping[str, frozenset[str] | None] = {
    "kiosk": frozenset({"location", "languages", "opening_hours", "follow_ups", "thanks_seconds", "idle_seconds"}),
    "question": None,
    "review": None,
    "look": frozenset({"theme", "accent", "motion", "private"}),
    "results": None,
    "privacy": None,
}
"""The sections that a hub may set, and their keys; None for all of them."""


def check_settable(data: Mapping[str, Any], findings: Findings) -> None:
    """Note every key that only the kiosk's own file may set."""
    for section, content in data.items():
        if section not in SETTABLE:
            findings.error((section,), _OWN)
        for key in _own_keys(section, content):
            findings.error((section, key), _OWN)


def settable(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a hub may set of what it says."""
    kept = {section: content for section, content in data.items() if section in SETTABLE}
    for section, content in kept.items():
        if own := _own_keys(section, content):
            kept[section] = {key: value for key, value in content.items() if key not in own}
    return kept


def laid_over(own: Mapping[str, Any], from_hub: Mapping[str, Any]) -> dict[str, Any]:
    """Give the kiosk's own sections with what the hub says in them."""
    merged = dict(own)
    for section, content in from_hub.items():
        local = own.get(section)
        if isinstance(content, Mapping) and isinstance(local, Mapping):
            merged[section] = {**local, **content}
        else:
            merged[section] = content
    return merged


def _own_keys(section: str, content: Any) -> list[str]:
    allowed = SETTABLE.get(section)
    if allowed is None or not isinstance(content, Mapping):
        return []
    return [key for key in content if key not in allowed]


_OWN = "is the kiosk's own to set, in its kiosk.toml; a hub cannot"
