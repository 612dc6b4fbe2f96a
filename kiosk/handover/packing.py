"""The files of a day in parcels, and several parcels in one, as a phone fetches one file only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kiosk.export.day import DayFiles, Progress
from kiosk.handover.parcel import Parcel


@contextmanager
def empty_parcels(files: DayFiles, formats: Sequence[str], folder: Path) -> Iterator[list[Parcel]]:
    """Give a parcel for each format, to be filled while the block runs. Raises FileNotWritten."""
    with ExitStack() as open_parcels:
        yield [open_parcels.enter_context(Parcel(files.name(each), folder)) for each in formats]


def fill(parcels: Sequence[Parcel], files: DayFiles, progress: Progress) -> None:
    """Write each parcel's file, as the end of its name says. Blocks. Raises FileNotWritten and StoreError."""
    for number, parcel in enumerate(parcels):

        def tell(share: float, done: int = number) -> None:
            progress((done + share) / len(parcels))

        with parcel.filling() as file:
            files.write(file, Path(parcel.name).suffix[1:], tell)


def bundle(parcels: Sequence[Parcel], into: Parcel, files: DayFiles) -> None:
    """Put parcels into one, a ZIP file that every phone can open. Blocks. Raises FileNotWritten."""
    day = files.day
    with into.filling() as file, ZipFile(file, "w") as archive:
        for parcel in parcels:
            entry = ZipInfo(parcel.name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w") as place:
                for chunk in parcel.chunks():
                    place.write(chunk)
