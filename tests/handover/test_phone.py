"""The link for a phone: one file, once, for five minutes, to who has the address, and nothing else to anybody."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kiosk.handover import reception
from kiosk.handover.parcel import Parcel
from kiosk.handover.phone import PhoneLink
from tests.conftest import WoundClock
from tests.handover.conftest import CONTENT
from tests.handover.visitor import Visitor, one_by_one
from tests.patience import wait_until


@pytest.fixture
def link(parcel: Parcel, clock: WoundClock) -> Iterator[PhoneLink]:
    with PhoneLink(parcel, "fi", clock=clock, address="127.0.0.1", port=0) as offered:
        yield offered


@pytest.fixture
def phone(link: PhoneLink) -> Visitor:
    return Visitor(link)


@pytest.fixture
def large(tmp_path: Path, clock: WoundClock) -> Iterator[PhoneLink]:
    """Give a link to a file that no socket buffer holds."""
    with Parcel("all.xlsx", tmp_path) as parcel:
        parcel.file.write(bytes(32 << 20))
        with PhoneLink(parcel, "en", clock=clock, address="127.0.0.1", port=0) as offered:
            yield offered


def test_the_button_gives_the_whole_file_under_its_name(link: PhoneLink, phone: Visitor) -> None:
    reply = phone.ask("POST")
    assert (reply.status, reply.body) == (200, CONTENT)
    assert reply.headers["content-disposition"] == 'attachment; filename="kiosk-kassa-1-2026-11-22.csv"'
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    wait_until(lambda: link.state == "fetched")


def test_a_second_download_is_refused(link: PhoneLink, phone: Visitor) -> None:
    phone.ask("POST")
    wait_until(lambda: link.state == "fetched")
    for method in ("POST", "GET"):
        (reply,) = one_by_one(phone, method, None)
        assert reply.status == 410
        assert CONTENT not in reply.body
        assert "Linkki on jo käytetty" in reply.body.decode()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_preview_does_not_use_the_link_up(method: str, link: PhoneLink, phone: Visitor) -> None:
    for reply in one_by_one(phone, method, *[None] * 30):
        assert reply.status == 200
        assert CONTENT not in reply.body
    assert link.state == "waiting"
    assert phone.ask("POST").body == CONTENT


def test_the_head_of_a_page_has_no_body(phone: Visitor) -> None:
    assert phone.ask("HEAD").body == b""
    assert phone.ask("HEAD").headers["content-length"] == str(len(phone.ask("GET").body))


def test_messengers_may_add_to_the_address_and_people_may_type_it_in_small_letters(phone: Visitor) -> None:
    assert phone.ask("GET", f"{phone.path.lower()}?fbclid=1").status == 200


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("sv-FI,sv;q=0.9,fi;q=0.8", "En fil till dig"),
        ("en-US,en;q=0.5", "A file for you"),
        ("fi;q=0.4, sv;q=0.7", "En fil till dig"),
        ("ja,ko;q=0.9", "Tiedosto sinulle"),
        ("sv;q=0", "Tiedosto sinulle"),
        ("", "Tiedosto sinulle"),
        (";;;q=,q=9,<script>", "Tiedosto sinulle"),
    ],
)
def test_the_page_speaks_the_phones_language_or_else_the_kiosks(accepted: str, title: str, phone: Visitor) -> None:
    page = phone.ask("GET", None, f"Accept-Language: {accepted}").body.decode()
    assert f"<h1>{title}</h1>" in page


def test_nothing_is_kept_run_or_asked_elsewhere(phone: Visitor) -> None:
    for reply in (phone.ask("GET"), phone.ask("GET", "/wrong"), phone.ask("POST")):
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["content-security-policy"].startswith("default-src 'none'")
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert "server" not in reply.headers
        assert b"<script" not in reply.body
        assert b"://" not in reply.body


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/favicon.ico",
        "/AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "{path}X",
        "{path}/",
        "{path}/..",
        "{path}%00",
        "/../../../../etc/passwd",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/kiosk-kassa-1-2026-11-22.csv",
        "/ä\u20ac",
        "*",
        "http://elsewhere/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "<"])
def test_whatever_else_is_asked_for_is_not_there_and_looks_the_same(
    method: str, path: str, link: PhoneLink, phone: Visitor
) -> None:
    wrong, other = phone.ask(method, path.format(path=phone.path)), phone.ask("GET", "/x")
    assert (wrong.status, wrong.body, wrong.headers) == (404, b"", other.headers)
    assert link.state == "waiting"


@pytest.mark.parametrize(
    "request_", [b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n"]
)
def test_what_is_no_request_gets_nothing(request_: bytes, link: PhoneLink, phone: Visitor) -> None:
    assert phone.say(request_).status in (0, 404)
    assert link.state == "waiting"


def test_a_method_that_is_not_known_is_answered_like_a_wrong_address(phone: Visitor) -> None:
    assert phone.ask("PUT").status == 404


def test_guessing_is_soon_no_longer_answered_and_others_are_served(link: PhoneLink) -> None:
    guesser, phone = Visitor(link, "127.0.0.2"), Visitor(link, "127.0.0.3")
    replies = one_by_one(guesser, "GET", *[f"/{number}" for number in range(25)])
    assert [reply.status for reply in replies] == [404] * 20 + [0] * 5
    assert guesser.ask("GET").status == 0
    assert phone.ask("POST").body == CONTENT


def test_guessing_from_many_addresses_ends_as_well(link: PhoneLink) -> None:
    guessers = [Visitor(link, f"127.0.1.{host}") for host in range(1, 27)]
    replies = [reply for guesser in guessers for reply in one_by_one(guesser, "GET", *["/x"] * 21)]
    answered = [reply.status for reply in replies].count(404)
    assert answered == 500
    assert Visitor(link, "127.0.2.1").ask("GET").status == 0


def test_addresses_are_compared_in_constant_time(
    link: PhoneLink, phone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bytes] = []

    def compare(given: bytes, wanted: bytes) -> bool:
        compared.append(given)
        return given == wanted

    monkeypatch.setattr("hmac.compare_digest", compare)
    phone.ask("GET", "/guess")
    assert compared == [b"/GUESS"]


def test_two_links_have_nothing_in_common(parcel: Parcel, clock: WoundClock) -> None:
    paths = set()
    for _ in range(20):
        with PhoneLink(parcel, "fi", clock=clock, address="127.0.0.1", port=0) as link:
            paths.add(Visitor(link).path)
    assert len(paths) == 20
    assert all(len(path) == 1 + 26 for path in paths)


def test_the_address_makes_a_small_code(link: PhoneLink) -> None:
    from kiosk.qr import encode

    url = f"HTTP://192.168.178.101:65535/{link.url.rpartition('/')[2]}"
    assert len(encode(url, "M").modules) == 29


def test_after_five_minutes_nothing_listens(link: PhoneLink, phone: Visitor, clock: WoundClock) -> None:
    clock.wind(299)
    assert (link.state, link.seconds_left) == ("waiting", 1)
    assert phone.ask("GET").status == 200
    clock.wind(1)
    assert (link.state, link.seconds_left) == ("expired", 0)
    wait_until(lambda: is_refused(phone))


def test_a_request_that_is_under_way_when_time_is_over_gets_no_file(
    link: PhoneLink, phone: Visitor, clock: WoundClock
) -> None:
    with closing(phone.connect()) as connection:
        connection.sendall(f"POST {phone.path} HTTP/1.1\r\n".encode())
        clock.wind(300)
        connection.sendall(b"\r\n")
        came = b"".join(iter(lambda: connection.recv(4096), b""))
    assert CONTENT not in came
    assert link.state == "expired"


def test_a_clock_set_back_gives_nobody_more_time(link: PhoneLink, clock: WoundClock) -> None:
    clock.at_ms -= 86_400_000
    clock.boot_ms += 300_000
    assert link.state == "expired"


def test_a_download_that_breaks_off_does_not_use_the_link_up(large: PhoneLink) -> None:
    phone = Visitor(large)
    with closing(phone.connect()) as connection:
        connection.sendall(f"POST {phone.path} HTTP/1.1\r\n\r\n".encode())
        connection.recv(1000)
        assert large.state == "fetching"
        assert phone.ask("POST").status == 409
        assert phone.ask("GET").status == 409
    wait_until(lambda: large.state == "waiting")
    assert len(phone.ask("POST").body) == 32 << 20
    wait_until(lambda: large.state == "fetched")


def test_a_phone_that_leaves_before_it_has_read_a_small_file_may_come_again(link: PhoneLink, phone: Visitor) -> None:
    with closing(phone.connect()) as connection:
        connection.sendall(f"POST {phone.path} HTTP/1.1\r\n\r\n".encode())
        wait_until(lambda: link.state == "fetching")
        connection.recv(10)
    wait_until(lambda: link.state == "waiting")
    assert phone.ask("POST").body == CONTENT


def test_a_part_that_is_asked_for_comes_as_the_whole(link: PhoneLink, phone: Visitor) -> None:
    reply = phone.ask("POST", None, "Range: bytes=5-9")
    assert (reply.status, reply.body) == (200, CONTENT)


def test_of_two_phones_at_once_one_gets_the_file(link: PhoneLink) -> None:
    visitors = [Visitor(link, f"127.0.0.{host}") for host in range(2, 9)]
    replies: list[int] = []
    threads = [threading.Thread(target=lambda v=v: replies.append(v.ask("POST").status)) for v in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies.count(200) == 1
    assert set(replies) <= {200, 409, 410}


@pytest.mark.parametrize(
    "flood",
    [
        b"X-Long: " + b"a" * 200_000 + b"\r\n",
        b"".join(b"X-%d: a\r\n" % number for number in range(20_000)),
        b"X-Many: a\r\n" * 150,
    ],
)
def test_huge_headers_are_not_read(flood: bytes, link: PhoneLink, phone: Visitor) -> None:
    assert phone.say(f"POST {phone.path} HTTP/1.1\r\n".encode() + flood + b"\r\n").status in (0, 404)
    assert link.state == "waiting"


def test_a_body_is_not_kept(link: PhoneLink, phone: Visitor) -> None:
    reply = phone.ask("POST", None, "Content-Length: 5")
    assert reply.body == CONTENT


def test_who_says_nothing_or_dribbles_is_left(link: PhoneLink, phone: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "_ASK_SECONDS", 0.3)
    with closing(phone.connect()) as silent, closing(phone.connect()) as dribbling:
        dribble_in_vain(dribbling)
        assert silent.recv(1) == b""
    assert link.state == "waiting"


def test_who_holds_connections_open_does_not_keep_others_out(link: PhoneLink) -> None:
    slow = Visitor(link, "127.0.0.2")
    with ExitStack() as held:
        for _ in range(20):
            held.enter_context(closing(slow.connect()))
        assert Visitor(link, "127.0.0.3").ask("POST").body == CONTENT


def test_a_phone_that_stops_reading_is_left(large: PhoneLink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "_SEND_SECONDS", 0.3)
    phone = Visitor(large)
    with closing(phone.connect()) as connection:
        connection.sendall(f"POST {phone.path} HTTP/1.1\r\n\r\n".encode())
        wait_until(lambda: large.state == "fetching")
        wait_until(lambda: large.state == "waiting")


def test_closing_ends_everything_at_once_and_leaves_no_thread(large: PhoneLink) -> None:
    phone = Visitor(large)
    with closing(phone.connect()) as connection:
        connection.sendall(f"POST {phone.path} HTTP/1.1\r\n\r\n".encode())
        wait_until(lambda: large.state == "fetching")
        large.close()
        assert large.state == "expired"
        assert len(all_that_comes(connection)) < 32 << 20
    wait_until(lambda: is_refused(phone))
    wait_until(lambda: not [thread for thread in threading.enumerate() if "phone" in thread.name])
    large.close()


def test_a_port_that_is_taken_is_no_trouble(parcel: Parcel, link: PhoneLink, clock: WoundClock) -> None:
    taken = int(link.url.rpartition(":")[2].partition("/")[0])
    with PhoneLink(parcel, "fi", clock=clock, address="127.0.0.1", port=taken) as other:
        assert other.url.partition("/K")[0] != link.url.partition("/K")[0]
        assert Visitor(other).ask("GET").status == 200


def test_only_the_one_address_listens(link: PhoneLink) -> None:
    port = int(link.url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.9", port), 5).close()


def test_no_log_holds_the_address(
    link: PhoneLink, phone: Visitor, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        phone.ask("GET")
        phone.ask("GET", "/wrong")
        phone.ask("POST")
    assert not [record for record in caplog.records if phone.path[1:] in record.getMessage()]
    assert capfd.readouterr() == ("", "")


def is_refused(phone: Visitor) -> bool:
    try:
        phone.connect().close()
    except ConnectionRefusedError:
        return True
    return False


def dribble_in_vain(connection: socket.socket) -> None:
    """Send a header letter by letter until the other side has had enough."""

    def fails() -> bool:
        try:
            connection.sendall(b"a")
        except OSError:
            return True
        return False

    connection.sendall(b"GET / HTTP/1.1\r\nX: ")
    wait_until(fails)


def all_that_comes(connection: socket.socket) -> bytes:
    try:
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))
    except ConnectionError:
        return b""
