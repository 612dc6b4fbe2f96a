"""Places whose kiosks say and are called whatever a test wants."""

from __future__ import annotations

import json
from functools import partial

from sqlalchemy import Connection, Update, update

from kiosk.config import Config
from kiosk.config.document import survey_document
from kiosk.hub.hub import Hub
from kiosk.hub.store.devices import Device
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.wire.event import SURVEY
from kiosk.wire.writing import Event, plain_event
from tests.hub.store.kiosks import NOON_MS, Maker, let_in, send


def kiosk_called(hub: Hub, shipped: Config, said: str) -> Device:
    """Let a kiosk in at a place of this name; it asks, and its customers write, the same words."""
    device = let_in(hub.database)
    make = Maker(device.id)
    send(
        hub.database,
        device,
        survey_event(device, shipped, said),
        make.report(),
        *(make.answer(question="visit", value=value % 5 + 1) for value in range(40)),
        make.answer(kind="text", text=said, question="more"),
        make.answer(kind="choice", choices=("queue",), question="why"),
    )
    for table, row in ((DEVICE, device.id), (LOCATION, device.location_id)):
        hub.database.write(partial(_rename, update(table).where(table.c.id == row).values(name=said)))
    return device


def survey_event(device: Device, shipped: Config, said: str) -> Event:
    """Give what a kiosk tells of its survey, in which every question and every choice says the same."""
    document = json.loads(json.dumps(survey_document(shipped)))
    for question in document["question"]:
        question["text"] = dict.fromkeys(question["text"], said)
        for choice in question.get("choices") or ():
            choice["text"] = dict.fromkeys(choice["text"], said)
    survey = {"revision": "0123456789ab", "document": document}
    return plain_event(SURVEY, device.id, NOON_MS, device.id, survey)


def _rename(query: Update, connection: Connection) -> None:
    connection.execute(query)
