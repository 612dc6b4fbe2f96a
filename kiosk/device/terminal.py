"""The terminal that the doctor was started in: its colours, mouse, letters and size."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.device.finding import Finding
from kiosk.device.panel import MM_PER_INCH

SMALLEST = (45, 15)
"""Columns and rows of the smallest screen that every kind of question fits."""
FINGER_MM = 20
"""A button as wide and high as this is hit without aiming (Colle and Hiszem 2004, standing at a kiosk)."""
_WITH_MOUSE = (
    "xterm",
    "foot",
    "alacritty",
    "tmux",
    "screen",
    "rxvt",
    "wezterm",
    "ghostty",
    "konsole",
    "contour",
    "st-",
)
_WITHOUT_TOUCH = {
    "linux": "The bare Linux console knows neither touch nor mouse.",
    "xterm-kitty": "kitty knows the mouse, but no touch.",
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a terminal says about itself."""

    name: str
    """TERM."""
    colours: int
    """16777216 for a terminal that takes any colour."""
    has_mouse: bool
    locale: str
    """The language and encoding that programs are told to use, as `fi_FI.UTF-8`."""
    columns: int
    rows: int
    width_px: int = 0
    height_px: int = 0
    """Size of the whole window; 0 where the terminal does not tell."""

    def cell_mm(self, diagonal_inches: float) -> tuple[float, float]:
        """Give width and height of a cell when the terminal fills the panel; cells are 1:2 unless pixels tell more."""
        width, height = self.width_px or self.columns, self.height_px or 2 * self.rows
        mm = diagonal_inches * MM_PER_INCH / math.hypot(width, height)
        return width * mm / self.columns, height * mm / self.rows


def read_terminal(environment: Mapping[str, str]) -> Terminal | None:
    """Ask the terminal that this process runs in; None when it runs in none."""
    handle = next((handle for handle in range(3) if os.isatty(handle)), None)
    if handle is None:
        return None
    name = environment.get("TERM", "")
    colours, has_mouse = _described(name, handle)
    if environment.get("COLORTERM") in {"truecolor", "24bit"}:
        colours = 1 << 24
    spoken = next(filter(None, map(environment.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "C")
    return Terminal(name, colours, has_mouse or name.startswith(_WITH_MOUSE), spoken, *window_size(handle))


def terminal_findings(terminal: Terminal | None, diagonal_inches: float | None) -> list[Finding]:
    """Tell how the kiosk will look and be touched in a terminal."""
    if terminal is None:
        said = "This is not a terminal, so colours, mouse and size were not looked at."
        return [Finding("terminal", "warning", said, "Run kiosk doctor on the kiosk's own screen.")]
    return [
        Finding("terminal", "ok", f"The terminal calls itself {terminal.name or 'nothing'}."),
        _colours(terminal),
        _mouse(terminal),
        _letters(terminal),
        _size(terminal, diagonal_inches),
    ]


def _colours(terminal: Terminal) -> Finding:
    if terminal.colours >= 1 << 24:
        return Finding("colours", "ok", "Every colour can be shown.")
    few = max(terminal.colours, 2)
    hint = "Start the kiosk with COLORTERM=truecolor if the terminal can do it; most can."
    return Finding(
        "colours", "warning", f"Only {few} colours are promised, so the shop's own may look different.", hint
    )


def _mouse(terminal: Terminal) -> Finding:
    if said := _WITHOUT_TOUCH.get(terminal.name):
        return Finding("mouse", "warning", said, "Use foot 1.15 or newer under cage, or answer with the keys.")
    if not terminal.has_mouse:
        said = "The terminal does not say that it knows a mouse, so taps may do nothing."
        return Finding("mouse", "warning", said, "Try a tap; use foot 1.15 or newer, or xterm.")
    return Finding("mouse", "ok", "The terminal reports taps.")


def _letters(terminal: Terminal) -> Finding:
    if "utf8" in terminal.locale.lower().replace("-", ""):
        return Finding("utf8", "ok", f"Letters are UTF-8 ({terminal.locale}).")
    said = f"The locale is {terminal.locale}, not UTF-8, so letters and the QR code may come out wrong."
    return Finding("utf8", "warning", said, "Set LANG=C.UTF-8 for the kiosk.")


def _size(terminal: Terminal, diagonal_inches: float | None) -> Finding:
    if not (terminal.columns and terminal.rows):
        return Finding(
            "size", "warning", "The terminal does not tell its size.", "Start the kiosk in another terminal."
        )
    cells = f"{terminal.columns} x {terminal.rows} cells"
    if terminal.columns < SMALLEST[0] or terminal.rows < SMALLEST[1]:
        least = f"{SMALLEST[0]} x {SMALLEST[1]}"
        return Finding("size", "warning", f"{cells} are too few; questions want {least}.", "Choose a smaller font.")
    if diagonal_inches is None:
        said = f"{cells}; how large they are in millimetres is not known."
        return Finding("size", "ok", said, "Tell with [screen] diagonal_inches in kiosk.toml.")
    width, height = terminal.cell_mm(diagonal_inches)
    button = f"{math.ceil(FINGER_MM / width)} x {math.ceil(FINGER_MM / height)} cells"
    said = f"{cells} of {width:.1f} x {height:.1f} mm; a {FINGER_MM} mm button takes {button}."
    return Finding("size", "ok", said)


def _described(name: str, handle: int) -> tuple[int, bool]:
    """Give colours and mouse as the terminfo database describes a terminal."""
    try:
        import curses  # late, and not on every system
    except ImportError:
        return 0, False
    try:
        curses.setupterm(name, handle)
    except curses.error:
        return 0, False
    return max(0, curses.tigetnum("colors")), bool(curses.tigetstr("kmous") or curses.tigetstr("XM"))


def window_size(handle: int) -> tuple[int, int, int, int]:
    """Give columns, rows, and width and height in pixels, 0 where the terminal does not tell them. Raises OSError."""
    try:
        import fcntl
        import struct
        import termios  # none of the three tells anything on Windows
    except ImportError:
        return (*os.get_terminal_size(handle), 0, 0)
    answer = fcntl.ioctl(handle, termios.TIOCGWINSZ, bytes(8))
    rows, columns, width, height = struct.unpack("HHHH", answer)
    return columns, rows, width, height
