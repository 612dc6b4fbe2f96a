"""Lines of text that stand in columns, measured in the cells of a terminal."""

from __future__ import annotations

import shutil

from wcwidth import iter_graphemes, wcswidth

_WIDEST, _NARROWEST = 100, 60
_EIGHTHS = " ▏▎▍▌▋▊▉"


def page_width() -> int:
    """Give the cells that a page may take; 80 where there is no terminal."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def fitted(text: str, width: int) -> str:
    """Give a text in exactly `width` cells, with an ellipsis where it was cut."""
    if wcswidth(text) > width:
        kept = ""
        for cluster in iter_graphemes(text):
            if wcswidth(kept + cluster) > width - 1:
                break
            kept += cluster
        text = f"{kept}…"
    return text + " " * (width - wcswidth(text))


def sides(left: str, right: str, width: int) -> str:
    """Put one text at the left edge and one at the right; the left one is cut if need be."""
    return f"{fitted(left, width - wcswidth(right) - 1)} {right}" if right else fitted(left, width).rstrip()


def bar(share: float, width: int) -> str:
    """Draw a share, 0 to 1, as a bar in exactly `width` cells; the smallest share is still a sliver."""
    eighths = max(round(share * width * 8), share > 0)
    full, rest = divmod(eighths, 8)
    return ("█" * full + _EIGHTHS[rest].strip()).ljust(width)


def span(low: float, value: float, high: float, width: int) -> str:
    """Draw an interval on a line of `width` cells, all three given as shares, 0 to 1, of the scale."""
    first, point, last = (round(share * (width - 1)) for share in (low, value, high))
    line = "".join("━" if first <= cell <= last else "·" for cell in range(width))
    return f"{line[:point]}●{line[point + 1 :]}"
