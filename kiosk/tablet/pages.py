"""What tablets are given to show: our own page, its notices, and what makes it installable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.tablet import phrases
from kiosk.tablet.icon import SIZES, icon
from kiosk.tablet.stand import Colours, Stand

FOLDER = Path(__file__).parent / "page"

_templates = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def frame(stand: Stand) -> web.Response:
    """Give the page that keeps a kiosk on the tablet."""
    notices = {
        name: phrases.in_all(stand.languages, message)
        for name, message in (("moment", phrases.MOMENT), ("taken", phrases.TAKEN))
    }
    return _html("frame.html", stand, base=f"/k/{stand.name}", languages=stand.languages, notices=notices)


def screen(stand: Stand, page: str) -> web.Response:
    """Give the terminal, for a frame of that page."""
    return _html("screen.html", stand, socket=f"/k/{stand.name}/socket/{page}")


def choice(stands: Sequence[Stand]) -> web.Response:
    """Let the installer choose which kiosk a tablet is."""
    titles = [stand.title for stand in stands]
    links = [
        (f"/k/{stand.name}", stand.title if titles.count(stand.title) == 1 else f"{stand.title} · {stand.name}")
        for stand in stands
    ]
    said = phrases.in_all(stands[0].languages, phrases.WHICH)
    return _notice(stands[0], said, links)


def shut_out(stand: Stand) -> web.Response:
    """Tell a tablet without the token what its installer has to do."""
    said = phrases.in_all(stand.languages, phrases.SHUT_OUT, phrases.SHUT_OUT_HINT)
    response = _notice(stand, said)
    response.set_status(403)
    return response


def manifest(stand: Stand, token: str | None) -> web.Response:
    """Give what makes the page installable. It carries the token, as an installed iPad app has cookies of its own."""
    address = f"/k/{stand.name}"
    icons = [
        {"src": f"{address}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for size in SIZES
    ]
    content = {
        "name": stand.title,
        "short_name": stand.title,
        "start_url": f"{address}?token={token}" if token else address,
        "scope": "/",
        "display": "fullscreen",
        "background_color": stand.colours.page,
        "theme_color": stand.colours.page,
        "icons": icons,
    }
    return web.json_response(content, content_type="application/manifest+json")


def picture(stand: Stand, size: str) -> web.Response:
    """Give the picture for the home screen."""
    if size not in map(str, SIZES):
        raise web.HTTPNotFound
    return web.Response(body=icon(int(size), stand.colours), content_type="image/png")


def _notice(stand: Stand, said: list[tuple[str, str]], links: Sequence[tuple[str, str]] = ()) -> web.Response:
    """Say something on a page that needs no other file: who is shut out would not get it."""
    sheet = (FOLDER / "page.css").read_text(encoding="utf-8")
    return _html("notice.html", stand, said=said, links=links, sheet=sheet)


def _html(template: str, stand: Stand, **content: object) -> web.Response:
    colours = stand.colours
    text = _templates.get_template(template).render(
        title=stand.title, colours=colours, palette=_palette(colours), **content
    )
    return web.Response(text=text, content_type="text/html")


def _palette(colours: Colours) -> str:
    named = {"page": colours.page, "ink": colours.ink, "soft": colours.soft, "accent": colours.accent}
    return f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in named.items())} }}"
