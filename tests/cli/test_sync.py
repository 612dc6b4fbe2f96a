"""`kiosk sync` as a person or a program calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.answer import new_id
from kiosk.clock import SystemClock
from kiosk.store.delivery import Confirmation, Refusal
from kiosk.store.lock import Lock
from kiosk.store.store import Store
from tests.records import answer_at
from tests.sync.conftest import enrol_at
from tests.sync.line import acknowledgement, http, peer

PAGE = b"<html>Welcome to our Wi-Fi</html>"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a database with three answers, whose visits end when it is opened again; kiosk.toml lies above it."""
    (tmp_path / "kiosk.toml").write_text('[[question]]\ntext = "How was it?"\n')
    path = tmp_path / "data" / "kiosk.db"
    with Store.open(path, SystemClock()) as store:
        store.add_many(answer_at(SystemClock().now()) for _ in range(3))
    return path


def _let_in(database: Path, url: str) -> None:
    with Store.open(database, SystemClock()) as store:
        enrol_at(database, store.device_id, url)


def _kiosk(database: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "TEXTUAL"))}
    config = database.parents[1] / "kiosk.toml"
    files = {"KIOSK_CONFIG": str(config), "KIOSK_DATABASE": str(database), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "kiosk", *words]
    return subprocess.run(command, capture_output=True, text=True, env=kept | files, check=False)


def _hub(ran: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    (destination,) = json.loads(ran.stdout)["destinations"]
    assert isinstance(destination, dict)
    return destination


def test_what_waits_is_sent_once(database: Path) -> None:
    with peer(lambda request: http(acknowledgement(request))) as hub:
        _let_in(database, hub.url)
        ran = _kiosk(database, "sync", "--once", "--json")
    assert ran.returncode == 0, ran.stderr
    assert (_hub(ran)["name"], _hub(ran)["waiting"], _hub(ran)["trouble"]) == ("hub", 0, None)
    assert len(hub.requests) <= 2, "one for the time, where this machine's clock is not set, and one for the records"


@pytest.mark.parametrize(
    ("reply", "code", "trouble"),
    [
        (http(PAGE), 3, "portal"),
        (http(b"", "302 Found", "location: http://127.0.0.1:9/"), 3, "portal"),
        (http(b"", "503 Service Unavailable", "retry-after: 60"), 3, "busy"),
        (http(b"", "401 Unauthorized"), 3, "portal"),
    ],
    ids=["page", "redirect", "busy", "sign-in"],
)
def test_a_hub_that_does_not_answer_as_one_is_tried_later(
    database: Path, reply: bytes, code: int, trouble: str
) -> None:
    with peer(lambda _: reply) as hub:
        _let_in(database, hub.url)
        ran = _kiosk(database, "sync", "--once", "--json")
    assert (ran.returncode, _hub(ran)["trouble"], _hub(ran)["waiting"]) == (code, trouble, 6)
    assert "What waits is safe" in ran.stderr and "Traceback" not in ran.stderr


def test_a_record_that_is_refused_is_told_by_the_exit_code_once(database: Path) -> None:
    with peer(lambda request: http(acknowledgement(request, refused=1))) as hub:
        _let_in(database, hub.url)
        ran = _kiosk(database, "sync", "--once", "--json")
        again = _kiosk(database, "sync", "--once", "--json")
    assert (ran.returncode, _hub(ran)["waiting"], _hub(ran)["refused"]) == (5, 0, 1)
    assert "`kiosk sync --refused`" in ran.stderr
    assert (again.returncode, _hub(again)["refused"]) == (0, 1)


def test_a_hub_that_does_not_know_the_kiosk_is_a_refusal(database: Path) -> None:
    body = b'{"type": "/problems/unauthorised", "title": "No.", "status": 401}'
    refusal = http(body, "401 Unauthorized").replace(b"application/json", b"application/problem+json")
    with peer(lambda _: refusal) as hub:
        _let_in(database, hub.url)
        ran = _kiosk(database, "sync", "--once")
    assert ran.returncode == 5
    assert "The hub does not know this kiosk any longer." in ran.stderr


def test_nobody_there_is_exit_code_3(database: Path) -> None:
    with peer(lambda _: b"") as gone:
        _let_in(database, gone.url)
    ran = _kiosk(database, "sync", "--once")
    assert ran.returncode == 3
    assert "The hub cannot be reached." in ran.stderr and "6 waiting" in ran.stderr
    assert "Connection refused" in ran.stderr and "Errno" not in ran.stderr
    assert ran.stderr.count("nothing is lost") == 1 and "safe" not in ran.stderr


def test_a_hub_that_is_gone_when_all_has_arrived_is_not_said_to_have_just_got_it(database: Path) -> None:
    with peer(lambda request: http(acknowledgement(request))) as hub:
        _let_in(database, hub.url)
        assert _kiosk(database, "sync", "--once").returncode == 0
    ran = _kiosk(database, "sync", "--once")
    assert (ran.returncode, "Nothing waits; everything had arrived " in ran.stderr) == (3, True)
    assert "everything has arrived" not in ran.stderr


def test_a_kiosk_that_runs_sends_by_itself(database: Path) -> None:
    _let_in(database, "http://127.0.0.1:9")
    lock = Lock.take(database)
    try:
        ran = _kiosk(database, "sync", "--once", "--json")
    finally:
        lock.release()
    assert (ran.returncode, _hub(ran)["waiting"]) == (3, 6), "a program must not take this for sent"
    assert "The kiosk runs, and sends by itself." in ran.stderr


def test_without_a_destination_there_is_nothing_to_do(database: Path) -> None:
    ran = _kiosk(database, "sync", "--once")
    assert ran.returncode == 2 and "kiosk enrol" in ran.stderr


def test_a_hub_that_is_named_but_not_joined_is_a_refusal(database: Path) -> None:
    config = database.parents[1] / "kiosk.toml"
    config.write_text(config.read_text() + '[sync]\nhub = "https://hub.example"\n')
    ran = _kiosk(database, "sync", "--once", "--json")
    assert (ran.returncode, _hub(ran)["trouble"]) == (5, "not-enrolled")


def test_records_that_were_refused_are_shown_with_the_reason(database: Path) -> None:
    record_id = new_id(SystemClock().now())
    with Store.open(database, SystemClock()) as store:
        refusal = Refusal(2, record_id, "conflict", "stored with another value")
        store.confirm(Confirmation("hub x", 3, (refusal,))).result()
    ran = _kiosk(database, "sync", "--refused")
    assert ran.stdout == f"hub x  {record_id}  conflict: stored with another value\n"
    (row,) = json.loads(_kiosk(database, "sync", "--refused", "--json").stdout)["refused"]
    assert (row["seq"], row["code"], row["id"]) == (2, "conflict", str(record_id))


def test_the_doctor_tells_how_the_sending_stands(database: Path) -> None:
    with peer(lambda _: b"") as gone:
        _let_in(database, gone.url)
    _kiosk(database, "sync", "--once")
    findings = json.loads(_kiosk(database, "doctor", "--json").stdout)["findings"]
    (told,) = [finding for finding in findings if finding["id"] == "sync"]
    assert (told["sentence"], told["level"]) == ("The hub cannot be reached.", "warning")
    assert told["hint"].startswith("The hub: 6 waiting")
