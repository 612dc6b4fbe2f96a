"""A believable chain: places that do well and badly, kiosks in every kind of need, answers that came in by batches."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from kiosk.answer import Answer, Visit, new_id
from kiosk.clock import Clock, Moment
from kiosk.config import Config, load_config
from kiosk.demo.records import DemoYear
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.ingest import take
from kiosk.hub.store.locations import Location, add_location
from kiosk.hub.store.tables.fleet import DEVICE
from kiosk.wire.event import REPORT, SURVEY
from kiosk.wire.reading import read_batch
from kiosk.wire.writing import Event, answer_event, body_of, plain_event, visit_event
from tests.conftest import SHIPPED

HELSINKI = ZoneInfo("Europe/Helsinki")
_BATCH = 500
_USUAL_MOOD = 0.8
_MORE_QUESTIONS = """
[[question]]
id = "effort"
kind = "ces"
after = "visit"
when = "4-5"
touchpoint = "salaattipöytä"
text = { fi = "Asiointi oli helppoa.", sv = "Det var lätt.", en = "It was easy to get what I came for." }

[[question]]
id = "words"
kind = "text"
after = "why"
text = { fi = "Mitä tapahtui?", sv = "Vad hände?", en = "What happened?" }

[review]
"""
_CHANGES = {
    "# goal = 80": "goal = 78",
    "# free_text = false": "free_text = true",
    "# follow_ups = 1": "follow_ups = 2",
    'logo = "assets': '# logo = "assets',
    'opening_hours = { mon-fri = "08:00-18:00", sat = "10:00-15:00" }': 'opening_hours = { mon-sun = "08:00-20:00" }',
    "\n[review]\n": _MORE_QUESTIONS,
}


@dataclass(frozen=True)
class Shop:
    """One place of the chain."""

    name: str
    mood: float
    """What its customers feel on the whole, 0 to 1."""
    answers: int
    """In a year, of all its kiosks."""
    kiosks: int = 1
    trouble: dict[str, Any] = field(default_factory=dict)
    """What its kiosks say in their report instead of the usual."""
    silent_ms: int = 60_000
    """How long ago they were heard of last."""


HOUR_MS = 3_600_000
CHAIN = (
    Shop("Kampin lounaskahvila", 0.80, 12_000, 2),
    Shop("Hakaniemen halli", 0.72, 4_000, silent_ms=74 * HOUR_MS),
    Shop("Tampere Hämeenkatu", 0.86, 7_000, trouble={"refused": 2}),
    Shop("Turku Kauppatori", 0.62, 6_000, trouble={"waiting": 842, "oldest_waiting_ms": 0}),
    Shop("Espoo Iso Omena", 0.83, 9_000, 2),
    Shop("Kuopio Tori", 0.66, 1_500, trouble={"disk_free_bytes": 120_000_000}),
    Shop("Lahti Trio", 0.80, 90),
    Shop("Vaasa Rewell", 0.80, 0),
)
FEW = (Shop("Kampin lounaskahvila", 0.8, 1_500, 2), Shop("Turku Kauppatori", 0.55, 1_200), Shop("Vaasa Rewell", 0.8, 0))
"""Enough for tests."""


def survey(folder: Path) -> tuple[Config, dict[str, Any]]:
    """Give the shipped survey with more questions, and the document of it that a kiosk tells."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in _CHANGES.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    document = {name: part for name, part in tomllib.loads(text).items() if name in ("kiosk", "question", "results")}
    return load_config(path), document


@dataclass(frozen=True)
class Builder:
    """Fills a hub's database."""

    database: Database
    clock: Clock
    folder: Path

    def build(self, shops: tuple[Shop, ...]) -> dict[str, Location]:
        """Open the places of a chain, and send what a year brought; give them by name."""
        config, document = survey(self.folder)
        return {shop.name: self._open(shop, config, document, seed) for seed, shop in enumerate(shops)}

    def _open(self, shop: Shop, config: Config, document: dict[str, Any], seed: int) -> Location:
        moment = self.clock.now()
        place = self.database.write(lambda connection: add_location(connection, shop.name, HELSINKI, moment))
        for number in range(shop.kiosks):
            device = self.let_in(place, f"Kassa {number + 1}")
            if shop.answers:
                records = self._year(config, shop, 100 * seed + number)
                self.send(device, document, config.survey.revision, records, shop)
        return place

    def let_in(self, place: Location, name: str) -> Device:
        """Let a kiosk in."""
        now_ms = self.clock.now().at_ms
        device = Device(uuid4(), place.id, name, place.zone, place.day_ends_at, now_ms)
        row = {"id": device.id, "location_id": place.id, "name": name, "public_key": "k" * 43, "enrolled_ms": now_ms}
        self.database.write(lambda connection: connection.execute(insert(DEVICE).values(row)))
        return device

    def send(
        self, device: Device, document: dict[str, Any], revision: str, records: list[Answer | Visit], shop: Shop
    ) -> None:
        """Send records in batches, and then what the kiosk says of itself and of what it asks."""
        now_ms = self.clock.now().at_ms
        events = iter([_event(record, device.id) for record in records])
        last_tap_ms = max((record.at_ms for record in records), default=None)
        while batch := list(islice(events, _BATCH)):
            self._take(device, batch, now_ms)
        told = self._report(shop, revision, last_tap_ms)
        asked = {"revision": revision, "document": document}
        facts = [
            plain_event(REPORT, uuid4(), now_ms, device.id, told),
            plain_event(SURVEY, uuid4(), now_ms, device.id, asked),
        ]
        self._take(device, facts, now_ms - shop.silent_ms)

    def answer(self, place: Location, number: int) -> None:
        """Let a new kiosk of a place send so many faces that were touched just now."""
        config, document = survey(self.folder)
        device = self.let_in(place, "Kassa 9")
        now_ms = self.clock.now().at_ms
        records: list[Answer | Visit] = [
            Answer(
                **_common(now_ms - number + seq, config), seq=seq, question="visit", kind="smiley", points=5, value=5
            )
            for seq in range(1, number + 1)
        ]
        self.send(device, document, config.survey.revision, records, Shop(place.name, 1, number))

    def attack(self, texts: tuple[str, ...]) -> list[Location]:
        """Open places whose names, kiosks, questions, choices and comments attack whoever shows them."""
        return [self._attack(number, text) for number, text in enumerate(texts)]

    def _attack(self, number: int, text: str) -> Location:
        config, document = survey(self.folder)
        document["question"][0]["text"] = {"en": text}
        document["question"][1]["choices"][0]["text"] = {"en": text}
        moment, now_ms = self.clock.now(), self.clock.now().at_ms
        place = self.database.write(lambda connection: add_location(connection, f"{text}{number}", HELSINKI, moment))
        device = self.let_in(place, text)
        records: list[Answer | Visit] = [
            Answer(
                **_common(now_ms - 60_000 + seq, config), seq=seq, question="visit", kind="smiley", points=5, value=4
            )
            for seq in range(1, 13)
        ]
        why = {"question": "why", "kind": "choice", "choices": ("queue",)}
        words = {"question": "words", "kind": "text", "text": text}
        records += [
            Answer(**_common(now_ms - 50_000 + seq, config), seq=20 + seq, **said)  # type: ignore[arg-type]
            for seq, said in enumerate([*[why] * 12, words])
        ]
        trouble = {"problems": [text], "config": {"etag": "", "state": "failed", "detail": text}}
        self.send(device, document, config.survey.revision, records, Shop(text, 1, 1, trouble=trouble))
        return place

    def _take(self, device: Device, events: list[Event], now_ms: int) -> None:
        batch = read_batch(body_of(events))
        taken = self.database.write(lambda connection: take(connection, device, batch, now_ms), idempotent=True)
        assert not taken.rejected, taken.rejected[:1]

    def _report(self, shop: Shop, revision: str, last_tap_ms: int | None) -> dict[str, Any]:
        now_ms = self.clock.now().at_ms
        usual = {
            "version": "0.1.0",
            "schema_version": 3,
            "survey_revision": revision,
            "boot_id": "b",
            "boot_ms": 1,
            "now_ms": now_ms - shop.silent_ms,
            "clock_state": "synced",
            "disk_free_bytes": 9_000_000_000,
            "last_tap_ms": last_tap_ms,
            "config": {"etag": "", "state": "own"},
        }
        if "oldest_waiting_ms" in shop.trouble:
            return {**usual, **shop.trouble, "oldest_waiting_ms": now_ms - 2 * HOUR_MS}
        return {**usual, **shop.trouble}

    def _year(self, config: Config, shop: Shop, seed: int) -> list[Answer | Visit]:
        now = datetime.fromtimestamp(self.clock.now().at_ms / 1000, UTC).astimezone(HELSINKI)
        year = _MoodyYear(config, now.date(), shop.answers // shop.kiosks, seed, shop.mood)
        past = [record for record in year.records() if record.at_ms < self.clock.now().at_ms]
        return [replace(record, seq=seq) for seq, record in enumerate(past, 1)]


class _MoodyYear(DemoYear):
    """A year whose customers feel better or worse than usual."""

    def __init__(self, config: Config, until: date, answers: int, seed: int, mood: float) -> None:
        super().__init__(config, until, answers, seed)
        self._days = [replace(day, mood=min(0.95, day.mood + mood - _USUAL_MOOD)) for day in self._days]


def _common(at_ms: int, config: Config) -> dict[str, Any]:
    """Give what every record of a visit of one answer holds."""
    moment = Moment(at_ms, "boot", 600_000, "synced")
    return {
        "id": new_id(moment),
        "visit_id": uuid4(),
        "at_ms": at_ms,
        "boot_id": "boot",
        "boot_ms": 600_000,
        "clock_state": "synced",
        "survey_revision": config.survey.revision,
        "language": "en",
        "layout": "x",
    }


def _event(record: Answer | Visit, device_id: UUID) -> Event:
    if isinstance(record, Answer):
        return answer_event(record, record.at_ms, device_id)
    return visit_event(record, record.at_ms, device_id)
