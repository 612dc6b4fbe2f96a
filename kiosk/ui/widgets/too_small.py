"""What a screen says that is too small for anything else."""

from __future__ import annotations

from kiosk.ui.look import Look
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.words import N_, words


class TooSmall(Paragraph):
    """Covers a view, which waits below as it is until the screen has room for it again."""

    def __init__(self, look: Look, language: str) -> None:
        """Say it in a language."""
        super().__init__(look, side="middle", id="too-small")
        self.speak(language)

    def speak(self, language: str) -> None:
        """Say it in another language."""
        self.text = words(language)(N_("This screen is too small. Please make the window larger."))
