"""What every way of handing files on shares: the order, trying again, and the files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.export.day import DayFiles
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.views.hand_on import Order
from kiosk.words import N_


@dataclass(frozen=True)
class Errand(ABC):
    """One order, carried out."""

    around: Surroundings
    order: Order

    async def serve(self) -> str:
        """Hand on; whatever fails is told, and may be tried again. Gives a sentence for the staff's page."""
        return await self.around.until_done(self.attempt)

    @abstractmethod
    async def attempt(self) -> str:
        """Hand on once. Raises KioskError and StaffGone."""

    @property
    def files(self) -> DayFiles:
        """Give what makes the files."""
        around = self.around
        now_ms = around.look.clock.now().at_ms
        return DayFiles(around.database, around.config, self.order.day, around.language, now_ms)

    def saved(self, names: Sequence[str]) -> str:
        """Say which files are there now."""
        return self.around.say(N_("Saved: {path}")).format(path=", ".join(names))
