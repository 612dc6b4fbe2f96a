"""Where records go: addresses that may be used, and secrets that nobody else can read."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config import Config
from kiosk.config.secrets import SecretUnfit, read_secret

Load = Callable[[str], Config]

QUESTION = '[[question]]\ntext = "How?"\n'
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def _hook(more: str = "") -> str:
    return f'{QUESTION}[[webhook]]\nurl = "https://a.example/in"\n{more}'


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8770", "http://[::1]:8770", "http://localhost", "https://hub.example"]
)
def test_this_machine_and_encrypted_addresses_may_be_sent_to(configured: Load, url: str) -> None:
    assert configured(f'{QUESTION}[sync]\nhub = "{url}/"').sync.hub == url


def test_a_trusted_network_can_be_sent_to_in_clear(configured: Load) -> None:
    config = configured(f'{QUESTION}[sync]\nhub = "http://10.0.0.7:8770"\nallow_insecure = true')
    assert config.sync.hub == "http://10.0.0.7:8770" and not config.warnings


def test_a_webhook_is_called_by_its_host_unless_it_has_a_name(configured: Load) -> None:
    assert configured(_hook()).webhook[0].called == "a.example"
    assert configured(_hook('name = "till"')).webhook[0].called == "till"


def _secret(tmp_path: Path, content: str, mode: int = 0o600) -> Path:
    path = tmp_path / "till.secret"
    path.write_text(content)
    path.chmod(mode)
    return path


def test_a_secret_is_read_from_its_file(configured: Load, tmp_path: Path) -> None:
    path = _secret(tmp_path, f"{SECRET}\n")
    config = configured(_hook('secret_file = "till.secret"'))
    assert config.warnings == () and config.webhook[0].secret_file == path
    assert read_secret(path) == bytes(range(32))


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (SECRET, 0o640, "is open to others"),
        (SECRET, 0o604, "is open to others"),
        ("whsec_&&&&", 0o600, "does not hold a secret"),
        ("whsec_QUJD", 0o600, "holds a secret of 3 bytes"),
        ("", 0o600, "holds a secret of 0 bytes"),
    ],
)
def test_an_unfit_secret_is_a_warning_and_nothing_can_be_signed_with_it(
    configured: Load, tmp_path: Path, content: str, mode: int, said: str
) -> None:
    path = _secret(tmp_path, content, mode)
    (warning,) = configured(_hook('secret_file = "till.secret"')).warnings
    assert warning.warning and warning.key == "webhook[1].secret_file" and said in warning.message
    assert content[6:] not in warning.message or len(content) < 7
    with pytest.raises(SecretUnfit, match=said):
        read_secret(path)


def test_a_missing_secret_is_a_warning(configured: Load) -> None:
    (warning,) = configured(_hook('secret_file = "none.secret"')).warnings
    assert "cannot be read: No such file" in warning.message
