"""The web server that shows kiosks on tablets: textual-serve's, with our own page, one session a kiosk, and a door."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from textual_serve.server import Server, to_int

from kiosk.errors import UsageError
from kiosk.tablet import pages
from kiosk.tablet.access import COOKIE, COOKIE_SECONDS, Access
from kiosk.tablet.screen import Screen
from kiosk.tablet.seats import Seats, SeatTaken
from kiosk.tablet.stand import Stand

_HEARTBEAT_SECONDS = 8.0
"""How often a tablet is asked whether it is still there; half of it without an answer ends its session."""
_CLOSE_SECONDS = 2.0
_LONGEST_MESSAGE = 64 * 1024
"""Bytes that are taken from a tablet at once; the longest is a paste."""

_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; connect-src 'self'"
)
"""The browser itself sees to it that the page asks no foreign host; xterm.js writes its own styles."""
_HOST = re.compile(r"[\w.:\[\]-]+", re.ASCII)
_HEADERS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=(), clipboard-write=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class TabletServer(Server):
    """Shows every stand at `/k/NAME`. A kiosk's process lives as long as a page shows it."""

    def __init__(self, stands: Sequence[Stand], access: Access) -> None:
        """Show `stands`, at least one, to whom `access` admits."""
        super().__init__(command="", templates_path=pages.FOLDER)
        self._stands = {stand.name: stand for stand in stands}
        self._access = access
        self._seats = Seats()

    def run(self, host: str, port: int, ready: Callable[[], None]) -> None:
        """Serve until SIGINT or SIGTERM; `ready` is called once tablets can come. Raises UsageError."""
        try:
            web.run_app(self.application(), host=host, port=port, print=lambda _said: ready(), access_log=None)
        except OSError as error:
            code = error.errno or 0  # below 0 where a name is not known, which has a text of its own
            why = os.strerror(code) if code > 0 else error.strerror or str(error)
            raise UsageError(
                f"{host}, port {port} cannot be served: {why}.", "Choose another --port or --host."
            ) from error

    def application(self) -> web.Application:
        """Give all that can be asked for."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self.choose),
                web.get("/k/{name}", self.handle_index),
                web.get("/k/{name}/screen/{page}", self.show_screen),
                web.get("/k/{name}/seat/{page}", self.tell_seat),
                web.get("/k/{name}/socket/{page}", self.handle_websocket),
                web.get("/k/{name}/manifest.webmanifest", self.describe),
                web.get("/k/{name}/icon-{size}.png", self.draw_icon),
                web.static("/static", self.statics_path),
                web.static("/page", pages.FOLDER),
            ]
        )
        app.on_response_prepare.append(_protect)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_shutdown(self, app: web.Application) -> None:
        """End every session, so that each kiosk finishes what is under way."""
        await self._seats.end_all()

    async def choose(self, request: web.Request) -> web.Response:
        """Let the installer choose which kiosk a tablet is, where there are several."""
        if len(self._stands) == 1:
            raise web.HTTPFound(f"/k/{next(iter(self._stands))}")
        return pages.choice(list(self._stands.values()))

    async def handle_index(self, request: web.Request) -> web.Response:
        """Give the page that keeps a kiosk on the tablet, and renew the cookie."""
        response = pages.frame(self._stand(request))
        self._remember(response)
        return response

    async def show_screen(self, request: web.Request) -> web.Response:
        """Give the terminal, for a frame of that page."""
        return pages.screen(self._stand(request), request.match_info["page"])

    async def tell_seat(self, request: web.Request) -> web.Response:
        """Tell a page whether its kiosk is free, its own, or taken by another page."""
        return web.json_response({"seat": self._seats.state(self._stand(request).name, request.match_info["page"])})

    async def describe(self, request: web.Request) -> web.Response:
        """Give what makes the page installable."""
        return pages.manifest(self._stand(request), self._access.token)

    async def draw_icon(self, request: web.Request) -> web.Response:
        """Give the picture for the home screen."""
        return pages.picture(self._stand(request), request.match_info["size"])

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Start a kiosk and carry its screen and its touches, until the page or the kiosk ends."""
        stand, page = self._stand(request), request.match_info["page"]
        if not self._access.allows(request.host, request.headers.get("Origin")):
            raise web.HTTPForbidden(text="This page may not open a kiosk.")
        socket = web.WebSocketResponse(
            heartbeat=_HEARTBEAT_SECONDS, timeout=_CLOSE_SECONDS, max_msg_size=_LONGEST_MESSAGE
        )
        try:
            async with self._seats.seated(stand.name, page, socket.close):
                await socket.prepare(request)
                await self._carry(stand, request, socket)
        except SeatTaken:
            raise web.HTTPConflict(text="This kiosk is open on another screen.") from None
        return socket

    async def _carry(self, stand: Stand, request: web.Request, socket: web.WebSocketResponse) -> None:
        screen = Screen(
            stand,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            download_manager=self.download_manager,
        )
        width, height = (to_int(request.query.get(name, ""), 80) for name in ("width", "height"))
        try:
            await screen.start(width, height)
            await self._process_messages(socket, screen)
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
            await socket.close()  # what came is not what our page sends
        finally:
            await screen.stop()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let in who has the token; the first address's becomes a cookie and leaves the address."""
        brought = request.query.get("token")
        if not self._access.admits(request.host, brought or request.cookies.get(COOKIE)):
            return pages.shut_out(next(iter(self._stands.values())))
        if brought is None:
            return await handler(request)
        response = web.HTTPSeeOther(request.path)
        self._remember(response)
        raise response

    def _remember(self, response: web.Response) -> None:
        if token := self._access.token:
            encrypted = self._access.is_encrypted
            response.set_cookie(
                COOKIE, token, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=encrypted, path="/"
            )

    def _stand(self, request: web.Request) -> Stand:
        stand = self._stands.get(request.match_info["name"])
        if stand is None:
            raise web.HTTPNotFound(text="There is no kiosk of this name.")
        return stand


async def _protect(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    host = request.host
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""  # older Safari does not count them as self
    response.headers["Content-Security-Policy"] = _POLICY + sockets
