"""The sink that is held to the rules, at the other end of HTTP."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2
from pydantic import ValidationError

from kiosk.sync.conformance.signing import Signing
from kiosk.wire.ack import Ack
from kiosk.wire.base import BATCH_TYPE, PROBLEM_TYPE
from kiosk.wire.problem import ProblemDetails
from kiosk.wire.writing import Event, body_of, packed

_PATIENCE_S = 30.0


class Broken(Exception):
    """A rule that the sink does not keep; the message says how."""


def require(kept: bool, otherwise: str) -> None:
    """Raise Broken, with a sentence, where a rule is not kept."""
    if not kept:
        raise Broken(otherwise)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the sink answered."""

    status: int
    content_type: str
    content: bytes

    def ack(self) -> Ack:
        """Read it as the answer to a batch. Raises Broken."""
        require(self.status == 200, f"answered {self.status} instead of 200: {self._beginning()}")
        require(self.content_type == "application/json", f"the answer's type is {self.content_type or 'missing'}")
        try:
            return Ack.model_validate_json(self.content)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "body"
            raise Broken(f"the answer is no acknowledgement: {place}: {first['msg']}") from None

    def require_problem(self, *statuses: int) -> None:
        """Require a refusal with one of these statuses, in the form of RFC 9457."""
        wanted = " or ".join(map(str, statuses))
        require(self.status in statuses, f"answered {self.status} instead of {wanted}: {self._beginning()}")
        require(self.content_type == PROBLEM_TYPE, f"the problem's type is {self.content_type or 'missing'}")
        try:
            ProblemDetails.model_validate_json(self.content)
        except ValidationError:
            raise Broken(f"the refusal is no problem as RFC 9457 has it: {self._beginning()}") from None

    def _beginning(self) -> str:
        return self.content[:80].decode(errors="replace")


class Sink:
    """Sends bodies; `signed` gives the headers that say who sends one."""

    def __init__(self, url: str, signed: Signing, trusted: ssl.SSLContext | None) -> None:
        """Hold a sink at `url`; `trusted` holds the certificates to trust instead of the usual ones."""
        self.signed = signed
        self._url = url
        self._client = httpx2.Client(timeout=_PATIENCE_S, verify=trusted or True)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def send(self, events: Sequence[Event], *, packing: bool = True) -> Reply:
        """Send a batch."""
        body = body_of(events)
        return self.post(packed(body), {"Content-Encoding": "gzip"}) if packing else self.post(body)

    def post(self, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Send any body at all; `headers` add to, or take the place of, those that a batch has. Raises Broken."""
        given = {"Content-Type": BATCH_TYPE, **self.signed(body), **(headers or {})}
        return self._reply(lambda: self._client.post(self._url, content=body, headers=given))

    def get(self, path: str) -> Reply:
        """Ask for another path of the same host, without saying who asks. Raises Broken."""
        return self._reply(lambda: self._client.get(urljoin(self._url, path)))

    def _reply(self, ask: Callable[[], httpx2.Response]) -> Reply:
        try:
            response = ask()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Broken(f"no answer: {error or type(error).__name__}") from None
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Reply(response.status_code, content_type, response.content)
