"""`kiosk hub serve` and `kiosk hub migrate` as people run them."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import httpx2
import psycopg
import pytest

from kiosk.hub.store.database import Database
from kiosk.hub.store.schema import SCHEMA
from kiosk.store.reader import Reader
from kiosk.sync.batch import pack
from kiosk.wire.base import BATCH_TYPE
from tests.patience import PATIENCE_SECONDS
from tests.real.chain import CounterProcess, counter_with_visits


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "kiosk", "hub", *words]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)


@pytest.fixture
def port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def serving(*words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a hub until the block ends; give it and the line it began with."""
    with subprocess.Popen(command("serve", *words), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            yield process, process.stderr.readline()
        finally:
            process.send_signal(signal.SIGINT)
            process.stderr.read()
            process.wait(PATIENCE_SECONDS)


@pytest.mark.real
def test_a_shop_needs_one_command_and_is_told_where_to_go(tmp_path: Path, port: int) -> None:
    database = tmp_path / "new" / "hub.db"
    with serving("--port", str(port), "--database", str(database)) as (process, said):
        assert said.startswith(f"Serving. Open http://127.0.0.1:{port}/set-up once")
        assert httpx2.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE_SECONDS).text == "ready\n"
        taken = run("serve", "--port", str(port), "--database", str(tmp_path / "other.db"))
        assert (taken.returncode, taken.stderr.splitlines()) == (
            2,
            [
                f"kiosk: 127.0.0.1, port {port} cannot be served: Address already in use.",
                "  Choose another --port or --host.",
            ],
        )
    assert process.returncode == 0
    left = sorted(path.name for path in database.parent.iterdir())
    assert left == ["hub.db", "hub.db.lock"], "the log was not brought in"


@pytest.mark.real
def test_a_file_has_one_hub_at_a_time(tmp_path: Path, port: int) -> None:
    database = str(tmp_path / "hub.db")
    with serving("--port", str(port), "--database", database):
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            other = str(free.getsockname()[1])
        second = run("serve", "--port", other, "--database", database)
        assert (second.returncode, second.stderr.splitlines()) == (
            4,
            [f"kiosk: A hub that runs uses {database}.", "  Stop that hub first, or name another --database."],
        )
        assert run("user", "list", "--database", database).returncode == 0, "commands go on beside the hub"


@pytest.mark.real
def test_several_processes_need_postgresql(tmp_path: Path, port: int) -> None:
    said = run("serve", "--processes", "2", "--port", str(port), "--database", str(tmp_path / "hub.db"))
    assert (said.returncode, "need PostgreSQL" in said.stderr) == (2, True)


@pytest.mark.real
def test_a_server_is_migrated_first_and_then_served_by_several_processes(
    new_server_url: Callable[[], str], port: int
) -> None:
    url = new_server_url()
    refused = run("serve", "--port", str(port), "--database", url)
    assert (refused.returncode, "Run kiosk hub migrate" in refused.stderr) == (4, True)
    assert "was brought to this version" in run("migrate", "--database", url).stderr
    assert "as this version needs it" in run("migrate", "--database", url).stderr
    with serving("--processes", "2", "--port", str(port), "--database", url) as (_, said):
        assert said.startswith("Serving.")
        told = {httpx2.get(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE_SECONDS).status_code for _ in range(6)}
        assert told == {200}


@pytest.mark.real
def test_one_process_serves_a_server_and_finishes_what_is_under_way(
    new_server_url: Callable[[], str], tmp_path: Path, port: int
) -> None:
    url, counter = new_server_url(), counter_with_visits(tmp_path)
    run("migrate", "--database", url)
    code = run("enrol-code", "--location", "Kamppi", "--timezone", "Europe/Helsinki", "--database", url).stdout
    with serving("--port", str(port), "--database", url) as (process, said):
        assert said.startswith("Serving.")
        counter.enrol(f"http://127.0.0.1:{port}", code.strip())
        assert httpx2.get(f"http://127.0.0.1:{port}/set-up", timeout=PATIENCE_SECONDS).status_code == 200
        with slow_batch(counter, port) as finish:
            process.send_signal(signal.SIGTERM)
            wait_until_closed(port)
            assert process.poll() is None
            assert finish().startswith(b"HTTP/1.1 200")
        assert process.wait(PATIENCE_SECONDS) == 0
    with closing(Database(url)) as database:
        assert counter.require_whole(database) > 0


@contextmanager
def slow_batch(counter: CounterProcess, port: int) -> Iterator[Callable[[], bytes]]:
    """Send all that a kiosk has, until the hub asks for the body; give what sends that and reads the answer."""
    with Reader(counter.database) as reader:
        body = pack(reader.outbox(0, 400), 0, reader.device_id).body
    head = (
        f"POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {counter.token}\r\n"
        f"Content-Type: {BATCH_TYPE}\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as line:
        line.sendall(head.encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 100"), "the hub reads"

        def finish() -> bytes:
            line.sendall(body)
            return line.recv(10_000)

        yield finish


def wait_until_closed(port: int) -> None:
    """Wait until nobody is let in any more."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with suppress(ConnectionRefusedError):
        while time.monotonic() < deadline:
            socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS).close()
            time.sleep(0.05)
        raise AssertionError("the hub goes on letting kiosks in")


@pytest.mark.real
def test_a_newer_hubs_database_is_refused_and_left_as_it_is(
    new_server_url: Callable[[], str], tmp_path: Path, port: int
) -> None:
    file, url = tmp_path / "hub.db", new_server_url()
    run("migrate", "--database", str(file))
    run("migrate", "--database", url)
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("UPDATE hub_schema SET version_num = '9999'")
        newer.commit()
    with psycopg.connect(url) as newer_server:
        newer_server.execute("UPDATE hub_schema SET version_num = '9999'")
    before = file.read_bytes()
    for database, name in ((str(file), str(file)), (url, "The database")):
        for words in (("serve", "--port", str(port)), ("migrate",), ("enrol-code",)):
            refused = run(*words, "--database", database)
            assert (refused.returncode, refused.stdout, refused.stderr.splitlines()) == (
                4,
                "",
                [
                    f"kiosk: {name} was written by a newer hub (schema 9999; this one knows {SCHEMA}).",
                    "  Update this program, or give it another database with --database.",
                ],
            )
    assert file.read_bytes() == before


@pytest.mark.real
@pytest.mark.parametrize(
    ("database", "code"),
    [
        ("mysql://a/b", 2),
        ("postgresql://nobody@127.0.0.1:9/hub", 4),
        ("postgresql://[bad", 2),
        ("/proc/hub.db", 4),
        (os.devnull, 4),
    ],
)
def test_what_is_wrong_with_a_database_is_said_in_a_sentence(database: str, code: int, port: int) -> None:
    said = run("serve", "--port", str(port), "--database", database)
    assert (said.returncode, "Traceback" in said.stderr, "unexpected" in said.stderr) == (code, False, False)
    assert len(said.stderr.splitlines()) == 2
