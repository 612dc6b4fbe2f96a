"""Handing a day on: staff say what and where, and an errand does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.ui.hand_on.errand import Errand
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.views.hand_on import HandOnView, Order, Place


@dataclass(frozen=True)
class HandOn:
    """Asks, hands on, and says what became of it."""

    around: Surroundings

    async def serve(self, today: date) -> str:
        """Hand on what staff want of `today` or the day before; give the sentence that says what became of it.

        Raises StaffGone.
        """
        places = [place for place in Place if place is not Place.PHONE or self.around.config.staff.phone]
        order = await self.around.show(HandOnView(*self.around.view_options, today, places))
        return await self._errand(order).serve() if order else ""

    def _errand(self, order: Order) -> Errand:
        """Give who carries out an order, its libraries loaded only now."""
        if order.place is Place.STICK:
            from kiosk.ui.hand_on.stick import StickErrand

            return StickErrand(self.around, order)
        if order.place is Place.PHONE:
            from kiosk.ui.hand_on.phone import PhoneErrand

            return PhoneErrand(self.around, order)
        from kiosk.ui.hand_on.folder import FolderErrand

        return FolderErrand(self.around, order)
