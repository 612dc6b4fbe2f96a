"""The server behind the browser kiosk: gives the page, and keeps each answer before it says so.

    python server.py DATABASE

Listens on a free port of the loopback address. Writes the port on a line of its own, then a line for each thing that
the page reports as painted. Only the standard library, so that the server costs the browser kiosk as little as can be.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

FOLDER = Path(__file__).parent

_WAL, _FULL = "wal", 2


class Answers:
    """The same promise as the kiosk's: what `keep` returned from is on disk."""

    def __init__(self, path: Path) -> None:
        """Open the database with WAL and synchronous=FULL, and make sure that it took them."""
        self._lock = Lock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        taken = [self._database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
        if taken != [_WAL, _FULL]:
            raise SystemExit(f"server: SQLite took {taken} instead of WAL and FULL")
        self._database.execute("CREATE TABLE IF NOT EXISTS answer (seq INTEGER PRIMARY KEY, value INTEGER NOT NULL)")

    def keep(self, value: int) -> None:
        """Commit one answer."""
        with self._lock:
            self._database.execute("INSERT INTO answer (value) VALUES (?)", (value,))


class Handler(SimpleHTTPRequestHandler):
    """Serves the folder of the page, and takes what the page posts."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement

    def __init__(self, answers: Answers, *args: Any) -> None:
        """Serve one connection."""
        self._answers = answers
        super().__init__(*args, directory=str(FOLDER))

    def do_POST(self) -> None:
        """Keep an answer, or pass on what was painted."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/answers":
            self._answers.keep(int(json.loads(body)["visit"]))
        else:
            say(body.decode())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: standard output belongs to the benchmark."""


def say(line: object) -> None:
    """Tell the benchmark at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, Answers(Path(sys.argv[1])))) as server:
        say(server.server_port)
        server.serve_forever()
