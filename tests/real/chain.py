"""Several counters, one hub, a network between them that fails, and what has to be true when all is over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from kiosk.clock import SystemClock
from kiosk.hub.store.database import Database
from kiosk.hub.store.devices import Device
from kiosk.hub.store.tables.fleet import DEVICE, LOCATION
from kiosk.hub.store.tables.records import ANSWER, VISIT
from kiosk.store.delivery import Erasure
from kiosk.store.reader import Reader
from kiosk.store.store import Store
from kiosk.sync.identity import Membership, membership_in
from tests.conftest import SHIPPED
from tests.faults.resend import resend
from tests.hub.store.recount import recount, rollups
from tests.real.counter import visit
from tests.real.customer import chance
from tests.real.hub_process import Killable, kiosk

_ALL = 1_000_000
"""More records than any of these kiosks has."""
_BATCH = 400


@dataclass
class CounterProcess:
    """One kiosk: its database, what it has promised, and the process that is killed."""

    folder: Path
    name: str
    process: Killable = field(init=False)

    def __post_init__(self) -> None:
        """Lay out the folder."""
        self.folder.mkdir()
        arguments = (SHIPPED, self.database, self.ledger, self.name)
        self.process = Killable(self.folder, "tests.real.counter", *arguments)

    @property
    def database(self) -> Path:
        """Give its database."""
        return self.folder / "kiosk.db"

    @property
    def ledger(self) -> Path:
        """Give what it has promised."""
        return self.folder / "ledger"

    def serve_customers(self, number: int = 5) -> None:
        """Let so many customers answer while no process is running."""
        random, clock = chance(), SystemClock()
        with Store.open(self.database, clock) as store:
            for _ in range(number):
                store.add_many(visit(clock, random))

    def enrol(self, url: str, code: str) -> None:
        """Let the hub know it."""
        kiosk("enrol", url, code, *self.options, folder=self.folder)

    def sync_once(self) -> CompletedProcess[str]:
        """Send what waits, as a person does."""
        return kiosk("sync", "--once", *self.options, folder=self.folder, check=False)

    def send_once(self) -> int:
        """The same; give the exit code."""
        return self.sync_once().returncode

    def waiting(self) -> int:
        """Tell how much the hub has not confirmed."""
        said = kiosk("sync", "--once", "--json", *self.options, folder=self.folder, check=False).stdout
        (hub,) = json.loads(said)["destinations"]
        return int(hub["waiting"])

    def promised(self, kind: str = "") -> set[UUID]:
        """Give the ids of what it said to be safe; a line that a kill cut off was not said."""
        if not self.ledger.exists():
            return set()
        whole = self.ledger.read_text(encoding="ascii").rpartition("\n")[0]
        lines = (line.split() for line in whole.splitlines())
        return {UUID(record_id) for told, record_id in lines if not kind or told == kind}

    def stored(self) -> list[UUID]:
        """Give the ids of all its records."""
        with Reader(self.database) as reader:
            return [*(each.answer.id for each in reader.answers()), *(each.visit.id for each in reader.visits())]

    def texts(self, ids: set[UUID]) -> set[str | None]:
        """Give what these answers say."""
        with Reader(self.database) as reader:
            return {each.answer.text for each in reader.answers() if each.answer.id in ids}

    @property
    def token(self) -> str:
        """Give what the hub knows it by."""
        with Reader(self.database) as reader:
            return self._membership(reader).token

    def believed(self) -> set[UUID]:
        """Give the ids of what it believes to be safe at the hub."""
        with Reader(self.database) as reader:
            (delivery,) = reader.deliveries([f"hub {self._membership(reader).hub}"])
            sent = [each.record for each in reader.outbox(0, _ALL) if each.seq <= delivery.acked_seq]
        return {record.id for record in sent if not isinstance(record, Erasure)}

    def require_kept(self, connection: Connection) -> None:
        """Require that a hub's database has committed what the kiosk believes to be safe there."""
        found = [connection.execute(select(table.c.id)).scalars() for table in (ANSWER, VISIT)]
        lost = self.believed() - {record_id for ids in found for record_id in ids}
        assert not lost, f"{len(lost)} records are lost that {self.name} believes to be at the hub"

    def require_known(self, url: str) -> None:
        """Send everything once more to the hub at `url`, and require that it knows each record again."""
        with Reader(self.database) as reader:
            after_seq = 0
            while records := reader.outbox(after_seq, _BATCH):
                ack = resend(records, reader, self.folder, url)
                said = ack.accepted, ack.duplicate, ack.rejected
                assert said == (0, len(records), ()), f"what came again was taken as new: {said}"
                after_seq = records[-1].seq

    def require_whole(self, hub: Database) -> int:
        """Require that the hub has each record once, counts it once, and that no promise was broken; tell how many."""
        with Reader(self.database) as reader:
            device = device_of(hub, reader.device_id)
            assert not list(reader.refused())
        with hub.read() as connection:
            ids = [
                connection.execute(select(table.c.id).where(table.c.device_id == device.id)).scalars().all()
                for table in (ANSWER, VISIT)
            ]
        at_hub, here = sorted(each for found in ids for each in found), sorted(self.stored())
        assert self.promised() <= set(here), "the kiosk lost what it had promised"
        assert at_hub == here, f"{len(set(here) - set(at_hub))} lost, {len(at_hub) - len(set(at_hub))} doubled"
        assert rollups(hub, device) == recount(hub, device)
        return len(here)

    def _membership(self, reader: Reader) -> Membership:
        membership = membership_in(self.folder, reader.device_id)
        assert membership is not None
        return membership

    @property
    def options(self) -> tuple[object, ...]:
        """Give what every command needs."""
        return ("--config", SHIPPED, "--database", self.database)


def counter_with_visits(folder: Path, number: int = 5) -> CounterProcess:
    """Put up a counter where customers have answered."""
    counter = CounterProcess(folder / "kassa", "kassa")
    counter.serve_customers(number)
    return counter


def have_promised(counters: Iterable[CounterProcess], records: int) -> bool:
    """Tell whether each counter has promised more records than so many."""
    return all(len(counter.promised()) > records for counter in counters)


def device_of(hub: Database, device_id: UUID) -> Device:
    """Give a kiosk as the hub knows it."""
    with hub.read() as connection:
        places = DEVICE.join(LOCATION, LOCATION.c.id == DEVICE.c.location_id)
        columns = (*DEVICE.c["id", "location_id", "name"], LOCATION.c.timezone, LOCATION.c.day_ends_at)
        query = select(*columns, DEVICE.c.enrolled_ms).select_from(places)
        row = connection.execute(query.where(DEVICE.c.id == device_id)).one()
    return Device(row.id, row.location_id, row.name, ZoneInfo(row.timezone), row.day_ends_at, row.enrolled_ms)


def hub_texts(hub: Database, ids: set[UUID]) -> set[str | None]:
    """Give what these answers say at the hub."""
    with hub.read() as connection:
        return set(connection.execute(select(ANSWER.c.text).where(ANSWER.c.id.in_(ids))).scalars())
