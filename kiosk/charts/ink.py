"""Colours of charts on white paper: told apart by people who see no red or green, and as greys by lightness."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inks:
    """What each colour is for."""

    ink: str = "#1d2529"
    """What is read first."""
    soft: str = "#586067"
    """What is read second; 6:1 on white."""
    rule: str = "#cfcac0"
    """Thin lines and scales."""
    wash: str = "#f3efe7"
    """Grounds that only hold things together."""
    accent: str = "#14606b"
    """The shop's colour."""
    moods: tuple[str, str, str, str, str] = ("#dd6236", "#f0a878", "#ecdcb2", "#9ccbc4", "#3f9ca3")
    """From the worst to the best: orange to blue-green, the middle lightest."""

    def mood(self, share: float) -> str:
        """Give the colour of a mood from 0 (very bad) to 1 (very good)."""
        steps = len(self.moods) - 1
        lower = min(int(share * steps), steps - 1)
        return blend(self.moods[lower], self.moods[lower + 1], share * steps - lower)


def blend(one: str, other: str, share: float) -> str:
    """Mix two colours, `#rrggbb`: `share` 0 gives the first, 1 the second."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
