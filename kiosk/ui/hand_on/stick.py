"""Handing on to a USB stick: it is waited for, and may be pulled only once it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.device.mounts import Mounts, Udisks
from kiosk.device.sticks import NoStick, find_volume
from kiosk.errors import FileNotWritten
from kiosk.handover.packing import empty_parcels, fill
from kiosk.handover.parcel import Parcel
from kiosk.handover.stick import Handed, put_on_stick
from kiosk.ui.hand_on.errand import Errand
from kiosk.ui.keeper import in_thread
from kiosk.ui.surroundings import CANCEL, Share
from kiosk.ui.views.errand import ErrandView
from kiosk.words import N_, Translate

_LOOK_SECONDS = 1.0
_LOOKS = 3
"""A stick that has only just come in looks unfit until the system has read it; this often, it is unfit."""
_MADE = 0.2
"""Share of the whole work after which the files are made and go onto the stick."""


class StickErrand(Errand):
    """Puts files on the stick that is in the kiosk, or comes in."""

    async def attempt(self) -> str:
        """Wait for a stick, make the files, and put them on it."""
        mounts = Udisks()
        waiting = ErrandView(*self.around.view_options, _wanted, [CANCEL])
        if not await self.around.watch(waiting, self._found(mounts)):
            return ""
        with empty_parcels(self.files, self.order.formats, self.around.database.parent) as parcels:
            share = Share()
            writing = N_("Writing to the stick. Do not remove it …")
            try:
                handed = await self.around.work(writing, self._written(parcels, mounts, share), share)
            except FileNotWritten:
                if share.done == 1.0:  # all is on the stick, which only could not be closed
                    await self.around.note([parcel.name for parcel in parcels])
                raise
        await self.around.note(handed.names)
        await self.around.tell(lambda say: [say(N_("You can remove the stick.")), *handed.names], ("ok", N_("OK")))
        return self.saved(handed.names)

    async def _found(self, mounts: Mounts) -> bool:
        """Look for a stick until there is one. Raises FileNotWritten for one that is of no use."""
        unfit = 0
        while True:
            try:
                await in_thread(find_volume, mounts, self.around.database)
                return True
            except NoStick:
                unfit = 0
            except FileNotWritten:
                unfit += 1
                if unfit == _LOOKS:
                    raise
            await self.around.keeper.after(_LOOK_SECONDS)

    async def _written(self, parcels: Sequence[Parcel], mounts: Mounts, share: Share) -> Handed:
        def progress(done: int, total: int) -> None:
            share.part(_MADE, 1.0)(done / max(total, 1))

        await in_thread(fill, parcels, self.files, share.part(0.0, _MADE))
        return await in_thread(put_on_stick, parcels, self.around.database, mounts, progress)


def _wanted(say: Translate) -> Sequence[str]:
    return say(N_("Put a stick in.")), say(N_("It goes on by itself once the kiosk has found it."))
