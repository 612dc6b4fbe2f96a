"""A configuration on its way: taken only as it was signed, and only from a hub that the kiosk trusts."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from kiosk.wire.config_offer import MAX_CHARACTERS, ConfigOffer, read_signed, signed
from kiosk.wire.jws import NotSigned
from kiosk.wire.keys import as_bytes, as_text, new_private_key, public_key_of

KEY, NEXT, STRANGER = new_private_key(), new_private_key(), new_private_key()
TRUSTED = (public_key_of(KEY), public_key_of(NEXT))
OFFER = ConfigOffer(
    audience=UUID("00000000-0000-7000-8000-000000000001"), revision=3, not_before_ms=5, text='[kiosk]\nname = "ä"\n'
)


@pytest.mark.parametrize("key", [KEY, NEXT], ids=["now", "next"])
def test_what_either_trusted_key_signed_is_read_as_it_was_written(key: str) -> None:
    assert read_signed(signed(OFFER, key), TRUSTED) == OFFER


def test_the_largest_configuration_fits() -> None:
    large = OFFER.model_copy(update={"text": "😀" * MAX_CHARACTERS})
    assert read_signed(signed(large, KEY), TRUSTED) == large


def test_what_a_stranger_signed_is_not_taken() -> None:
    with pytest.raises(NotSigned):
        read_signed(signed(OFFER, STRANGER), TRUSTED)


def _with(position: int, content: bytes) -> str:
    parts = signed(OFFER, KEY).split(".")
    parts[position] = as_text(content)
    return ".".join(parts)


FORGED = OFFER.model_copy(update={"revision": 4}).model_dump_json().encode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "..",
        "no jws",
        signed(OFFER, KEY)[:-2],
        signed(OFFER, KEY) + "A",
        _with(1, FORGED),
        _with(0, json.dumps({"alg": "none"}).encode()),
        _with(0, json.dumps({"alg": "HS256", "typ": "kiosk-config"}).encode()),
        _with(2, b""),
        "é.é.é",
    ],
)
def test_what_was_changed_on_the_way_is_not_taken(content: str) -> None:
    with pytest.raises(NotSigned):
        read_signed(content, TRUSTED)


def test_something_else_that_the_hub_signed_is_no_configuration() -> None:
    from joserfc import jws
    from joserfc.jwk import OKPKey

    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": TRUSTED[0], "d": KEY})
    for header, payload in [
        ({"alg": "Ed25519"}, OFFER.model_dump_json().encode()),
        ({"alg": "Ed25519", "typ": "kiosk-config"}, b"[]"),
    ]:
        with pytest.raises(NotSigned):
            read_signed(jws.serialize_compact(header, payload, key, algorithms=["Ed25519"]), TRUSTED)


def test_a_key_is_thirty_two_bytes() -> None:
    assert len(as_bytes(KEY)) == 32
