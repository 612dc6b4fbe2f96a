"""`kiosk sync --once` and `kiosk hub serve` as people run them, with a network between them that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.hub.store.database import Database
from tests.faults.certificates import Authority
from tests.faults.fault import PORTAL_PAGE, PORTAL_REDIRECT, Fault, Manner
from tests.faults.proxy import between
from tests.real.chain import counter_with_visits
from tests.real.hub_process import HubProcess, kiosk

pytestmark = pytest.mark.real

LATER = 3
"""The exit code of what may work another time."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    folder = tmp_path_factory.mktemp("hub")
    with HubProcess(folder, folder / "hub.db") as hub:
        assert isinstance(hub, HubProcess)
        hub.start()
        hub.wait()
        yield hub


@pytest.mark.parametrize(
    "fault",
    [
        Fault(request_bytes=0),
        Fault(request_bytes=700, manner=Manner.RESET),
        Fault(response_bytes=0),
        Fault(response_bytes=400, manner=Manner.RESET),
        Fault(instead=PORTAL_PAGE),
        Fault(instead=PORTAL_REDIRECT),
    ],
    ids=["nothing heard", "cut request", "no answer", "cut answer", "portal", "redirect"],
)
def test_what_a_failing_network_keeps_back_is_there_after_the_next_try(
    hub: HubProcess, tmp_path: Path, fault: Fault
) -> None:
    with between(hub.address) as proxy:
        counter = counter_with_visits(tmp_path)
        counter.enrol(f"http://{proxy.address}", hub.code("Kampin lounaskahvila"))
        proxy.usual = fault
        failed = counter.sync_once()
        assert failed.returncode == LATER
        assert "Traceback" not in failed.stderr
        assert "othing is lost" in failed.stderr
        proxy.usual = Fault()
        assert counter.send_once() == 0
        assert counter.waiting() == 0
    database = Database(f"sqlite:///{hub.database}")
    assert counter.require_whole(database) >= 5
    database.close()


def test_a_kiosk_tells_nothing_to_who_cannot_prove_to_be_the_hub(hub: HubProcess, tmp_path: Path) -> None:
    with ExitStack() as stack:
        stranger = Authority(tmp_path)
        proxy = stack.enter_context(between(hub.address, tls=stranger.server()))
        counter = counter_with_visits(tmp_path)
        code = hub.code("Kampin lounaskahvila")
        refused = kiosk(
            *("enrol", f"https://{proxy.address}", code, *counter.options), folder=counter.folder, check=False
        )
        assert refused.returncode == LATER, refused.stderr
        assert [passage.request for passage in proxy.passages] == [0] * len(proxy.passages)
        assert proxy.passages
        counter.enrol(f"http://127.0.0.1:{hub.port}", code)
        assert counter.send_once() == 0


def test_a_hub_that_is_not_there_is_told_in_a_sentence(hub: HubProcess, tmp_path: Path) -> None:
    counter = counter_with_visits(tmp_path)
    with between(hub.address) as proxy:
        counter.enrol(f"http://{proxy.address}", hub.code("Kampin lounaskahvila"))
    ended = counter.sync_once()
    assert ended.returncode == LATER
    assert ended.stderr.count("\n") < 10
    assert "Traceback" not in ended.stderr
