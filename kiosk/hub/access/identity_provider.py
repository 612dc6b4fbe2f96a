"""The other side of signing in with OpenID Connect: what the provider says. The hub's only home of the HTTP client.

Nothing that comes from there is believed before its signature, issuer, audience, time and nonce were checked; no
redirect is followed, and no address but an encrypted one (or this machine's) is asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kiosk.errors import Refused, reason_of
from kiosk.hub.access.origins import is_loopback
from kiosk.hub.settings import IdentityProvider
from kiosk.words import N_

if TYPE_CHECKING:
    import httpx2

_SECONDS = 10.0
_LONGEST = 1 << 20
"""Bytes of an answer."""
_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures by a key that only the provider has."""
_LEEWAY_SECONDS = 60


class ProviderFailed(Refused):
    """The provider cannot be reached, or what it says cannot be believed."""

    def __init__(self, why: str) -> None:
        """Tell the person what to do; `why` is for whoever runs the hub."""
        self.why = why
        super().__init__(
            N_("The sign-in service did not confirm who you are."), N_("Try again, or sign in with a password.")
        )


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the provider listens."""

    authorization: str
    token: str
    keys: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider has recognised."""

    subject: str
    """Issuer and subject: what never changes."""
    email: str | None
    """Only an address that the provider has verified."""


def endpoints(provider: IdentityProvider) -> Endpoints:
    """Ask where the provider listens. Raises ProviderFailed."""
    with _client() as client:
        said = _answer(client, "GET", f"{provider.issuer}/.well-known/openid-configuration")
    if said.get("issuer") != provider.issuer:
        raise ProviderFailed(f"it calls itself {said.get('issuer')!r}")
    return Endpoints(
        _safe(said.get("authorization_endpoint")), _safe(said.get("token_endpoint")), _safe(said.get("jwks_uri"))
    )


def identity(provider: IdentityProvider, code: str, verifier: str, back: str, nonce: str, now_seconds: int) -> Identity:
    """Change a code into who has signed in. Raises ProviderFailed."""
    there = endpoints(provider)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    with _client() as client:
        granted = _answer(client, "POST", there.token, form, (provider.client_id, provider.client_secret))
        keys = _answer(client, "GET", there.keys)
    claims = _believed(provider, str(granted.get("id_token", "")), keys, nonce, now_seconds)
    email = claims.get("email") if claims.get("email_verified") is True else None
    return Identity(f"{provider.issuer} {claims['sub']}", str(email) if email else None)


def _believed(
    provider: IdentityProvider, token: str, keys: Mapping[str, Any], nonce: str, now_seconds: int
) -> Mapping[str, Any]:
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    rules = jwt.JWTClaimsRegistry(
        now=now_seconds,
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        believed = jwt.decode(token, KeySet.import_key_set({"keys": keys["keys"]}), _ALGORITHMS)
        rules.validate(believed.claims)
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise ProviderFailed(f"its token cannot be believed: {error}") from error
    return believed.claims


def _client() -> httpx2.Client:
    import httpx2  # late: only hubs with a provider need it

    return httpx2.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False)


def _answer(
    client: httpx2.Client,
    method: str,
    url: str,
    form: Mapping[str, str] | None = None,
    basic: tuple[str, str] | None = None,
) -> Mapping[str, Any]:
    import httpx2

    headers = {"Accept": "application/json"}
    try:
        with client.stream(method, _safe(url), data=form, auth=basic, headers=headers) as answer:
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > _LONGEST:
                    raise ProviderFailed("it says too much")
            if answer.status_code != httpx2.codes.OK:
                raise ProviderFailed(f"{url} answered {answer.status_code}")
            return _object(body)
    except httpx2.HTTPError as error:
        raise ProviderFailed(f"{url} cannot be reached: {reason_of(error)}") from error


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise ProviderFailed("it does not answer in JSON")
    return said


def _safe(url: object) -> str:
    parts = urlsplit(str(url))
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.netloc)):
        return str(url)
    raise ProviderFailed(f"{url!r} is not an encrypted address")
