"""What every answer tells a browser, so that it cannot be misused against the people who read it."""

from __future__ import annotations

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline, nothing foreign, in nobody's frame."""

_ALWAYS = {
    "content-security-policy": _POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",  # with `no-referrer` browsers would hide the origin of our own forms, too
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_OVER_HTTPS = {"strict-transport-security": "max-age=31536000"}
_UNLESS_SAID = {"cache-control": "no-store"}

Headers = list[tuple[bytes, bytes]]


def secured(said: Headers, is_https: bool) -> Headers:
    """Add to the headers of an answer; only how long it may be kept is left to whoever made it."""
    ours = _ALWAYS | _OVER_HTTPS if is_https else _ALWAYS
    names = {name.lower() for name, _ in said}
    wanted = {**ours, **{name: value for name, value in _UNLESS_SAID.items() if name.encode() not in names}}
    kept = [(name, value) for name, value in said if name.lower().decode("latin-1") not in wanted]
    return kept + [(name.encode(), value.encode()) for name, value in wanted.items()]
