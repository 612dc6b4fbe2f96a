"""Whatever happens to a kiosk, in whatever order: the hub has each record once, and no erased text.

At every moment the hub has what the kiosk believes to be safe there, and in the end it has everything. That the machine
would notice is shown with faults that are planted in kiosk and hub.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from kiosk.config import Config
from kiosk.hub.hub import Hub
from kiosk.hub.store.privacy import erase_text
from kiosk.hub.store.tables.records import ANSWER
from tests.conftest import WoundClock
from tests.faults import planted
from tests.faults.fault import PORTAL_PAGE, Fault, Manner
from tests.faults.proxy import Proxy
from tests.faults.resend import resend
from tests.faults.site import Site, counter_at, hub_behind_a_network
from tests.hub.commits import failing_commits

_YEAR_MS = 365 * 86_400_000
_ROTATION_DAYS = 120

FAULTS = st.one_of(
    st.builds(Fault, request_bytes=st.integers(0, 1500), manner=st.sampled_from([Manner.CLOSE, Manner.RESET])),
    st.builds(Fault, response_bytes=st.integers(0, 900), manner=st.sampled_from([Manner.CLOSE, Manner.RESET])),
    st.just(Fault(instead=PORTAL_PAGE)),
)

VISITS = st.integers(0, 2)
"""Customers that come before: most of what happens matters only while records wait."""


class KiosksLife(RuleBasedStateMachine):
    """A kiosk at a hub that other kiosks' lives went through before."""

    def __init__(self, hub: Hub, proxy: Proxy, config: Config) -> None:
        super().__init__()
        self.hub, self.proxy, self.config = hub, proxy, config
        self.clock = WoundClock()
        self.texts: list[UUID] = []
        self.erased: set[UUID] = set()
        self.stack = ExitStack()

    @initialize()
    def begin(self) -> None:
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        arguments = (self.hub, self.proxy, folder, self.config, self.clock)
        self.site: Site = self.stack.enter_context(counter_at(*arguments))

    @rule(visits=VISITS)
    def answer(self, visits: int) -> None:
        for _ in range(visits):
            self.site.visit()

    @rule()
    def write(self) -> None:
        self.clock.wind(1)
        words = self.site.make.answer(kind="text", question="words", text="Soita 040-1234567")
        self.site.office.store.add(words).result()
        self.texts.append(words.id)

    @rule(visits=VISITS)
    def send(self, visits: int) -> None:
        self.answer(visits)
        self.site.send()

    @rule(faults=st.lists(FAULTS, min_size=1, max_size=3))
    def send_over_a_network_that_fails(self, faults: list[Fault]) -> None:
        """Among the faults is the time-out after the commit: a response of which nothing arrives."""
        for fault in faults:
            self.site.visit()
            self.site.send(fault)
        self.proxy.forget()

    @rule(visits=VISITS)
    def send_while_the_hub_cannot_commit(self, visits: int) -> None:
        self.answer(visits)
        with failing_commits():
            self.site.send()

    @rule()
    def crash(self) -> None:
        self.site.crash()

    @rule(state=st.sampled_from(["synced", "rtc", "unsynced"]), jump_ms=st.integers(-_YEAR_MS, _YEAR_MS))
    def reboot_with_another_clock(self, state: str, jump_ms: int) -> None:
        self.clock.boot_id = f"boot {self.clock.boot_id[-4:]} {jump_ms}"
        self.clock.at_ms += jump_ms
        self.clock.boot_ms, self.clock.state = 1000, state  # type: ignore[assignment]
        self.site.crash()

    @rule(jump_ms=st.integers(-_YEAR_MS, _YEAR_MS))
    def clock_jumps(self, jump_ms: int) -> None:
        self.clock.at_ms += jump_ms

    @rule()
    def token_grows_old(self) -> None:
        self.clock.wind(_ROTATION_DAYS * 86_400)

    @rule()
    def what_arrived_comes_again(self) -> None:
        """A proxy that keeps requests sends one again, long after."""
        office = self.site.office
        known = set(self.site.at_hub())
        records = [each for each in office.reader.outbox(0, 500) if each.record.id in known]
        ack = resend(records, office.reader, office.database.parent, "http://{}:{}".format(*self.proxy.upstream))
        said = ack.accepted, ack.duplicate, ack.rejected
        assert said == (0, len(records), ()), f"what came again was taken as new: {said}"

    @precondition(lambda self: self.texts)
    @rule(which=st.integers(0))
    def erase_at_the_kiosk(self, which: int) -> None:
        chosen = self.texts[which % len(self.texts)]
        self.site.office.store.erase_text(chosen).result()
        self.erased.add(chosen)

    @precondition(lambda self: self.texts)
    @rule(which=st.integers(0))
    def erase_at_the_hub(self, which: int) -> None:
        chosen = self.texts[which % len(self.texts)]
        if erase_text(self.hub.database, chosen, self.hub.now_ms()):
            self.erased.add(chosen)

    @invariant()
    def what_the_kiosk_believes_safe_is_at_the_hub(self) -> None:
        if hasattr(self, "site"):
            self.site.require_kept()

    def teardown(self) -> None:
        try:
            if hasattr(self, "site"):
                self.proxy.forget()
                for _ in range(3):  # to be told what was erased, to say that it is done, to hear no more of it
                    step = self.site.send()
                    assert step.trouble is None, (step.trouble, step.detail)
                self.site.require_whole()
                self.require_erased()
        finally:
            self.stack.close()

    def require_erased(self) -> None:
        here = {
            row.answer.id: row.answer.text for row in self.site.office.reader.answers() if row.answer.id in self.texts
        }
        with self.hub.database.read() as connection:
            rows = connection.execute(select(ANSWER.c.id, ANSWER.c.text).where(ANSWER.c.id.in_(self.texts)))
            there = {row.id: row.text for row in rows}
        wanted = {text: "" if text in self.erased else "Soita 040-1234567" for text in self.texts}
        assert here == wanted
        assert there == wanted


@pytest.fixture
def hub_and_network(tmp_path: Path) -> Iterator[tuple[Hub, Proxy]]:
    with hub_behind_a_network(tmp_path, WoundClock()) as built:
        yield built


_FIRST_FIND: dict[str, Any] = {
    "phases": (Phase.generate,),
    "database": None,
    "derandomize": True,
    "report_multiple_bugs": False,
}
"""What is enough to see that a fault is found, without the smallest way to it."""


def live(hub: Hub, proxy: Proxy, config: Config, **options: Any) -> None:
    """Let kiosks live through events of all orders; fail at what must not be."""
    run_state_machine_as_test(
        cast("type[KiosksLife]", lambda: KiosksLife(hub, proxy, config)),
        settings=settings(max_examples=20, stateful_step_count=25, suppress_health_check=list(HealthCheck), **options),
    )


def test_no_order_of_events_loses_or_doubles_a_record(hub_and_network: tuple[Hub, Proxy], shipped: Config) -> None:
    live(*hub_and_network, shipped, phases=(Phase.generate, Phase.shrink))


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (planted.cursor_before_the_answer, "are lost"),
        (planted.belief_in_every_answer, "are lost"),
        (planted.answer_before_the_commit, "are lost that the kiosk believes"),
        (planted.no_memory_of_what_came, "came again|do not say what"),
    ],
)
def test_a_planted_fault_is_found(
    hub_and_network: tuple[Hub, Proxy],
    shipped: Config,
    monkeypatch: pytest.MonkeyPatch,
    plant: Callable[[pytest.MonkeyPatch], None],
    found: str,
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=found):
        live(*hub_and_network, shipped, **_FIRST_FIND)
