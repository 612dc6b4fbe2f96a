"""Instants as the hub's pages write them: in the time of the machine that it runs on."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.formats import day_words, time_words


def instant_words(at_ms: int, language: str) -> str:
    """Write a day and a time of day: `22.11.2026 18.04`."""
    local = local_time(at_ms)
    return f"{day_words(local.date(), language)} {time_words(local, language)}"


def local_time(at_ms: int) -> datetime:
    """Give an instant in the time of the machine."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone()
