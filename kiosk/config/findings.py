"""What is found wrong in one file, and how it is put into words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from kiosk.config.lines import Place
from kiosk.errors import Problem
from kiosk.survey import ANY_LANGUAGE
from kiosk.text import clean


@dataclass
class Findings:
    """Every problem of one file, in the order in which it was found."""

    file: str
    lines: Mapping[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Tell whether anything keeps the kiosk from starting."""
        return any(not problem.warning for problem in self.problems)

    def error(self, place: Place, sentence: str) -> None:
        """Note what keeps the kiosk from starting."""
        self._add(place, sentence, warning=False)

    def warn(self, place: Place, sentence: str) -> None:
        """Note what the owner should know, though the kiosk can start."""
        self._add(place, sentence, warning=True)

    def in_file_order(self) -> list[Problem]:
        """Give the problems from the top of the file to its end, each once."""
        return sorted(dict.fromkeys(self.problems), key=lambda problem: problem.line or 0)

    def _add(self, place: Place, sentence: str, *, warning: bool) -> None:
        self.problems.append(Problem(self.file, self._line(place), key_of(place), clean(sentence, 500), warning))

    def _line(self, place: Place) -> int | None:
        """Give the line of a key, or of the nearest table around it where the key itself is missing."""
        around = (place[:length] for length in range(len(place), 0, -1))
        return next((self.lines[near] for near in around if near in self.lines), None)


def key_of(place: Place) -> str:
    """Write the way to a value as people do, counting from 1: `question[2].when`."""
    written = ""
    for step in place:
        if isinstance(step, int):
            written += f"[{step + 1}]"
        else:
            written += f".{_key(step)}" if written else _key(step)
    return written


def _key(step: str) -> str:
    return step if re.fullmatch(r"[A-Za-z0-9_-]{1,60}", step) else json.dumps(clean(step, 60), ensure_ascii=False)


def place_of_text(place: Place, language: str) -> Place:
    """Give where one language of a text stands: at the text itself if it was written once for all of them."""
    return place if language == ANY_LANGUAGE else (*place, language)


def shown(value: object) -> str:
    """Give a value from the file as short, harmless text for a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    text = clean(str(value), 41)
    text = text if len(text) <= 40 else f"{text[:40]}…"
    return f"'{text}'" if isinstance(value, str) else text


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give the end of a sentence that names the nearest known spelling; empty when none is near."""
    spellings = {spelling.casefold(): spelling for spelling in known}
    near = get_close_matches(word[:80].casefold(), spellings, n=1)
    return f"; did you mean '{spellings[near[0]]}'?" if near else ""
