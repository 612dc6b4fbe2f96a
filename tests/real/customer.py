"""A customer who answers in earnest, and remembers which answers the screen has thanked for."""

from __future__ import annotations

import logging
import os
import time
from contextlib import suppress
from enum import Enum
from pathlib import Path
from random import Random

from kiosk.config import load_config
from kiosk.survey import Question, phrase_in
from kiosk.words import value_label, words
from tests.conftest import SHIPPED
from tests.real.ledger import Given
from tests.real.terminal import PtyKiosk

_say = words("fi")
SKIP, THANKS = _say("Skip"), _say("You chose: {answer}").format(answer="")
SORRY = _say("It is not your fault. Please tell the staff.")
OUT_OF_ORDER = _say("Please tell the staff what you think.")


class Place(Enum):
    """Where in a visit the screen stands; the value is what is read there and nowhere else."""

    THANKS = THANKS
    FOLLOW_UP = SKIP
    QUESTION = _say("One tap is enough. Your answer is anonymous.")
    SORRY = SORRY
    OUT_OF_ORDER = OUT_OF_ORDER
    NOWHERE = "\0"


_SETTLE = {Place.THANKS: 0.85, Place.FOLLOW_UP: 0.45, Place.QUESTION: 0.45}
"""Seconds after which the kiosk takes taps on what has just appeared."""

_ASLEEP_SECONDS = 20.0
"""More than a kiosk that is awake takes to answer a tap on a slow machine: a second tap would hit what comes next."""


class _TimeIsUp(Exception):
    """The customer stops in mid-visit."""


class Customer:
    """Visits the shipped survey in Finnish, one visit after another, at the pace that the kiosk allows."""

    def __init__(self, kiosk: PtyKiosk, random: Random, *, skips: float = 0.25) -> None:
        """Stand before a kiosk; `random` decides what is answered, and of the follow-ups a share is skipped."""
        self._kiosk, self._random, self._skips = kiosk, random, skips
        self._survey = load_config(SHIPPED).survey
        self.thanked: list[Given] = []
        """What the screen has thanked for, oldest first."""
        self.tapped: list[Given] = []
        """What was tapped in this visit and not thanked for yet: it may be stored, or not."""
        self.regretted: list[Given] = []
        """What the screen has said sorry for: to be stored later."""
        self._labels: list[str] = []
        self._place = Place.NOWHERE
        self._last_tap: str | None = None
        self._deadline: float | None = None
        self._stop_after_tap: float | None = None

    def arrive(self, database: Path) -> None:
        """Wait until the kiosk has opened its database, as its choices sleep until then."""
        self._kiosk.until(lambda: _has_open(self._kiosk.process.pid, f"{database}-wal"), "an open store")
        self._pause(0.1)

    def visit_for(self, seconds: float) -> None:
        """Go on for so long, and stop wherever the visit stands then."""
        self._deadline, self._stop_after_tap = time.monotonic() + seconds, None
        self._visit_until_stopped()

    def visit_until_tap(self, seconds: float) -> None:
        """Go on to the next answer, and stop so long after its tap."""
        self._deadline, self._stop_after_tap = None, seconds
        self._visit_until_stopped()

    def visit_once(self) -> Place:
        """Give an answer and go on until the screen thanks, or says sorry, for it; tells which."""
        self._deadline = self._stop_after_tap = None
        thanked, regretted = len(self.thanked), len(self.regretted)
        while len(self.thanked) == thanked and len(self.regretted) == regretted:
            self._act()
        return Place.THANKS if len(self.thanked) > thanked else Place.SORRY

    def leave(self) -> None:
        """Go on until the question waits for the next customer, however long the kiosk takes a break."""
        self._deadline = self._stop_after_tap = None
        while self.look() is not Place.QUESTION:
            self._act()

    def look(self) -> Place:
        """Read the screen, and remember what it thanks for."""
        text = self._kiosk.text()
        place = next((place for place in Place if place.value in text), Place.NOWHERE)
        if place is Place.THANKS and self.tapped:
            words_tapped = " ".join(self._labels).split()  # the line may be wrapped, beside the code
            assert all(word in text for word in words_tapped), f"thanked for other than {words_tapped}\n{text}"
            self.thanked += self.tapped
            self.tapped, self._labels = [], []
        if place is Place.SORRY:
            self.regretted += self.tapped
            self.tapped, self._labels = [], []
        if place is not self._place:
            self._place, self._last_tap = place, None
        return place

    def _visit_until_stopped(self) -> None:
        with suppress(_TimeIsUp):
            while True:
                self._act()

    def _act(self) -> None:
        """Do what the screen asks for, and wait until it shows something else."""
        place = self.look()
        self._pause(_SETTLE.get(place, 0))
        if self.look() is not place:
            return
        if place is Place.THANKS:
            self._kiosk.tap_on(THANKS)
        elif place in _SETTLE:
            assert place is Place.FOLLOW_UP or self._last_tap or not self.tapped, f"never thanked for {self.tapped}"
            self._answer(place)
        self._wait_for_another(place)

    def _answer(self, place: Place) -> None:
        if self._last_tap is None:
            self._last_tap = self._decide(place)
        self._kiosk.tap_on(self._last_tap.split()[-1])  # a long label is wrapped
        if self._stop_after_tap is not None and self._last_tap != SKIP:
            time.sleep(self._stop_after_tap)
            raise _TimeIsUp

    def _decide(self, place: Place) -> str:
        """Choose what to tap, and remember it: from now on it may be stored."""
        if place is Place.FOLLOW_UP and self._random.random() < self._skips:
            return SKIP
        question = self._question(place)
        label, value = self._random.choice(_answers(question))
        self.tapped.append((question.id, value))
        self._labels.append(label)
        return label

    def _question(self, place: Place) -> Question:
        if place is Place.QUESTION:
            return self._survey.first
        [(first, value)] = self.tapped
        follow_up = self._survey.follow_up(self._survey.first, frozenset({int(value)}), {first})
        assert follow_up is not None, f"no follow-up belongs to {value}"
        return follow_up

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._kiosk.until(lambda: self._is_past(end), "the end of a pause")

    def _wait_for_another(self, place: Place) -> None:
        """Wait for another screen; without one the tap fell on choices asleep, and is made again."""
        end = time.monotonic() + _ASLEEP_SECONDS
        self._kiosk.until(lambda: self.look() is not place or self._is_past(end), "another screen")

    def _is_past(self, end: float) -> bool:
        now = time.monotonic()
        if self._deadline is not None and now >= self._deadline:
            raise _TimeIsUp
        return now >= end


def _has_open(pid: int, path: str) -> bool:
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            if str(link.readlink()) == path:
                return True
    return False


def _answers(question: Question) -> list[tuple[str, str]]:
    """Give what may be tapped, as it is read on the screen, and as it is stored."""
    if question.kind == "choice":
        return [(phrase_in(choice.text, "fi"), choice.id) for choice in question.choices]
    return [(value_label(question, value, _say), str(value)) for value in question.values]


def chance() -> Random:
    """Give the dice of a test. KIOSK_SEED throws them as in an earlier run; a failure tells which seed that was."""
    seed = int(os.environ.get("KIOSK_SEED", time.time_ns() % 1_000_000))
    logging.getLogger(__name__).warning("KIOSK_SEED=%d", seed)
    return Random(seed)


def trial_config(folder: Path) -> Path:
    """Write the shipped kiosk.toml for tests of anything but the disk: the temporary folder may lie in memory."""
    path = folder / "kiosk.toml"
    text = SHIPPED.read_text(encoding="utf-8")
    text = text.replace("# allow_volatile = false", "allow_volatile = true").replace(
        '"assets/', f'"{SHIPPED.parent}/assets/'
    )
    path.write_text(text, encoding="utf-8")
    return path
