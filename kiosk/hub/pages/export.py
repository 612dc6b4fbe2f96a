"""Files to take along: the answers of some places and days in one table, or the report of one place."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from kiosk.hub.access.visitor import Reader, Visitor
from kiosk.hub.hub import Hub, TheHub
from kiosk.hub.pages.days import Asked, AskedDays
from kiosk.hub.pages.place_files import PlaceDays, PlaceFiles, formats, is_report
from kiosk.hub.pages.programs import require_exact
from kiosk.hub.pages.rendering import page
from kiosk.hub.pages.several import Several, SeveralPlaces, read_places
from kiosk.hub.pages.standpoint import ChosenStandpoint, Silent, edition_for
from kiosk.hub.store.audit import note
from kiosk.hub.store.people import Person
from kiosk.results.period import today_in
from kiosk.words import N_

router = APIRouter(include_in_schema=False)

_CHUNK_BYTES = 1 << 16
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
WORDS = {
    "csv": N_("Table for any spreadsheet"),
    "xlsx": N_("Excel workbook with charts"),
    "json": N_("For programs; nothing is lost"),
    "parquet": N_("For data analysts; small"),
    "pdf": N_("Report to print"),
    "png": N_("Report as a picture"),
    "html": N_("Report for a browser"),
}
"""What each format is good for."""


@router.get("/export")
def ask(request: Request, shown: ChosenStandpoint, visitor: Visitor) -> Response:
    """Ask what the file shall hold."""
    kinds = [(each, WORDS[each]) for each in formats()]
    return page(
        request,
        "export.html",
        visitor,
        **shown.told,
        answers=[kind for kind in kinds if not is_report(kind[0])],
        reports=[kind for kind in kinds if is_report(kind[0])],
        may_read_words=visitor.role != "viewer",
    )


@router.get("/export/file")
def file(
    request: Request,
    several: SeveralPlaces,
    visitor: Reader,
    hub: TheHub,
    asked: AskedDays,
    file_format: Annotated[str, Query(alias="format")] = "csv",
    words: str = "",
) -> Response:
    """Give the file. It is made whole before its first byte goes out: what arrives is never half of it."""
    places = _places(several, visitor, hub, asked)
    require_exact(request, asked.on(today_in(places[0].config, hub.now_ms()).first), file_format)
    if file_format not in formats():
        raise HTTPException(404)
    if is_report(file_format) and len(several.chosen) > 1:
        raise HTTPException(400, "A report is about one location: name it.")
    files = PlaceFiles(places, several.is_all, bool(words) and visitor.role != "viewer")
    held = TemporaryFile()  # noqa: SIM115 - closed when its last byte has gone out
    try:
        with hub.database.read() as connection:
            if is_report(file_format):
                edition = edition_for(request, visitor, places[0].config)
                held.write(files.report(file_format, connection, edition, hub.now_ms()))
            else:
                files.write(held, file_format, connection)
    except BaseException:
        held.close()
        raise
    _note(hub, visitor, f"{files.who}: {files.name(file_format)}{' with words' if files.with_text else ''}")
    return _sent(held, files.name(file_format), file_format)


def _places(several: Several, visitor: Person, hub: Hub, asked: Asked) -> Sequence[PlaceDays]:
    """Give the places of which there is something to tell, each with the days by its own calendar."""
    places = read_places(several.chosen, visitor, hub)
    telling = ((place, place.config) for place in places if place.config is not None)
    found = [
        PlaceDays(place, config, asked.on(today_in(config, hub.now_ms()).first).period) for place, config in telling
    ]
    if not found:
        raise Silent(places[0] if places else None)
    return found


def _sent(held: BinaryIO, name: str, file_format: str) -> Response:
    size = held.tell()
    held.seek(0)
    kind = _TYPES.get(file_format) or mimetypes.types_map.get(f".{file_format}", "application/octet-stream")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return StreamingResponse(_chunks(held), media_type=kind, headers=headers)


def _chunks(held: BinaryIO) -> Iterator[bytes]:
    with held:
        while chunk := held.read(_CHUNK_BYTES):
            yield chunk


def _note(hub: Hub, visitor: Person, detail: str) -> None:
    hub.database.write(lambda connection: note(connection, hub.now_ms(), "exported", detail, visitor.id))
