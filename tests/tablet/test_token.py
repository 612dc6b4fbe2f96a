"""The access token on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import Refused
from kiosk.tablet.token import FILE, token_in


def test_a_token_is_made_once_and_kept_for_its_user_alone(tmp_path: Path) -> None:
    token = token_in(tmp_path / "data")
    assert len(token) >= 32
    assert token_in(tmp_path / "data") == token
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o777 == 0o600


def test_two_places_have_two_tokens(tmp_path: Path) -> None:
    assert token_in(tmp_path / "one") != token_in(tmp_path / "two")


@pytest.mark.parametrize("content", [b"", b"short\n", b"with spaces and more than twenty", b"\xff" * 40])
def test_a_damaged_token_lets_nobody_in(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(Refused, match=FILE) as refusal:
        token_in(tmp_path)
    assert refusal.value.hint


def test_a_token_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(Refused):
        token_in(tmp_path / "data")
