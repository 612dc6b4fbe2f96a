"""Which pictures are worth looking at: every screen, every size, every theme, but not each with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from tests.gallery.camera import Shot, keys
from tests.gallery.scenes import (
    LARGE,
    LOW,
    SIZES,
    TABLE,
    TO_THANKS,
    UPRIGHT,
    claim,
    corner,
    hard_moments,
    kinds,
    lunch,
    said,
    staff,
    tablets,
    themes,
    visit,
)
from tests.gallery.surveys import KINDS, WORDY, corner_shop
from tests.real.xterm import VirtualScreen


class Takeable(Protocol):
    """Something that can be photographed."""

    @property
    def caption(self) -> str:
        """What stands above the picture."""

    def taken(self, screen: VirtualScreen) -> Image.Image:
        """Take the picture."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pictures that are looked at together."""

    title: str
    look_for: str
    shots: Sequence[Takeable]


def sheets() -> dict[str, Sheet]:
    """Give the sheets by their names."""
    return {
        "sizes": Sheet(
            "The question of the lunch café at every size",
            "Composed at each, not stretched: nothing tiny, nothing crowded, faces as large as there is room.",
            [lunch(size) for size in SIZES],
        ),
        "kinds": Sheet(
            "Every kind of question, 80 x 24",
            "What can be tapped is seen at once; words and figures have the size of their buttons.",
            kinds(TABLE, *KINDS),
        ),
        "low": Sheet(
            "Every kind on the smallest screen, 50 x 15, in half blocks; and one that is too small",
            "Nothing is cut off or touches its edge; faces are told apart.",
            [*kinds(LOW, *KINDS, pixels=False), lunch((20, 5), "20 x 5", pixels=False)],
        ),
        "upright": Sheet(
            "Upright screens, 45 x 80",
            "The height is used; distances are even; all that can be tapped is within reach of one hand.",
            kinds(UPRIGHT, "three faces", "nps", "effort", "satisfaction", "several choices", "words"),
        ),
        "large": Sheet(
            "Large screens, 160 x 50",
            "Words grow with the screen: all of them are read from two metres.",
            kinds(LARGE, "nps", "satisfaction", "success", "choice", "several choices", "words"),
        ),
        "thanks": Sheet(
            "The thanks at every size, with an invitation and without",
            "The code is large enough for a phone; the words are never behind it.",
            [
                *(lunch(size, steps=TO_THANKS) for size in SIZES),
                *(corner("success", size, "without invitation", keys("1")) for size in (TABLE, LOW, UPRIGHT)),
            ],
        ),
        "visit": Sheet(
            "A visit: follow-up, change, the end of patience, another language, focus, trouble",
            "Each screen says what happens and what to do; the focus is unmistakable.",
            [*visit(TABLE), *hard_moments(LOW), *hard_moments(UPRIGHT)],
        ),
        "themes": Sheet(
            "Dark, contrast, a shop's own accent, private; in pixels and in half blocks",
            "The same screen in other colours: nothing vanishes, and privately no colour tells an answer.",
            themes(),
        ),
        "terminals": Sheet(
            "Sixteen colours, and half blocks",
            "Still a kiosk: faces smile, letters are whole.",
            [
                *(
                    lunch(TABLE, "16 colours", steps, pixels=False, term="xterm-16color")
                    for steps in ((), TO_THANKS[:1], TO_THANKS)
                ),
                *(lunch(size, pixels=False) for size in (TABLE, (66, 20), LARGE, UPRIGHT)),
            ],
        ),
        "staff": Sheet(
            "Behind the staff door",
            "Figures in columns, keys for fingers, every sentence whole.",
            [*claim(TABLE), *staff(TABLE), *staff(LOW), *staff(UPRIGHT)],
        ),
        "words": Sheet(
            "Long words and many languages",
            "Words break where they may; every language can be reached.",
            [
                Shot(f"{name}, {said(size)}", size, corner_shop(asked))
                for size in (TABLE, LOW, UPRIGHT)
                for name, asked in WORDY.items()
            ],
        ),
        "tablet": Sheet(
            "The page for tablets in Chromium",
            "The kiosk fills the page to its edges; the notice is calm.",
            tablets(),
        ),
    }
