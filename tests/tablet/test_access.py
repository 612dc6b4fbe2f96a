"""Who is let in, decided on what a request says of itself."""

from __future__ import annotations

import pytest

from kiosk.tablet.access import Access
from tests.tablet.conftest import TOKEN

OPEN, GUARDED = Access(None), Access(TOKEN)
PROXIED = Access(TOKEN, "https://kiosk.example/")


@pytest.mark.parametrize("host", ["127.0.0.1:8771", "localhost:8771", "localhost", "[::1]:8771", "127.0.0.1"])
def test_this_machine_needs_no_token(host: str) -> None:
    assert OPEN.admits(host, None)


@pytest.mark.parametrize("host", ["evil.example:8771", "192.168.1.5:8771", "localhost.evil.example", "", "[", "::1"])
def test_without_a_token_no_other_name_is_served(host: str) -> None:
    assert not OPEN.admits(host, None)


@pytest.mark.parametrize("given", [None, "", TOKEN[:-1], TOKEN + "x", "ä", TOKEN.lower()])
def test_a_wrong_token_opens_nothing(given: str | None) -> None:
    assert not GUARDED.admits("127.0.0.1:8771", given)


def test_the_token_opens_under_every_name() -> None:
    assert GUARDED.admits("192.168.1.5:8771", TOKEN)


@pytest.mark.parametrize("origin", [None, "", "null", "http://evil.example", "https://till:8771", "http://till:8772"])
def test_a_page_of_another_origin_opens_no_screen(origin: str | None) -> None:
    assert not GUARDED.allows("till:8771", origin)


def test_the_own_page_opens_a_screen() -> None:
    assert GUARDED.allows("till:8771", "http://till:8771")


def test_behind_a_proxy_only_the_public_origin_counts() -> None:
    assert PROXIED.allows("127.0.0.1:8771", "https://kiosk.example")
    assert not PROXIED.allows("127.0.0.1:8771", "http://127.0.0.1:8771")
    assert not PROXIED.allows("127.0.0.1:8771", "http://kiosk.example")
