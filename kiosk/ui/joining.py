"""Enrolment at a hub, on the screen: staff type where the hub is and the code that was made there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kiosk.store.reader import Reader
from kiosk.sync.saying import BELONGS
from kiosk.ui.keeper import in_thread
from kiosk.ui.surroundings import Share, Surroundings
from kiosk.ui.views.typed import TypedView
from kiosk.words import N_

if TYPE_CHECKING:
    from uuid import UUID

    from kiosk.sync.identity import Membership


class Joining:
    """Asks, enrols, and says what became of it."""

    def __init__(self, around: Surroundings) -> None:
        """Ask on the screen that is `around`."""
        self.around = around
        self._address = ""
        """What was typed last, so that a wrong code does not cost the address too."""

    async def serve(self) -> str:
        """Enrol the kiosk; gives the sentence that says where it belongs, empty when staff turn away.

        Raises StaffGone, and KioskError where not even the present state can be read.
        """
        now = await in_thread(self._membership)
        if now and not await self._confirms(now):
            return ""
        self._address = now.url if now else ""
        return await self.around.until_done(self._attempt)

    async def _attempt(self) -> str:
        from kiosk.sync.addresses import hub_url  # late: only staff who enrol need it

        settings = self.around.config.sync
        typed = settings.hub or await self._typed(N_("Where is the hub?"), N_("hub.example"), self._address)
        if typed is None:
            return ""
        self._address = typed
        url = hub_url(typed, allow_insecure=settings.allow_insecure)
        code = await self._typed(N_("Which code was made for this kiosk?"), "ABCD-2345")
        if code is None:
            return ""
        membership = await self.around.work(N_("Asking the hub …"), in_thread(self._enrol, url, code), Share())
        await self.around.keeper.note("enrolled", url)
        return self._belongs(membership)

    def _enrol(self, url: str, code: str) -> Membership:
        from importlib.metadata import version

        from kiosk.sync.enrolment import applicant_of, enrol

        around = self.around
        folder = around.database.absolute().parent
        applicant = applicant_of(around.config, folder, self._device_id(), version("kiosk-survey"))
        return enrol(applicant, url, code, around.look.clock)

    def _membership(self) -> Membership | None:
        from kiosk.sync.identity import membership_in

        return membership_in(self.around.database.absolute().parent, self._device_id())

    def _device_id(self) -> UUID:
        with Reader(self.around.database) as reader:
            return reader.device_id

    async def _confirms(self, now: Membership) -> bool:
        question, enrol_anew = self.around.say(N_("Connect anew?")), self.around.say(N_("Connect anew"))
        return await self.around.confirms(question, self._belongs(now), yes=enrol_anew)

    async def _typed(self, title: str, hint: str, typed: str = "") -> str | None:
        view = TypedView(*self.around.view_options, self.around.say(title), self.around.say(hint), typed)
        return await self.around.show(view)

    def _belongs(self, membership: Membership) -> str:
        return self.around.say(BELONGS).format(location=membership.location, hub=urlsplit(membership.url).netloc)
