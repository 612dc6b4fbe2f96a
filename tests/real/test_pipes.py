"""The kiosk as a tablet server starts it is locked down as on a terminal, and never outlives the server."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS
from tests.real.customer import trial_config
from tests.real.pipes import PipeKiosk
from tests.real.sqlite import answers
from tests.real.test_pty import BAD, BAD_ROW, EFFECT_SECONDS, FOLLOW_UP, NO_TAPS, STRAYS

pytestmark = pytest.mark.real


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[PipeKiosk]:
    """Give a kiosk whose question takes taps; somebody has tried to steer it."""
    steering = {"TEXTUAL_LOG": str(tmp_path / "log"), "TEXTUAL_DRIVER": "nobody:Nothing", "COLUMNS": "20"}
    with PipeKiosk(trial_config(tmp_path), tmp_path / "kiosk.db", {**os.environ, **steering}) as kiosk:
        kiosk.open_for(BAD, tmp_path / "kiosk.db")
        yield kiosk


@pytest.mark.parametrize("sent", [STRAYS, NO_TAPS], ids=["strays", "no taps"])
def test_what_no_finger_and_no_key_can_mean_does_nothing(
    kiosk: PipeKiosk, tmp_path: Path, sent: dict[str, bytes]
) -> None:
    for name, what in sent.items():
        kiosk.send(what)
        time.sleep(EFFECT_SECONDS)
        assert answers(tmp_path / "kiosk.db") == [], name
        assert kiosk.process.poll() is None, name
    kiosk.tap_until(BAD, lambda: FOLLOW_UP in kiosk.text())
    assert answers(tmp_path / "kiosk.db") == [BAD_ROW]


def test_no_word_of_the_server_but_the_known_ones_is_heard(kiosk: PipeKiosk, tmp_path: Path) -> None:
    kiosk.tell(type="exit")
    kiosk.tell(type="deliver_chunk_request", key="x", size=100)
    kiosk.tell(type=["resize"])
    kiosk.tap_until(BAD, lambda: FOLLOW_UP in kiosk.text())
    assert answers(tmp_path / "kiosk.db") == [BAD_ROW]


@pytest.mark.parametrize("end", ["quit", "hang up"])
def test_it_ends_with_its_server_and_leaves_the_database_free(kiosk: PipeKiosk, tmp_path: Path, end: str) -> None:
    if end == "quit":
        kiosk.tell(type="quit")
    else:
        kiosk.hang_up()
    assert kiosk.process.wait(PATIENCE_SECONDS) == 0
    assert (tmp_path / "kiosk.db.lock").read_text() == ""
    assert not (tmp_path / "log").exists()
