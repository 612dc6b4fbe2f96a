"""Handing on to a phone: one file by a code on the screen, which nobody else sees for long."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager

from kiosk.handover.packing import bundle, empty_parcels, fill
from kiosk.handover.parcel import Parcel
from kiosk.handover.phone import PhoneLink
from kiosk.ui.hand_on.errand import Errand
from kiosk.ui.keeper import in_thread
from kiosk.ui.surroundings import CANCEL, Share
from kiosk.ui.views.phone import PhoneView
from kiosk.words import N_


class PhoneErrand(Errand):
    """Offers the files to one phone; several go together in one ZIP file."""

    async def attempt(self) -> str:
        """Make the files, and show a link until it is used, too old, or left."""
        files, folder = self.files, self.around.database.parent
        with ExitStack() as open_parcels:
            parcels = open_parcels.enter_context(empty_parcels(files, self.order.formats, folder))
            offered = parcels[0]
            if len(parcels) > 1:
                (offered,) = open_parcels.enter_context(empty_parcels(files, ["zip"], folder))
            share = Share()
            await self.around.work(N_("Making the files …"), self._made(parcels, offered, share), share)
            async with self._link(offered) as link:
                state = await self.around.show(PhoneView(*self.around.view_options, link))
        return await self._told(state, offered.name)

    async def _made(self, parcels: Sequence[Parcel], offered: Parcel, share: Share) -> bool:
        await in_thread(fill, parcels, self.files, share.tell)
        if offered not in parcels:
            await in_thread(bundle, parcels, offered, self.files)
        return True

    @asynccontextmanager
    async def _link(self, offered: Parcel) -> AsyncIterator[PhoneLink]:
        """Give a link that is closed whatever happens; what was fetched by then, in whole or in part, is noted."""
        link = await in_thread(PhoneLink, offered, self.around.language, clock=self.around.look.clock)
        try:
            yield link
        finally:
            has_left = link.state in ("fetching", "fetched")
            await in_thread(link.close)
            if has_left:
                await self.around.note([offered.name])

    async def _told(self, state: str | None, name: str) -> str:
        if state == "expired":
            again = ("again", N_("New code"))
            told = N_("The code has expired."), N_("Nobody has fetched the file.")
            if await self.around.tell(lambda say: [say(text) for text in told], CANCEL, again):
                return await self.attempt()
        if state == "fetched":
            await self.around.tell(lambda say: [say(N_("The file is on the phone.")), name], ("ok", N_("OK")))
        return ""
