"""The network that fails on command fails exactly as told: what is proven with it stands on this."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import httpx2
import pytest

from tests.faults.certificates import Authority
from tests.faults.fault import PORTAL_PAGE, PORTAL_REDIRECT, Fault, Manner, http_answer
from tests.faults.proxy import Proxy, between
from tests.patience import PATIENCE_SECONDS, wait_until

REQUEST, RESPONSE = b"0123456789\n", b"abcdefghij"
GOOD = http_answer("200 OK")


class Hub:
    """Takes a line, keeps it, and answers with ten letters."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        heard = self.heard

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                heard.append(self.rfile.readline())
                if heard[-1].endswith(b"\n"):
                    self.wfile.write(RESPONSE)

        self.server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", int(self.server.server_address[1])

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    hub.close()


def exchange(proxy: Proxy, timeout: float = 10) -> bytes:
    host, _, port = proxy.address.partition(":")
    with socket.create_connection((host, int(port)), timeout) as connection:
        connection.sendall(REQUEST)
        received = b""
        while data := connection.recv(100):
            received += data
        return received


def heard_by(hub: Hub, times: int) -> bytes:
    wait_until(lambda: len(hub.heard) == times)
    return hub.heard[-1]


def test_a_sound_connection_passes_everything(hub: Hub) -> None:
    with between(hub.address) as proxy:
        assert exchange(proxy) == RESPONSE
        assert (proxy.passages[0].request, proxy.passages[0].response) == (len(REQUEST), len(RESPONSE))


@pytest.mark.parametrize("number", range(len(REQUEST)))
def test_the_hub_hears_exactly_as_many_bytes_as_pass(hub: Hub, number: int) -> None:
    with between(hub.address, [Fault(request_bytes=number)]) as proxy:
        assert exchange(proxy) == b""
        assert heard_by(hub, 1) == REQUEST[:number]


@pytest.mark.parametrize("number", range(len(RESPONSE)))
def test_the_kiosk_hears_exactly_as_many_bytes_as_pass_and_the_hub_has_heard_all(hub: Hub, number: int) -> None:
    with between(hub.address, [Fault(response_bytes=number)]) as proxy:
        assert exchange(proxy) == RESPONSE[:number]
        assert heard_by(hub, 1) == REQUEST


def test_a_reset_is_a_reset(hub: Hub) -> None:
    with between(hub.address, [Fault(response_bytes=0, manner=Manner.RESET)]) as proxy:
        with pytest.raises(ConnectionResetError):
            exchange(proxy)
        assert heard_by(hub, 1) == REQUEST


def test_a_connection_that_hangs_is_given_up_by_the_client(hub: Hub) -> None:
    with between(hub.address, [Fault(response_bytes=3, manner=Manner.HANG)]) as proxy, pytest.raises(TimeoutError):
        exchange(proxy, timeout=0.2)


def test_a_slow_line_passes_everything_in_the_end(hub: Hub) -> None:
    with between(hub.address, [Fault(piece=1, latency_s=0.005)]) as proxy:
        began = time.monotonic()
        assert exchange(proxy) == RESPONSE
        assert time.monotonic() - began > 0.005 * (len(REQUEST) + len(RESPONSE))


def test_faults_come_in_the_order_foreseen_and_then_the_usual(hub: Hub) -> None:
    with between(hub.address, [Fault(response_bytes=1), Fault(response_bytes=2)]) as proxy:
        assert [exchange(proxy) for _ in range(3)] == [RESPONSE[:1], RESPONSE[:2], RESPONSE]
        proxy.usual = Fault(response_bytes=4)
        assert exchange(proxy) == RESPONSE[:4]


@pytest.mark.parametrize(
    ("answer", "status"),
    [(PORTAL_PAGE, 200), (PORTAL_REDIRECT, 302), (http_answer("503 Busy", Retry_After="7"), 503)],
)
def test_a_portal_answers_and_the_hub_hears_nothing(hub: Hub, answer: bytes, status: int) -> None:
    with between(hub.address, [Fault(instead=answer)]) as proxy:
        reply = httpx2.post(f"http://{proxy.address}/v1/events", content=b"x" * 100_000, timeout=PATIENCE_SECONDS)
        assert reply.status_code == status
        assert not hub.heard


def test_only_the_right_certificate_is_trusted(hub: Hub, tmp_path: Path) -> None:
    authority, stranger = Authority(tmp_path), Authority(_folder(tmp_path, "stranger"))
    trust = ssl.create_default_context(cafile=authority.file)
    wrong = [stranger.server(), authority.server("hub.example"), authority.server(age=timedelta(days=30))]
    for tls in wrong:
        with between(hub.address, [Fault(instead=GOOD)], tls) as proxy, pytest.raises(httpx2.ConnectError):
            httpx2.get(f"https://{proxy.address}/", verify=trust, timeout=PATIENCE_SECONDS)
    with between(hub.address, [Fault(instead=GOOD)], authority.server()) as proxy:
        assert httpx2.get(f"https://{proxy.address}/", verify=trust, timeout=PATIENCE_SECONDS).status_code == 200
    assert not hub.heard


def _folder(parent: Path, name: str) -> Path:
    (folder := parent / name).mkdir()
    return folder
