"""What is known of foot, the kiosk's terminal: its versions, its actions, and a configuration that binds none."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

Version = tuple[int, int, int]

OLDEST: Version = (1, 13, 0)
"""Older ones are not known; Debian 12 has this one."""
WITH_TOUCH: Version = (1, 15, 0)
USUAL: Version = (1, 21, 0)
"""What Debian 13 and the Raspberry Pi OS made from it have."""
NEWEST: Version = (1, 27, 0)
"""Newer ones may have actions that are not listed here."""

_SCROLLING = (
    "scrollback-up-page scrollback-up-half-page scrollback-up-line scrollback-down-page scrollback-down-half-page "
    "scrollback-down-line scrollback-home scrollback-end"
)
_ACTIONS: dict[str, dict[Version, str]] = {
    "key-bindings": {
        OLDEST: f"noop {_SCROLLING} clipboard-copy clipboard-paste primary-paste search-start font-increase "
        "font-decrease font-reset spawn-terminal minimize maximize fullscreen show-urls-copy show-urls-launch "
        "show-urls-persistent prompt-prev prompt-next unicode-input",
        (1, 17, 1): "quit",
        (1, 23, 0): "color-theme-switch-1 color-theme-switch-2 color-theme-toggle",
        (1, 26, 0): "color-theme-switch-dark color-theme-switch-light",
    },
    "search-bindings": {
        OLDEST: "cancel commit find-prev find-next cursor-left cursor-left-word cursor-right cursor-right-word "
        "cursor-home cursor-end delete-prev delete-prev-word delete-next delete-next-word extend-to-word-boundary "
        "extend-to-next-whitespace clipboard-paste primary-paste unicode-input",
        (1, 16, 0): f"{_SCROLLING} extend-char extend-line-down extend-backward-char extend-backward-to-word-boundary "
        "extend-backward-to-next-whitespace extend-line-up",
        (1, 21, 0): "delete-to-start delete-to-end",
    },
    "url-bindings": {OLDEST: "cancel toggle-url-visible"},
    "mouse-bindings": {
        OLDEST: "select-begin select-begin-block select-extend "
        "select-extend-character-wise select-word select-word-whitespace select-row",
        (1, 16, 0): "scrollback-up-mouse scrollback-down-mouse select-quote",
    },
}
"""Actions of each section by the version that brought them; the mouse may be bound to those of the keys as well."""

_GONE: dict[str, Version] = {"color-theme-switch-1": (1, 26, 0), "color-theme-switch-2": (1, 26, 0)}
"""Actions that later versions call by another name and warn of."""

BOUND_BY_VALUE = frozenset(
    {"pipe-scrollback", "pipe-visible", "pipe-selected", "pipe-command-output", "regex-launch", "regex-copy"}
)
"""Actions that exist only together with a command or a pattern: unbound unless written, and foot refuses `none`."""


_OPTIONS = {"mouse-bindings": "selection-override-modifiers=Control+Mod1+Mod4+Shift\n"}
"""While all these keys are held, foot keeps taps for itself. With `none` it would keep every tap."""


def installed_version() -> Version | None:
    """Ask the installed foot for its version; None where there is none."""
    try:
        told = subprocess.run(["foot", "--version"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return read_version(told)


def read_version(words: str) -> Version | None:
    """Find the first version in words as `foot version: 1.21.0 -pgo`; None when there is none."""
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", words)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def name_of(version: Version) -> str:
    """Give a version as people write it."""
    return ".".join(map(str, version))


def actions(version: Version, section: str) -> list[str]:
    """Give every action that a foot of this version lets one unbind in a section, as `key-bindings`."""
    sections = (section, "key-bindings") if section == "mouse-bindings" else (section,)
    return [name for each in sections for name in _known(version, each)]


def unbound(version: Version) -> str:
    """Give the sections of foot.ini that take every key and button away from foot itself.

    `[text-bindings]` has no actions: what is not written there is not bound.
    """
    parts = [
        f"[{section}]\n{_OPTIONS.get(section, '')}" + "".join(f"{name}=none\n" for name in actions(version, section))
        for section in _ACTIONS
    ]
    return "\n".join([*parts, "[text-bindings]\n"])


def newer_options(version: Version) -> str:
    """Give the sections that only some versions of foot know: touch, and the clipboard that programs may write to."""
    parts = []
    if version >= WITH_TOUCH:
        # Without this a finger that slips in its first 0.4 s turns the wheel, and its tap is lost.
        parts.append("[touch]\nlong-press-delay=0\n")
    if version >= (1, 20, 0):
        parts.append("[security]\nosc52=disabled\n")
    return "\n".join(parts)


def colour_section(version: Version) -> str:
    """Give the name of the section with the colours."""
    return "colors-dark" if version >= (1, 26, 0) else "colors"


def _known(version: Version, section: str) -> Iterator[str]:
    for since, names in _ACTIONS[section].items():
        if version >= since:
            yield from (name for name in names.split() if name not in _GONE or version < _GONE[name])
