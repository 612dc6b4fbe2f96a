"""Every route that the hub has: strangers are shown the door, and people see no more than their own locations."""

from __future__ import annotations

from uuid import uuid4

import pytest
from fastapi.routing import iter_route_contexts

from kiosk.config import Config
from kiosk.hub.access import accounts
from kiosk.hub.app import create_app
from kiosk.hub.hub import Hub
from tests.hub.access.browser import Browser
from tests.hub.access.people import PASSWORD, owner_of
from tests.hub.access.places import kiosk_called

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

OPEN = {
    "/.well-known/kiosk-hub",
    "/livez",
    "/metrics",
    "/openapi.json",
    "/readyz",
    "/set-up",
    "/sign-in",
    "/sign-in/oidc",
    "/sign-in/oidc/back",
    "/sign-out",
    "/static/{version}/{name}",
    "/v1/enrol",
    "/welcome/{token}",
}
"""What has to work for whoever is not known yet; everything else must ask."""
OWN = {"/account/language", "/account/password", "/account/sign-out-everywhere", "/tokens", "/tokens/revoke"}
"""What everybody does to their own account."""
ENDLESS = "/wall/events"


def routes(hub: Hub) -> list[tuple[str, str]]:
    """Give the method and the path of every route."""
    found = iter_route_contexts(create_app(hub).routes)
    return sorted((method, str(route.path)) for route in found for method in route.methods or () if method != "HEAD")


def test_nobody_gets_past_the_door(hub: Hub, address: str) -> None:
    owner_of(hub)
    stranger, asked = Browser(address), [(method, path) for method, path in routes(hub) if path not in OPEN]
    assert len(asked) > 30
    for method, path in asked:
        filled = path.replace("{location_id}", str(uuid4())).replace("{device_id}", str(uuid4()))
        ask = stranger.get if method == "GET" else stranger.post
        answer = ask(filled.replace("{person_id}", str(uuid4())))
        if path.startswith("/v1/"):
            assert answer.status_code == 401, path
        else:
            assert (answer.status_code, answer.headers.get("location", "").partition("?")[0]) == (303, "/sign-in"), path


def test_a_viewer_sees_nothing_of_other_locations_and_changes_nothing(hub: Hub, address: str, shipped: Config) -> None:
    anna = owner_of(hub)
    own, other = kiosk_called(hub, shipped, "Kamppi"), kiosk_called(hub, shipped, "Secret Kallio")
    accounts.add(hub, "ben", "viewer", [own.location_id], PASSWORD, anna, "en")
    ben = Browser(address)
    ben.sign_in("ben")
    seen = ""
    for method, path in routes(hub):
        if path in OPEN | OWN | {ENDLESS} or path.startswith("/v1/"):
            continue
        filled = path.replace("{location_id}", str(other.location_id)).replace("{device_id}", str(other.id))
        filled = filled.replace("{person_id}", str(anna.id))
        if method == "POST":
            assert ben.post(filled, {"location": str(other.location_id)}).status_code in (403, 404), path
            continue
        for query in ("", f"?location={other.location_id}", f"?other={other.location_id}"):
            answer = ben.get(filled + query)
            assert "Secret" not in answer.text, f"{path}{query}"
            seen += answer.text
    assert "Kamppi" in seen


def test_a_token_fetches_the_files_of_its_makers_locations_and_opens_no_page(
    hub: Hub, address: str, shipped: Config
) -> None:
    anna = owner_of(hub)
    own, other = kiosk_called(hub, shipped, "Kamppi"), kiosk_called(hub, shipped, "Secret Kallio")
    ben = accounts.add(hub, "ben", "viewer", [own.location_id], PASSWORD, anna, "en")
    program = Browser(address, authorization=f"Bearer {accounts.make_token(hub, ben, 'Power BI')}")
    fetched = program.get(f"/export/file?location={own.location_id}&format=csv")
    assert fetched.status_code == 200 and len(fetched.text.splitlines()) > 40
    assert program.get(f"/export/file?location={other.location_id}&format=csv").status_code == 404
    assert program.get(f"/export/file?location={own.location_id}&location={other.location_id}").status_code == 404
    for everything in ("/export/file?format=csv", "/export/file?format=csv&location=all"):
        assert program.get(everything).text == fetched.text
    assert program.get("/export").status_code == program.get("/comments").status_code == 401


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("location=kamppi&days=own&from=2026-11-02&to=2026-11-03&format=json&words=1", 200),
        ("form=json", 400),
        ("format=xyz", 400),
        ("days=nonsense", 400),
        ("days=29", 400),
        ("days=own&from=2026-11-03", 400),
        ("days=own&from=2026-11-03&to=2026-11-02", 400),
        ("days=own&from=2019-11-03&to=2026-11-02", 400),
        ("days=7&from=2026-11-02&to=2026-11-03", 400),
        ("format=csv&format=json", 400),
        ("words=no", 400),
    ],
)
def test_a_programs_typing_error_is_told_and_a_persons_gets_the_usual(
    hub: Hub, address: str, shipped: Config, query: str, status: int
) -> None:
    anna = owner_of(hub)
    kiosk_called(hub, shipped, "Kamppi")
    program = Browser(address, authorization=f"Bearer {accounts.make_token(hub, anna, 'Power BI')}")
    answer = program.get(f"/export/file?{query}")
    assert answer.status_code == status
    if status == 400:
        assert answer.headers["content-type"] == "application/problem+json" and answer.json()["detail"]
        person = Browser(address)
        person.sign_in()
        assert person.get(f"/export/file?{query}").status_code == (404 if "xyz" in query else 200)
