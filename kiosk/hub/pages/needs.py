"""What a kiosk needs a hand with, from what it said of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kiosk.hub.store.kiosks import KnownKiosk, Told
from kiosk.words import N_

_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 86_400_000
_MISSED_SYNCS = 3
_WAITING_MS = _HOUR_MS
_REFUSED_MS = 7 * _DAY_MS
"""How long a refusal is worth a person's while; what was refused stays at the kiosk, and on its line."""
_DISK_BYTES = 500_000_000
_HOT_C = 80.0


class Need(NamedTuple):
    """One thing that somebody has to look at."""

    is_grave: bool
    """Answers are in danger, or do not arrive at all."""
    words: str
    """In English, to be translated."""
    values: Mapping[str, int | str]
    """What fills in the `{names}` of the words."""


def needs(kiosk: KnownKiosk, now_ms: int, sync_seconds: int, newest: str = "") -> list[Need]:
    """Give what a kiosk needs, the grave things first; nothing for one that is well, or retired.

    `newest` is the version that the others run.
    """
    if kiosk.retired_ms is not None:
        return []
    found = [*_identity(kiosk), *_silence(kiosk, now_ms, sync_seconds)]
    if kiosk.told:
        found += [*_records(kiosk.told, now_ms), *_machine(kiosk.told), *_software(kiosk.told, newest)]
    return sorted(found, key=lambda need: not need.is_grave)


def usual_version(kiosks: Sequence[KnownKiosk]) -> str:
    """Give the version that most kiosks run; empty without any."""
    versions = Counter(kiosk.told.version for kiosk in kiosks if kiosk.told and kiosk.retired_ms is None)
    return max(versions, key=lambda version: (versions[version], version), default="")


def _identity(kiosk: KnownKiosk) -> Iterator[Need]:
    if kiosk.cloned_ms is not None:
        said = N_(
            "Two kiosks send as this one: its card was copied. Stop the copy, export its answers, move its database "
            "and hub.json away, and connect it by itself."
        )
        yield Need(True, said, {})


def _silence(kiosk: KnownKiosk, now_ms: int, sync_seconds: int) -> Iterator[Need]:
    if kiosk.told is None:
        yield Need(False, N_("It was connected, but has not sent anything yet."), {})
        return
    silent_ms = now_ms - kiosk.told.seen_ms
    if silent_ms > _DAY_MS:
        yield Need(True, N_("Lost: not heard of for {days} days."), {"days": silent_ms // _DAY_MS})
    elif silent_ms > _MISSED_SYNCS * sync_seconds * 1000:
        yield Need(False, N_("Late: not heard of for {minutes} minutes."), {"minutes": silent_ms // _MINUTE_MS})


def _records(told: Told, now_ms: int) -> Iterator[Need]:
    if told.refused_ms is not None and now_ms - told.refused_ms < _REFUSED_MS:
        yield Need(True, N_("{count} records were refused: they are safe at the kiosk."), {"count": told.refused})
    if told.oldest_waiting_ms is not None and now_ms - told.oldest_waiting_ms > _WAITING_MS:
        hours = (now_ms - told.oldest_waiting_ms) // _HOUR_MS
        yield Need(
            False, N_("{count} records wait, the oldest for {hours} hours."), {"count": told.waiting, "hours": hours}
        )


def _machine(told: Told) -> Iterator[Need]:
    if told.disk_free_bytes is not None and told.disk_free_bytes < _DISK_BYTES:
        yield Need(
            True,
            N_("The disk is nearly full: {megabytes} MB are left."),
            {"megabytes": told.disk_free_bytes // 1_000_000},
        )
    if abs(told.offset_ms) > _MINUTE_MS:
        yield Need(
            False, N_("Its clock is {minutes} minutes off."), {"minutes": round(abs(told.offset_ms) / _MINUTE_MS)}
        )
    elif told.clock_state != "synced":
        yield Need(False, N_("No network has set its clock."), {})
    if told.temperature_c is not None and told.temperature_c > _HOT_C:
        yield Need(False, N_("It is hot: {degrees} °C."), {"degrees": round(told.temperature_c)})


def _software(told: Told, newest: str) -> Iterator[Need]:
    if told.config_failure is not None:
        yield Need(False, N_("It could not use its new configuration: {reason}"), {"reason": told.config_failure})
    if newest and told.version != newest:
        values = {"version": told.version, "usual": newest}
        yield Need(False, N_("It runs version {version}, most others run {usual}."), values)
    for problem in told.problems:
        yield Need(False, problem, {})
