"""Instants as files show them: as text, or as the date and time on the shop's wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - on whose wall, the zone's offset says
_HOUR_MS = 3_600_000
_SECONDS = [f"{second // 60:02}:{second % 60:02}." for second in range(3600)]
_THOUSANDTHS = [f"{number:03}" for number in range(1000)]
"""Digits looked up and not worked out: two times in each of a million rows must cost next to nothing."""
_STEADY_MS = 900_000
"""A zone's offset changes only at the ends of these: quarters of an hour, in all zones since 1973."""


class WallClock:
    """Writes UTC milliseconds as a clock in one zone showed them; made for millions of them."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Keep to a zone's offsets, its daylight saving among them."""
        self._zone = zone
        self._offset = lru_cache(maxsize=4096)(self._look_up)

    def texts(self, instants: Iterable[int]) -> list[str]:
        """Write instants as `2026-11-22T12:05:07.250+02:00`."""
        texts: list[str] = []
        known = None
        for at_ms in instants:
            if (quarter := at_ms // _STEADY_MS) != known:
                offset_ms, words = self._offset(known := quarter)
            wall_ms = at_ms + offset_ms
            second, thousandth = _SECONDS[wall_ms // 1000 % 3600], _THOUSANDTHS[wall_ms % 1000]
            texts.append(f"{_hour(wall_ms // _HOUR_MS)}{second}{thousandth}{words}")
        return texts

    def on_the_wall(self, at_ms: int) -> int:
        """Give what the clock showed, as milliseconds since it showed the beginning of 1970."""
        return at_ms + self._offset(at_ms // _STEADY_MS)[0]

    def _look_up(self, quarter: int) -> tuple[int, str]:
        local = datetime.fromtimestamp(quarter * _STEADY_MS / 1000, UTC).astimezone(self._zone)
        offset = local.utcoffset() or timedelta()
        return offset // timedelta(milliseconds=1), local.isoformat()[len("2026-11-22T12:00:00") :]


def utc_texts(instants: Iterable[int]) -> list[str]:
    """Write instants as `2026-11-22T10:05:07.250Z`."""
    return [
        f"{_hour(at_ms // _HOUR_MS)}{_SECONDS[at_ms // 1000 % 3600]}{_THOUSANDTHS[at_ms % 1000]}Z" for at_ms in instants
    ]


@lru_cache(maxsize=4096)
def _hour(number: int) -> str:
    return (_EPOCH + timedelta(hours=number)).strftime("%Y-%m-%dT%H:")
