"""Where a request comes from: what the door wants to know of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from kiosk.hub.access import cookies
from kiosk.hub.access.door import Knock
from kiosk.hub.hub import TheHub


def _knock(request: Request, hub: TheHub) -> Knock:
    address = request.client.host if request.client else ""
    return Knock(address, cookies.brought(request, hub.settings), cookies.mark_brought(request, hub.settings))


TheKnock = Annotated[Knock, Depends(_knock)]
"""How a route asks where somebody comes from. The server has put in the address that a trusted proxy names."""
