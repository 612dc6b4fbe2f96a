"""A kiosk and a hub with a network between them that fails on command; all in one process, on a clock wound by hand."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from kiosk.answer import Answer, Visit
from kiosk.config import Config
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from kiosk.hub.pace import Pace
from kiosk.hub.settings import Settings
from kiosk.hub.store.admission import CodeWanted, admit
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.hub.store.tables.records import ANSWER, VISIT
from kiosk.store.delivery import Erasure
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.courier import Step
from kiosk.sync.enrolment import Applicant, enrol
from kiosk.sync.lines import HubLine, Office
from tests.conftest import WoundClock
from tests.faults.fault import Fault
from tests.faults.proxy import Passage, Proxy, between
from tests.hub.fleet import served
from tests.hub.store.recount import recount, rollups
from tests.store.conftest import Maker

PLACE = "Kampin lounaskahvila"
_ALL = 100_000
"""More records than any of these kiosks has."""


@dataclass
class Site:
    """The kiosk, the hub, and what stands between."""

    office: Office
    hub: Hub
    proxy: Proxy
    clock: WoundClock
    make: Maker
    _line: HubLine | None = None

    def visit(self) -> list[Answer | Visit]:
        """Let a customer answer, change the answer, and go."""
        self.clock.wind(1)
        first = self.make.answer(value=2)
        changed = self.make.answer(value=5, visit_id=first.visit_id, supersedes=first.id)
        reason = self.make.answer(kind="choice", question="why", choices=("queue",), visit_id=first.visit_id)
        records: list[Answer | Visit] = [first, changed, reason, self.make.visit(visit_id=first.visit_id)]
        self.office.store.add_many(records)
        return records

    def send(self, *faults: Fault) -> Step:
        """Let the kiosk send over new connections, which fail like this; give what came of the last attempt."""
        self.proxy.foresee(*faults)
        self._line = self._line or HubLine(self.office)
        while not (step := self._line.step()).is_done:
            pass
        if step.trouble is None:
            self.hang_up()
        return step

    def hang_up(self) -> None:
        """End the connection that stays open after what went well."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def crash(self) -> None:
        """Lose all that the kiosk has in memory, and start it again."""
        self.close()
        office = self.office
        store, reader = Store.open(office.database, self.clock), Reader(office.database)
        from_hub = HubConfiguration(office.config.source, office.database.parent, self.clock)
        self.office = replace(office, store=store, reader=reader, from_hub=from_hub)

    def close(self) -> None:
        """Hang up, and let go of the database."""
        self.hang_up()
        self.office.store.close()
        self.office.reader.close()

    def sizes(self) -> Passage:
        """Send what waits over a sound connection; give how many bytes passed."""
        assert self.send().trouble is None
        return self.proxy.passages[-1]

    @property
    def device(self) -> Device:
        """Give the kiosk as the hub knows it."""
        with self.hub.database.read() as connection:
            places = DEVICE.join(LOCATION, LOCATION.c.id == DEVICE.c.location_id)
            columns = (*DEVICE.c["id", "location_id", "name"], LOCATION.c.timezone, LOCATION.c.day_ends_at)
            query = select(*columns, DEVICE.c.enrolled_ms).select_from(places)
            row = connection.execute(query.where(DEVICE.c.id == self.office.reader.device_id)).one()
        return Device(row.id, row.location_id, row.name, ZoneInfo(row.timezone), row.day_ends_at, row.enrolled_ms)

    def at_hub(self) -> list[UUID]:
        """Give the ids of all records that the hub has of the kiosk, in no order."""
        with self.hub.database.read() as connection:
            own = self.office.reader.device_id
            found = [
                connection.execute(select(table.c.id).where(table.c.device_id == own)).scalars().all()
                for table in (ANSWER, VISIT)
            ]
        return [record_id for ids in found for record_id in ids]

    def at_kiosk(self) -> list[UUID]:
        """Give the ids of all records that the kiosk has."""
        reader = self.office.reader
        return [*(each.answer.id for each in reader.answers()), *(each.visit.id for each in reader.visits())]

    def require_kept(self) -> None:
        """Require that the hub has committed whatever the kiosk believes to be safe there."""
        reader = self.office.reader
        (delivery,) = reader.deliveries([f"hub {self.hub.database.identity.id}"])
        sent = [each.record for each in reader.outbox(0, _ALL) if each.seq <= delivery.acked_seq]
        believed = {record.id for record in sent if not isinstance(record, Erasure)}
        lost = believed - set(self.at_hub())
        assert not lost, f"{len(lost)} records are lost that the kiosk believes to be at the hub"

    def require_whole(self) -> None:
        """Require that the hub has each of the kiosk's records, once, and that its rollups count them so."""
        there, here = self.at_hub(), self.at_kiosk()
        assert sorted(there) == sorted(here), f"{len(set(here) - set(there))} records are lost"
        same = rollups(self.hub.database, self.device) == recount(self.hub.database, self.device)
        assert same, "the rollups do not say what was counted"
        assert not list(self.office.reader.refused())


@contextmanager
def hub_behind_a_network(
    folder: Path, clock: WoundClock, url: str | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[Hub, Proxy]]:
    """Run a hub, and what stands before it; its database is at `url`, else in a file."""
    with ExitStack() as stack:
        database = Database(url or f"sqlite:///{folder / 'hub.db'}", clock)
        stack.callback(database.close)
        hub = Hub(Settings("unused", "http://127.0.0.1"), database, clock, pace=Pace(at_once=1_000_000))
        address = stack.enter_context(served(create_app(hub)))
        host, _, port = address.removeprefix("http://").partition(":")
        yield hub, stack.enter_context(between((host, int(port)), tls=tls))


@contextmanager
def counter_at(hub: Hub, proxy: Proxy, folder: Path, config: Config, clock: WoundClock) -> Iterator[Site]:
    """Put up a kiosk that the hub has let in."""
    with ExitStack() as stack:
        file = folder / "kiosk" / "kiosk.db"
        store, reader = Store.open(file, clock), Reader(file)
        wanted = CodeWanted(PLACE, ZoneInfo("Europe/Helsinki"), None, 86_400)
        code = hub.database.write(lambda connection: admit(connection, wanted, hub.clock.now())).code
        applicant = Applicant(file.parent, reader.device_id, "Kassa 1", "0.1.0")
        enrol(applicant, f"http://{proxy.address}", code, clock)
        from_hub = HubConfiguration(config.source, file.parent, clock)
        built = Site(Office(config, file, clock, store, reader, from_hub), hub, proxy, clock, Maker(clock))
        stack.callback(built.close)
        yield built


@contextmanager
def site(folder: Path, config: Config, clock: WoundClock) -> Iterator[Site]:
    """Build all of it."""
    with hub_behind_a_network(folder, clock) as (hub, proxy), counter_at(hub, proxy, folder, config, clock) as built:
        yield built
