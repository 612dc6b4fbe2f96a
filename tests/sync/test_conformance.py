"""The conformance test finds a sink right that is right, and names each rule that a sink breaks."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from kiosk.sync.conformance.__main__ import main
from kiosk.wire import reading
from kiosk.wire.base import MAX_BYTES
from kiosk.wire.problem import ProblemType
from tests.sync.paper_hub import TOKEN, PaperHub, serving

DEVICE = UUID("01a203df-0000-7000-8000-000000000001")
SECRET = "whsec_" + base64.b64encode(b"k" * 24).decode()

Printed = pytest.CaptureFixture[str]


def broken(hub: PaperHub, folder: Path, printed: Printed) -> set[str]:
    """Hold a hub to the rules; give those that it breaks."""
    (token := folder / "token").write_text(TOKEN + "\n", encoding="ascii")
    with serving(hub) as url:
        code = main([url, "--token-file", str(token), "--device", str(DEVICE)])
    lines = printed.readouterr().out.splitlines()
    found = {line.removeprefix("BROKEN").strip() for line in lines if line.startswith("BROKEN")}
    assert code == int(bool(found))
    return found


def test_a_hub_that_is_right_keeps_every_rule(tmp_path: Path, capsys: Printed) -> None:
    assert broken(PaperHub(DEVICE), tmp_path, capsys) == set()


def _stores_nothing(hub: PaperHub) -> None:
    hub.store = lambda event: (None, True)  # type: ignore[method-assign]


def _compares_all(hub: PaperHub) -> None:
    hub.digest = lambda event: event.model_dump_json()  # type: ignore[method-assign]


def _compares_nothing(hub: PaperHub) -> None:
    hub.digest = lambda event: ""  # type: ignore[method-assign]


def _believes_the_source(hub: PaperHub) -> None:
    hub.is_own = lambda event: True  # type: ignore[method-assign]


def _needs_order(hub: PaperHub) -> None:
    store = hub.store

    def in_order(event: Any) -> tuple[ProblemType | None, bool]:
        late = event.seq < max(hub.sequences, default=0) and event.id not in hub.content
        return (ProblemType.INVALID, False) if late and event.seq not in hub.sequences else store(event)

    hub.store = in_order  # type: ignore[method-assign]


def _takes_any_token(hub: PaperHub) -> None:
    answer = hub.answer
    hub.answer = lambda token, packing, body: answer(f"Bearer {TOKEN}", packing, body)  # type: ignore[method-assign]


def _reads_what_is_there(hub: PaperHub) -> None:
    import zlib

    def lenient(body: bytes) -> bytes:
        content = zlib.decompressobj(31).decompress(body, MAX_BYTES + 1)
        return content if content.endswith(b"]") else content[: content.rfind(b',{"specversion"')] + b"]"

    hub.unpacked = lenient  # type: ignore[method-assign]


def _fails_as_a_whole(hub: PaperHub) -> None:
    take = hub.take

    def strict(body: bytes) -> Any:
        ack = take(body)
        if any("invalid" in each.type or "unknown" in each.type for each in ack.rejected):
            raise reading.Unreadable
        return ack

    hub.take = strict  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("spoil", "rules"),
    [
        (_stores_nothing, {"a batch that comes again changes nothing", "records may come in any order"}),
        (_compares_all, {"a time that was put right is no conflict", "a text that was erased is no conflict"}),
        (_compares_nothing, {"other content under a known id is a conflict"}),
        (_believes_the_source, {"an event of another kiosk is rejected alone"}),
        (_needs_order, {"records may come in any order"}),
        (_takes_any_token, {"a wrong token is refused"}),
        (_reads_what_is_there, {"a batch that was cut short leaves nothing"}),
        (_fails_as_a_whole, {"a bad event is rejected alone", "an event of an unknown type is rejected alone"}),
    ],
)
def test_a_rule_that_is_broken_is_named(
    spoil: Callable[[PaperHub], None], rules: set[str], tmp_path: Path, capsys: Printed
) -> None:
    spoil(hub := PaperHub(DEVICE))
    assert rules <= broken(hub, tmp_path, capsys)


def test_a_page_that_is_no_acknowledgement_confirms_nothing(tmp_path: Path, capsys: Printed) -> None:
    class Portal(PaperHub):
        def answer(self, token: str, packing: str, body: bytes) -> Any:
            return self.problem(200, ProblemType.BUSY)

    found = broken(Portal(DEVICE), tmp_path, capsys)
    assert {"records are accepted", "what is no batch is refused"} <= found
    assert "it says what it is" not in found


def test_a_sink_that_is_not_there_breaks_every_rule_in_a_sentence(tmp_path: Path, capsys: Printed) -> None:
    (token := tmp_path / "token").write_text(TOKEN, encoding="ascii")
    assert main(["http://127.0.0.1:9/v1/events", "--token-file", str(token)]) == 1
    printed = capsys.readouterr().out
    assert "no answer: " in printed
    assert "Traceback" not in printed
    assert "\nok " not in printed


def test_it_runs_as_a_module_and_says_how(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "kiosk.sync.conformance", "--help"], capture_output=True, text=True, check=True
    )
    assert "--token-file" in ran.stdout


@contextmanager
def webhook(verify: Callable[[bytes, dict[str, str]], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                verify(body, dict(self.headers.items()))
                status = 204
            except WebhookVerificationError:
                status = 401
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_webhook_that_checks_signatures_with_the_library_keeps_every_rule(tmp_path: Path, capsys: Printed) -> None:
    (secret := tmp_path / "secret").write_text(SECRET, encoding="ascii")
    with webhook(lambda body, headers: Webhook(SECRET).verify(body, headers)) as url:
        assert main([url, "--secret-file", str(secret)]) == 0, capsys.readouterr().out


def test_a_webhook_that_checks_nothing_breaks_four_rules(tmp_path: Path, capsys: Printed) -> None:
    (secret := tmp_path / "secret").write_text(SECRET, encoding="ascii")
    with webhook(lambda body, headers: None) as url:
        assert main([url, "--secret-file", str(secret)]) == 1
    assert "Rules that are not kept: 4." in capsys.readouterr().out
