"""Sending beside the screen: each destination at its own pace, and nobody waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.sync.batch import Batch
from kiosk.sync.configuration import HubConfiguration
from kiosk.sync.reply import Reply
from kiosk.sync.rounds import Rounds
from kiosk.sync.sender import SILENCE_SECONDS
from kiosk.sync.verdict import Verdict
from kiosk.sync.webhook import WebhookDestination
from tests.patience import wait_until
from tests.sync.conftest import HUB, Counter, enrol_at
from tests.sync.line import Peer, acknowledgement, http, peer

Load = Callable[[str], Config]


def _config(load: Load, **peers: Peer) -> Config:
    hooks = "".join(f'[[webhook]]\nname = "{name}"\nurl = "{each.url}/in"\n' for name, each in peers.items())
    return load(f'[[question]]\ntext = "How?"\n{hooks}')


def _rounds(counter: Counter, config: Config) -> Rounds:
    from_hub = HubConfiguration(config.source, counter.database.parent, SystemClock())
    return Rounds(config, counter.database, SystemClock(), counter.store, from_hub)


def _waiting(counter: Counter, name: str) -> int:
    return counter.reader.deliveries([f"webhook {name}"])[0].waiting


def test_a_dead_destination_delays_neither_another_nor_the_end(counter: Counter, configured: Load) -> None:
    counter.answers(600)
    with peer(lambda _: None) as dead, peer(lambda _: http(b"")) as alive:
        config = _config(configured, dead=dead, alive=alive)
        rounds = _rounds(counter, config)
        rounds.start()
        wait_until(lambda: _waiting(counter, "alive") == 0 and bool(dead.requests))
        assert _waiting(counter, "dead") == 600
        began = time.monotonic()
        rounds.stop()
        assert time.monotonic() - began < SILENCE_SECONDS


def test_starting_takes_no_time_of_the_screens(counter: Counter, configured: Load) -> None:
    with peer(lambda _: None) as dead:
        rounds = _rounds(counter, _config(configured, dead=dead))
        began = time.monotonic()
        rounds.start()
        assert time.monotonic() - began < SILENCE_SECONDS
        rounds.stop()


def test_a_kiosk_without_a_destination_asks_nobody(
    counter: Counter, configured: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    counter.answers(5)
    rounds = _rounds(counter, _config(configured))
    rounds.start()
    time.sleep(0.2)
    rounds.stop()
    assert len(rounds._threads) == 1 and not rounds._threads[0].is_alive()


def test_an_unexpected_error_is_logged_and_the_thread_lives(
    counter: Counter, configured: Load, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("kiosk.sync.rounds._AFTER_ERROR_SECONDS", 0.01)
    failures = [RuntimeError("out of the blue")]
    counter.answers(1)

    verdict = WebhookDestination.verdict

    def fail_once(self: WebhookDestination, reply: Reply, batch: Batch) -> Verdict:
        if failures:
            raise failures.pop()
        return verdict(self, reply, batch)

    monkeypatch.setattr(WebhookDestination, "verdict", fail_once)
    with peer(lambda _: http(b"")) as alive:
        rounds = _rounds(counter, _config(configured, alive=alive))
        rounds.start()
        wait_until(lambda: _waiting(counter, "alive") == 0)
        rounds.stop()
    assert "out of the blue" in caplog.text


def test_a_kiosk_that_is_let_in_later_begins_to_send(
    counter: Counter, configured: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.sync.rounds._LOOK_SECONDS", 0.05)
    counter.answers(3)
    with peer(lambda request: http(acknowledgement(request))) as hub:
        rounds = _rounds(counter, _config(configured))
        rounds.start()
        enrol_at(counter.database, counter.reader.device_id, hub.url)
        wait_until(lambda: counter.reader.deliveries([f"hub {HUB}"])[0].waiting == 0)
        rounds.stop()
