"""Over real connections: whatever is cut, forged or without end is a failure, and nothing follows where it leads."""

from __future__ import annotations

import gzip
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.sync import sender as sender_module
from kiosk.sync.hub import HubDestination
from kiosk.sync.reply import Reply
from kiosk.sync.sender import NoReply, Request, Sender
from kiosk.sync.trouble import Trouble
from tests.sync.conftest import HUB, Counter, Pass
from tests.sync.line import acknowledgement, http, peer


def _post(url: str, sender: Sender | None = None) -> Reply:
    used = sender or Sender()
    try:
        return used.post(Request(f"{url}/v1/events", {"authorization": "Bearer secret"}, b"content"))
    finally:
        used.close()


@pytest.mark.parametrize("length", [True, False], ids=["with its length", "until the end of the connection"])
def test_a_reply_cut_at_any_byte_confirms_nothing(counter: Counter, length: bool) -> None:
    counter.answers(2)
    cut = 0
    with peer(lambda request: http(acknowledgement(request), length=length)[:cut]) as hub:
        counter.pass_ = Pass(url=hub.url)
        destination = HubDestination(HUB, lambda: counter.pass_, lambda: counter.clock.at_ms)
        served = counter.courier(destination, lambda _: httpx2.Response(500))
        served.courier._post = sender = Sender()
        served.courier.step()
        whole = len(http(acknowledgement(hub.requests[0]), length=length))
        for cut in range(whole):
            assert served.courier.step().trouble in (Trouble.UNREACHABLE, Trouble.PORTAL), cut
            assert counter.delivery(served).acked_seq == 0
        cut = whole
        assert served.courier.step().sent == 2
        sender.close()


def test_a_redirect_is_not_followed() -> None:
    with peer(lambda _: http(b"")) as portal:
        moved = http(b"", "307 Temporary Redirect", f"location: {portal.url}/v1/events")
        with peer(lambda _: moved) as hub:
            assert _post(hub.url).status == 307
        assert not portal.requests


def test_no_proxy_password_or_cookie_of_the_machine_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with peer(lambda _: http(b"")) as proxy, peer(lambda _: http(b"", "200 OK", "set-cookie: a=b")) as hub:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password word")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        sender = Sender()
        for _ in range(2):
            sender.post(Request(f"{hub.url}/in", {}, b"content"))
        sender.close()
        assert not proxy.requests
        assert len(hub.requests) == 2
        assert not any(b"cookie" in each.lower() or b"Basic" in each for each in hub.requests)


def test_silence_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "SILENCE_SECONDS", 0.05)
    with peer(lambda _: None) as hub, pytest.raises(NoReply) as caught:
        _post(hub.url)
    assert caught.value.trouble is Trouble.UNREACHABLE


def test_a_reply_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "WHOLE_SECONDS", -1.0)
    with peer(lambda _: http(b"x" * 10)) as hub, pytest.raises(NoReply, match="takes longer"):
        _post(hub.url)


def test_a_packed_reply_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with (
        peer(lambda _: http(bomb, "200 OK", "content-encoding: gzip")) as hub,
        pytest.raises(NoReply, match="packed"),
    ):
        _post(hub.url)


def test_nobody_there_is_unreachable() -> None:
    with peer(lambda _: b"") as gone:
        url = gone.url
    with pytest.raises(NoReply) as caught:
        _post(url)
    assert caught.value.trouble is Trouble.UNREACHABLE


def _certificate(folder: Path, name: x509.GeneralName) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for a name; give a server's context with it, and the file that a client can trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a hub")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, key_file = folder / "hub.pem", folder / "hub.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    return context, file


def _trusting(file: Path) -> Sender:
    return Sender(httpx2.HTTPTransport(verify=ssl.create_default_context(cafile=str(file))))


def test_a_certificate_for_the_right_name_is_good(tmp_path: Path) -> None:
    context, file = _certificate(tmp_path, x509.IPAddress(ip_address("127.0.0.1")))
    with peer(lambda _: http(b""), context) as hub:
        assert _post(hub.url, _trusting(file)).status == 200


def test_who_has_a_certificate_for_another_name_hears_nothing(tmp_path: Path) -> None:
    context, file = _certificate(tmp_path, x509.DNSName("other.example"))
    with peer(lambda _: http(b""), context) as hub:
        with pytest.raises(NoReply) as caught:
            _post(hub.url, _trusting(file))
        assert (caught.value.trouble, hub.requests) == (Trouble.CERTIFICATE, [])


def test_who_made_a_certificate_of_his_own_hears_nothing(tmp_path: Path) -> None:
    context, _ = _certificate(tmp_path, x509.IPAddress(ip_address("127.0.0.1")))
    with peer(lambda _: http(b""), context) as hub:
        with pytest.raises(NoReply) as caught:
            _post(hub.url)
        assert (caught.value.trouble, hub.requests) == (Trouble.CERTIFICATE, [])
