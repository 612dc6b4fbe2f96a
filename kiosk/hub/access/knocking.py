"""Where a request comes from: what the door wants to know of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from kiosk.hub.access import cookies
from kiosk.hub.access.door import Knock
from kiosk.hub.hub import TheHub


def _knock(request: Request, hub: TheHub) -> Knock:
    address = request.client.host if request.client else ""
    session, known = cookies.session(hub.settings), cookies.known_browser(hub.settings)
    return Knock(address, session.brought(request), known.brought(request))


TheKnock = Annotated[Knock, Depends(_knock)]
"""How a route asks where somebody comes from. The server has put in the address that a trusted proxy names."""
