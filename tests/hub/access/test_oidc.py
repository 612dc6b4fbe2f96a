"""Signing in at an identity provider: a stub of one on this machine, honest and not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from kiosk.hub.access import accounts, oidc
from kiosk.hub.access.identity_provider import ProviderFailed, _safe
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from tests.conftest import WoundClock
from tests.hub.access.browser import PROBES, Browser, running
from tests.hub.access.people import owner_of, person

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

CLIENT, SECRET = "kiosk-hub", "s3cret"


@dataclass
class Provider:
    """A provider that recognises whomever a test wants."""

    clock: WoundClock
    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    claims: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    asked: dict[str, str] = field(default_factory=dict)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def discovery() -> dict[str, str]:
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": self.url, **{name: f"{self.url}/{path}" for name, path in names.items()}}

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = parse_qs((await request.body()).decode())
            basic = request.headers.get("authorization", "")
            challenge = oidc._base64(sha256(form["code_verifier"][0].encode()).digest())
            if (
                challenge != self.asked["code_challenge"]
                or form["code"] != ["the-code"]
                or not basic.startswith("Basic ")
            ):
                return JSONResponse({"error": "invalid_grant"}, 400)
            return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self.token()})

        return app

    def token(self) -> str:
        now = self.clock.at_ms // 1000
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "248289761001",
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 300,
            "email": "Anna@Shop.example",
            "email_verified": True,
            **self.claims,
        }
        if self.sign is not None:
            return self.sign(claims)
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def recognise(self, address: str) -> str:
        """Read what a browser asks for; give the query with which it comes back."""
        asked = parse_qs(urlsplit(address).query)
        self.asked = {name: values[0] for name, values in asked.items()}
        return urlencode({"code": "the-code", "state": self.asked["state"]})


@pytest.fixture
def provider(clock: WoundClock) -> Iterator[Provider]:
    made = Provider(clock)
    with running(uvicorn.Config(made.app(), port=0, log_level="critical", lifespan="off")) as url:
        made.url = url
        yield made


@pytest.fixture
def away(hub: Hub, provider: Provider) -> Iterator[str]:
    """Serve a hub that has a provider, and an owner who is known there by her address."""
    accounts.add(hub, "anna@shop.example", "viewer", (), None, owner_of(hub), "en")
    there = replace(
        hub, settings=replace(hub.settings, oidc_issuer=provider.url, oidc_client=CLIENT, oidc_secret=SECRET)
    )
    app = create_app(there)
    app.include_router(PROBES)
    with running(uvicorn.Config(app, port=0, log_level="critical", lifespan="off")) as url:
        yield url


def signed_in(browser: Browser, provider: Provider, wanted: str = "/account") -> bool:
    sent = browser.get(f"/sign-in/oidc?next={wanted}")
    assert sent.status_code == 303
    back = browser.get(f"/sign-in/oidc/back?{provider.recognise(sent.headers['location'])}")
    return back.status_code == 303 and back.headers["location"] == wanted


def test_whom_the_provider_recognises_is_let_in_and_led_on(away: str, provider: Provider, hub: Hub) -> None:
    browser = Browser(away)
    assert "Sign in with your organisation" in browser.get("/sign-in").text
    assert signed_in(browser, provider)
    assert browser.get("/probe/visitor").json() == "anna@shop.example"
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["redirect_uri"] == "http://127.0.0.1:8770/sign-in/oidc/back"


def test_an_identity_stays_with_its_account_whatever_its_address_becomes(
    away: str, provider: Provider, hub: Hub
) -> None:
    assert signed_in(Browser(away), provider)
    provider.claims = {"email": "married@shop.example"}
    browser = Browser(away)
    assert signed_in(browser, provider)
    assert browser.get("/probe/visitor").json() == "anna@shop.example"
    provider.claims = {"sub": "another"}
    assert not signed_in(Browser(away), provider)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"nonce": "another"},
        {"exp": 1},
        {"email_verified": False},
        {"email": "stranger@shop.example"},
        {"email": None},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_lets_nobody_in(
    away: str, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    browser = Browser(away)
    assert not signed_in(browser, provider)
    assert browser.get("/probe/visitor").status_code == 303


@pytest.mark.parametrize("forged", ["another key", "no signature", "the public key as a secret"])
def test_a_token_that_the_provider_has_not_signed_lets_nobody_in(away: str, provider: Provider, forged: str) -> None:
    def sign(claims: dict[str, Any]) -> str:
        if forged == "another key":
            return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))
        if forged == "no signature":
            head = oidc._base64(b'{"alg":"none"}')
            return f"{head}.{jwt.encode({'alg': 'RS256'}, claims, provider.key).split('.')[1]}."
        return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(b"x" * 32))

    provider.sign = sign
    assert not signed_in(Browser(away), provider)


def test_only_the_browser_that_set_out_comes_back(away: str, provider: Provider) -> None:
    attacker, victim = Browser(away), Browser(away)
    query = provider.recognise(attacker.get("/sign-in/oidc").headers["location"])
    assert victim.get(f"/sign-in/oidc/back?{query}").status_code == 422
    victim.get("/sign-in/oidc")
    assert victim.get(f"/sign-in/oidc/back?{query}").status_code == 422
    provider.recognise(attacker.get("/sign-in/oidc").headers["location"])
    assert attacker.get("/sign-in/oidc/back?code=the-code&state=another").status_code == 422
    assert victim.get("/probe/visitor").status_code == attacker.get("/probe/visitor").status_code == 303


def test_a_sign_in_that_took_too_long_begins_anew(away: str, provider: Provider, clock: WoundClock) -> None:
    browser = Browser(away)
    query = provider.recognise(browser.get("/sign-in/oidc").headers["location"])
    clock.wind(oidc.MINUTES * 60)
    assert browser.get(f"/sign-in/oidc/back?{query}").status_code == 422


def test_a_disabled_person_is_not_let_in_by_the_provider(away: str, provider: Provider, hub: Hub) -> None:
    accounts.disable(hub, person(hub, "anna@shop.example"), None)
    assert not signed_in(Browser(away), provider)


def test_the_provider_leads_only_to_the_hubs_own_pages(away: str, provider: Provider) -> None:
    browser = Browser(away)
    query = provider.recognise(browser.get("/sign-in/oidc?next=//evil.example").headers["location"])
    assert browser.get(f"/sign-in/oidc/back?{query}").headers["location"] == "/"


def test_a_provider_that_is_away_is_said_in_a_sentence(away: str, provider: Provider, hub: Hub) -> None:
    provider.url = "https://evil.example"
    answer = Browser(away).get("/sign-in/oidc")
    assert answer.status_code == 422
    assert "The sign-in service did not confirm who you are." in answer.text and "evil" not in answer.text


def test_without_a_provider_there_is_no_such_way_in(hub: Hub, address: str) -> None:
    owner_of(hub)
    assert "organisation" not in Browser(address).get("/sign-in").text
    assert Browser(address).get("/sign-in/oidc").status_code == 404


@pytest.mark.parametrize(
    "address", ["http://evil.example/keys", "file:///etc/passwd", "http://127.0.0.1.evil.example", "ftp://x", "", None]
)
def test_no_address_is_asked_that_is_not_encrypted(url: str, address: str | None) -> None:
    with pytest.raises(ProviderFailed):
        _safe(address)
