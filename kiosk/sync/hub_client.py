"""Asking the hub something other than to take records: short requests, each with a bound on time and bytes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from kiosk.errors import HubUnreachable, Refused, reason_of
from kiosk.sync.reply import Reply
from kiosk.wire.base import Wire
from kiosk.wire.problem import ProblemType
from kiosk.words import N_

if TYPE_CHECKING:
    from httpx2 import BaseTransport, Client, Response

Said = TypeVar("Said", bound=Wire)

_SECONDS = 15.0
"""How long a request may take in all."""
_MAX_BYTES = 1 << 20
_PLAIN = {"accept-encoding": "identity"}
"""A packed reply could unpack to anything."""

_LATER = (ProblemType.BUSY, ProblemType.TOO_MANY)


class HubRefused(Refused):
    """The hub has understood, and will not."""

    def __init__(self, problem: ProblemType | None, hub: str, said: str) -> None:
        """Say which hub, and what it said; `problem` is None for one that this kiosk does not know."""
        self.problem = problem
        super().__init__(N_("The hub at {hub} refused: {reason}"), hub=hub, reason=said)


class HubBusy(HubUnreachable):
    """The hub is there, and asks to come back later."""

    def __init__(self, problem: ProblemType | None, hub: str, said: str, headers: Mapping[str, str]) -> None:
        """Say which hub, and what it said; its `headers` may say how much later."""
        self.problem, self.headers = problem, headers
        super().__init__(
            N_("The hub at {hub} is not ready: {reason}"), N_("Try again in some minutes."), hub=hub, reason=said
        )


class HubClient:
    """Talks to one hub. Redirects are not followed: they lead to a sign-in page of somebody's network."""

    def __init__(self, url: str, transport: BaseTransport | None = None) -> None:
        """Talk to the hub at `url`, which `addresses.hub_url` has checked; `transport` is for tests."""
        self.url = url
        self._transport = transport

    def tell(self, path: str, what: Wire, answer: type[Said], token: str | None = None) -> Said:
        """Send something and give the hub's answer. Raises HubRefused, and HubUnreachable for whatever else it is."""
        content = what.model_dump_json().encode()
        reply = self.ask("POST", path, {"content-type": "application/json"}, content, token)
        if reply.status != HTTPStatus.OK:
            raise self.refusal(reply)
        try:
            return answer.model_validate_json(reply.body)
        except ValidationError:
            raise self._strange(reply) from None

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"", token: str | None = None
    ) -> Reply:
        """Send a request and read the reply to its end. Raises HubUnreachable when there is none."""
        from httpx2 import HTTPError, InvalidURL  # late: only kiosks of a hub need the HTTP client

        sent = {**headers, **_PLAIN, **({"authorization": f"Bearer {token}"} if token else {})}
        try:
            with self._client() as client, client.stream(method, self.url + path, headers=sent, content=content) as got:
                return Reply(got.status_code, dict(got.headers), _read(got))
        except (HTTPError, InvalidURL, OSError) as error:
            raise HubUnreachable(
                N_("The hub at {hub} cannot be reached: {reason}."),
                N_("Check the address and the network, then try again."),
                hub=self.url,
                reason=reason_of(error),
            ) from error

    def refusal(self, reply: Reply) -> HubRefused | HubUnreachable:
        """Give the error that a reply means."""
        details = reply.problem
        if details is None:
            return self._strange(reply)
        kind = next((kind for kind in ProblemType if kind.uri == details.type), None)
        said = details.detail or details.title
        if kind in _LATER or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return HubBusy(kind, self.url, said, reply.headers)
        return HubRefused(kind, self.url, said)

    def _strange(self, reply: Reply) -> HubUnreachable:
        return HubUnreachable(
            N_("What answers at {hub} is not a hub (status {status})."),
            N_("Check the address; a Wi-Fi that wants a sign-in answers like this too."),
            hub=self.url,
            status=reply.status,
        )

    def _client(self) -> Client:
        from httpx2 import Client

        return Client(transport=self._transport, timeout=_SECONDS, follow_redirects=False, trust_env=False)


def _read(response: Response) -> bytes:
    """Read a body to its end. Raises OSError for one that takes too long or is too large."""
    deadline = time.monotonic() + _SECONDS
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > _MAX_BYTES:
            raise OSError("the answer has no end")
        if time.monotonic() > deadline:
            raise OSError("the answer takes too long")
    return bytes(body)
