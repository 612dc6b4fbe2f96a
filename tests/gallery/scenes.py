"""What is photographed: a kiosk, and what somebody does before it."""

from __future__ import annotations

from tests.gallery.camera import PIN, Shot, Step, busy, damaged, jam, keys, knock, pause
from tests.gallery.page import PageShot, choose, stop_serving
from tests.gallery.surveys import KINDS, corner_shop, lunch_cafe

SIZES = ((80, 24), (66, 20), (50, 15), (100, 30), (160, 50), (240, 67), (45, 80), (60, 100))
"""Every size that the screens are composed for."""

TABLE, LOW, LARGE, UPRIGHT = (80, 24), (50, 15), (160, 50), (45, 80)

TO_THANKS: tuple[Step, ...] = (keys("2"), keys("2"))
"""A visit that begins with a bad face."""
_TO_STAFF = (knock, keys(*PIN, "Return"))
_TO_CHANGE = (*TO_THANKS, keys("slash"))
_IDLE_SECONDS = 20
_SORRY_SECONDS = 4
"""After so long a kiosk that cannot store has said so."""


def said(size: tuple[int, int]) -> str:
    """Say a size."""
    return f"{size[0]} x {size[1]}"


def lunch(
    size: tuple[int, int],
    caption: str = "",
    steps: tuple[Step, ...] = (),
    *lines: str,
    says: str = "",
    pixels: bool = True,
    term: str = "xterm-256color",
) -> Shot:
    """Photograph the lunch café, with other `lines` in its kiosk.toml."""
    return Shot(caption or said(size), size, lunch_cafe(*lines), steps, says, pixels, term)


def corner(kind: str, size: tuple[int, int], caption: str, *steps: Step) -> Shot:
    """Photograph the corner shop after some steps."""
    return Shot(f"{caption}, {said(size)}", size, corner_shop(KINDS[kind]), steps)


def kinds(size: tuple[int, int], *names: str, pixels: bool = True) -> list[Shot]:
    """Photograph kinds of questions as they wait for a customer."""
    return [Shot(name, size, corner_shop(KINDS[name]), pixels=pixels) for name in names]


def visit(size: tuple[int, int]) -> list[Shot]:
    """Photograph what a customer meets."""
    return [
        lunch(size, "follow-up", (keys("4"),)),
        lunch(size, "another language", (keys("Tab"), keys("Right", "Return"))),
        lunch(size, "focus", (keys("Right"), keys("Right"))),
        corner("several choices", size, "several chosen", keys("1"), keys("5")),
        corner("words", size, "words written", keys(*"hello")),
        *hard_moments(size),
    ]


def hard_moments(size: tuple[int, int]) -> list[Shot]:
    """Photograph second thoughts, and what goes wrong."""
    where, idle = said(size), f"idle_seconds = {_IDLE_SECONDS}"
    return [
        lunch(size, f"change, {where}", _TO_CHANGE),
        lunch(size, f"more time?, {where}", (keys("2"), pause(_IDLE_SECONDS)), idle, says="Vielä"),
        lunch(size, f"not saved, {where}", (jam, keys("2"), pause(_SORRY_SECONDS))),
        Shot(f"out of order, {where}", size, lunch_cafe(), (pause(_SORRY_SECONDS),), database=damaged, opens=False),
    ]


def themes() -> list[Shot]:
    """Photograph other looks."""
    looks = {
        "dark": ('theme = "dark"',),
        "contrast": ('theme = "contrast"',),
        "accent": ('accent = "#b3402a"',),
        "dark, accent": ('theme = "dark"', 'accent = "#e8a020"'),
        "private": ("private = true",),
    }
    return [
        shot
        for name, lines in looks.items()
        for shot in (
            lunch(TABLE, f"{name}, focus", (keys("Right"),), *lines),
            lunch(TABLE, f"{name}, change, half blocks", _TO_CHANGE, *lines, pixels=False),
            lunch(TABLE, f"{name}, thanks", TO_THANKS, *lines),
        )
    ]


def claim(size: tuple[int, int]) -> list[Shot]:
    """Photograph the first minutes of a new kiosk."""
    differs = (knock, keys(*PIN, "Return"), keys(*PIN[::-1], "Return"))
    return [lunch(size, "a first PIN", (knock, keys(*PIN[:3]))), lunch(size, "the two differ", differs)]


def staff(size: tuple[int, int]) -> list[Shot]:
    """Photograph what is behind the staff door."""
    return [
        Shot(f"{name}, {said(size)}", size, lunch_cafe(), steps, says, database=busy)
        for name, says, steps in (
            ("wrong PIN", "jäljellä", (knock, keys(*PIN[::-1], "Return"))),
            ("staff", "", _TO_STAFF),
            ("hand on", "", (*_TO_STAFF, keys("2"))),
            ("close the day", "", (*_TO_STAFF, keys("3"))),
            ("more", "", (*_TO_STAFF, keys("4"))),
        )
    ]


def tablets() -> list[PageShot]:
    """Photograph tablets."""
    wide, upright, phone = (1280, 800), (800, 1280), (390, 844)
    config, bad, service = lunch_cafe(), choose("Huono", "Palvelu"), choose("Palvelu", "Valitsit")
    return [
        PageShot("1280 x 800", wide, config),
        PageShot("follow-up", wide, config, (bad,)),
        PageShot("thanks", wide, config, (bad, service)),
        PageShot("words", wide, corner_shop(KINDS["words"])),
        PageShot("the server is gone", wide, config, (stop_serving,)),
        PageShot("800 x 1280", upright, config),
        PageShot("thanks", upright, config, (bad, service)),
        PageShot("a phone, 390 x 844", phone, config),
    ]
