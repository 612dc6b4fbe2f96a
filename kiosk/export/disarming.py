"""Text that no spreadsheet takes for more than text."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"(?:^|(?<=;))(?=[ ]*[=+\-@|%＝＋－＠｜％])")
"""Where a cell starts that a spreadsheet would calculate: at the front, and behind a semicolon, at which spreadsheets
of many countries (Finland among them) cut a line that has commas."""
_JOINER = "\u200d"


def disarmed(text: str) -> str:
    """Give a text as one harmless line: no control characters, and an apostrophe before what would be a formula."""
    return _FORMULA.sub("'", one_line(text))


def one_line(text: str) -> str:
    """Give a text as one line without control characters."""
    if text.isprintable():
        return text
    return "".join(" " if mark.isspace() else mark for mark in text if _is_shown(mark))


def _is_shown(mark: str) -> bool:
    return mark.isprintable() or mark.isspace() or mark == _JOINER
