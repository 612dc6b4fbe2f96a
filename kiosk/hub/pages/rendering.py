"""Pages from templates: whatever people wrote stays text, whatever the hub says is in the reader's language."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import kiosk
from kiosk.hub.pages.assets import address
from kiosk.hub.pages.language import chosen_language
from kiosk.hub.pages.navigation import is_here, links_for
from kiosk.words import words


class Reader(Protocol):
    """Who a page is for; `access.Visitor` is one."""

    @property
    def name(self) -> str:
        """What they sign in as."""

    @property
    def role(self) -> str:
        """`owner`, `manager` or `viewer`."""

    @property
    def language(self) -> str:
        """The language they chose."""


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(asset=address, is_here=is_here, version=kiosk.__version__)


def page(
    request: Request, template: str, reader: Reader | None = None, status: int = 200, **content: Any
) -> HTMLResponse:
    """Fill a template that extends `base.html`; without a reader it is a page for those who have not signed in."""
    language = language_of(request, reader)
    told = {
        "_": partial(_said, language),
        "language": language,
        "reader": reader,
        "links": links_for(reader.role) if reader else (),
        "path": request.url.path,
    }
    text = _templates.get_template(template).render({**told, **content})
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"})


def language_of(request: Request, reader: Reader | None) -> str:
    """Give the language in which somebody reads."""
    return chosen_language(reader.language if reader else None, request.headers.get("accept-language", ""))


def _said(language: str, message: str, **values: object) -> str:
    """Say a message; `values` fill in its `{names}`, and are escaped with it like any other text."""
    said = words(language)(message)
    return said.format(**values) if values else said
