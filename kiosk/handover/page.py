"""The page that a phone sees: what the file is, and one button. No script, no picture, nothing from elsewhere."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape
from string import Template

from kiosk.handover import phrases

_SHEET = """
:root { color-scheme: light dark; --ink: #2b2622; --soft: #6d645c; --page: #faf6ee; --accent: #9c3a26; --on: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f3ece2; --soft: #b5aba0; --page: #221e1b; --accent: #f0a58f; --on: #221e1b }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; min-height: 100svh; display: grid; place-items: center; padding: 24px;
  background: var(--page); color: var(--ink); font: 17px/1.45 system-ui, sans-serif; text-align: center }
main { width: 100%; max-width: 24rem }
h1 { margin: 0 0 1.5rem; font-size: 1.7rem; line-height: 1.2; text-wrap: balance }
p { margin: 0 0 .4rem; color: var(--soft); text-wrap: balance }
.name { color: var(--ink); font-weight: 600; overflow-wrap: anywhere }
button { width: 100%; min-height: 64px; margin: 1.4rem 0 1rem; border: 0; border-radius: 14px; padding: 0 1rem;
  background: var(--accent); color: var(--on); font: inherit; font-size: 1.15rem; font-weight: 600 }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px }
"""

POLICY = "; ".join(
    [
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(hashlib.sha256(_SHEET.encode()).digest()).decode()}'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""What the browser is told that the page may do: show itself and post its button."""

_PAGE = Template(
    """<!doctype html>
<html lang="$language">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<link rel="icon" href="data:,">
<title>$title</title>
<style>$sheet</style>
<main>
<h1>$title</h1>
$body
</main>
</html>
"""
)


def offer(language: str, name: str, size: int) -> bytes:
    """Offer the file. Only the button fetches it, so that a messenger's preview does not."""
    title, fetch, once = phrases.said(language, phrases.READY, phrases.FETCH, phrases.ONCE)
    body = [
        f'<p class="name">{escape(name)}</p>',
        f"<p>{escape(_in_words(size, language))}</p>",
        f'<form method="post"><button>{escape(fetch)}</button></form>',
        f"<p>{escape(once)}</p>",
    ]
    return _page(language, title, body)


def busy(language: str) -> bytes:
    """Say that a phone is at it already, perhaps this one."""
    title, *more = phrases.said(language, phrases.BUSY)
    return _page(language, title, [f"<p>{escape(line)}</p>" for line in more])


def over(language: str) -> bytes:
    """Say that there is nothing to fetch any more, and what to do."""
    title, *more = phrases.said(language, phrases.OVER, phrases.NEW_ONE)
    return _page(language, title, [f"<p>{escape(line)}</p>" for line in more])


def _page(language: str, title: str, body: list[str]) -> bytes:
    filled = _PAGE.substitute(language=language, title=escape(title), sheet=_SHEET, body="\n".join(body))
    return filled.encode()


def _in_words(size: int, language: str) -> str:
    """Give a size as people say it: whole kilobytes, or megabytes with one digit after the comma."""
    if size < 999_500:
        return f"{max(round(size / 1000), 1)} kB"
    megabytes = f"{size / 1_000_000:.1f}"
    return f"{megabytes if language == 'en' else megabytes.replace('.', ',')} MB"
