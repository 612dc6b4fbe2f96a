"""Who the kiosk is to a hub: one file, for its own user only, that is never half there."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.errors import UsageError
from kiosk.sync.addresses import hub_url
from kiosk.sync.identity import (
    FILE_NAME,
    IdentityUnusable,
    Membership,
    identity_with_key,
    membership_in,
    read_identity,
    sole_change,
    write_identity,
)

DEVICE = uuid4()
MEMBER = Membership("https://hub.example", uuid4(), ("k" * 43,), "Kamppi", uuid4(), "t" * 43, 1, "n" * 43)


def test_a_kiosk_makes_one_key_and_keeps_it(tmp_path: Path) -> None:
    assert read_identity(tmp_path, DEVICE) is None
    first = identity_with_key(tmp_path, DEVICE)
    assert identity_with_key(tmp_path, DEVICE) == first
    assert membership_in(tmp_path, DEVICE) is None


def test_another_database_is_another_kiosk(tmp_path: Path) -> None:
    first = identity_with_key(tmp_path, DEVICE)
    other = uuid4()
    assert read_identity(tmp_path, other) is None
    assert identity_with_key(tmp_path, other).private_key != first.private_key


def test_what_is_written_is_read_again_and_is_nobody_elses(tmp_path: Path) -> None:
    whole = replace(identity_with_key(tmp_path, DEVICE), membership=MEMBER)
    write_identity(tmp_path, whole)
    assert read_identity(tmp_path, DEVICE) == whole
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_no_secret_stands_in_what_is_logged() -> None:
    assert "t" * 43 not in repr(MEMBER)
    assert "n" * 43 not in repr(MEMBER)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"device_id": 1}', b"\xff"])
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(IdentityUnusable, match="damaged"):
        identity_with_key(tmp_path, DEVICE)
    assert (tmp_path / FILE_NAME).read_bytes() == content


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_enrols_belongs_to_the_kiosks_own_user(tmp_path: Path) -> None:
    os.chown(tmp_path, 1234, 1234)
    identity_with_key(tmp_path, DEVICE)
    with sole_change(tmp_path):
        pass
    assert {path.stat().st_uid for path in tmp_path.iterdir()} == {1234}


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("hub.example", "https://hub.example"),
        (" https://Hub.Example/ ", "https://hub.example"),
        ("https://hub.example:8443/kiosks/", "https://hub.example:8443/kiosks"),
        ("localhost:8770", "http://localhost:8770"),
        ("127.0.0.1:8770", "http://127.0.0.1:8770"),
        ("http://[::1]:8770", "http://[::1]:8770"),
    ],
)
def test_an_address_is_understood_as_people_type_it(typed: str, url: str) -> None:
    assert hub_url(typed) == url


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://hub.example",
        "http://192.168.1.5",
        "ftp://hub.example",
        "https://",
        "https://u:p@hub.example",
        "https://hub.example/?a=b",
        "https://hub.example:port",
        "https://a b.example",
        "https://hub.example/\x1b[2J",
    ],
)
def test_what_is_no_safe_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        hub_url(typed)


def test_a_network_that_is_trusted_may_go_without_encryption() -> None:
    assert hub_url("http://192.168.1.5:8770", allow_insecure=True) == "http://192.168.1.5:8770"
