"""Handing on to a folder of this machine or its network."""

from __future__ import annotations

from pathlib import Path

from kiosk.ui.hand_on.errand import Errand
from kiosk.ui.keeper import in_thread
from kiosk.ui.surroundings import Share
from kiosk.ui.views.folder import FolderView, places
from kiosk.words import N_


class FolderErrand(Errand):
    """Puts files into a folder that staff choose or type."""

    async def attempt(self) -> str:
        """Ask for the folder, and write."""
        offered = places(self.around.config.staff.export_folder, Path.home())
        folder = await self.around.show(FolderView(*self.around.view_options, offered))
        if folder is None:
            return ""
        share = Share()
        paths = await self.around.work(N_("Making the files …"), self._written(folder, share), share)
        return self.saved([str(paths[0]), *(path.name for path in paths[1:])])

    async def _written(self, folder: Path, share: Share) -> list[Path]:
        paths: list[Path] = []
        total = len(self.order.formats)
        for number, file_format in enumerate(self.order.formats):
            progress = share.part(number / total, (number + 1) / total)
            paths.append(await in_thread(self.files.put_into, folder, file_format, progress))
            await self.around.note([paths[-1].name])
        return paths
