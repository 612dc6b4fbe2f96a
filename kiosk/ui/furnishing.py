"""What a configuration makes of the kiosk: its look, who serves customers, and the room behind the staff door."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from kiosk.clock import Clock
from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.ui.counter import Counter, Manner
from kiosk.ui.gesture import Gesture
from kiosk.ui.keeper import Keeper, in_thread
from kiosk.ui.logo import Sign, load_logo
from kiosk.ui.look import Look
from kiosk.ui.machine import Machine
from kiosk.ui.picture import Raster
from kiosk.ui.staff_room import StaffRoom
from kiosk.ui.stage import Stage
from kiosk.ui.surroundings import Surroundings
from kiosk.ui.theme import FEW_COLOURS, Palette, palette
from kiosk.ui.views.thanks import Invitation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What stays as it is while the program runs, whatever the configuration."""

    database: Path
    clock: Clock
    machine: Machine
    stage: Stage
    keeper: Keeper
    smooth: bool
    """Whether the screen has colours enough for soft edges."""


class Furnishing:
    """What stands in a house, by the configuration that is served."""

    def __init__(self, config: Config, house: House) -> None:
        """Furnish for the first time; what the screen can do, and the logo, are not known yet."""
        self.house = house
        self._raster, self._sign = Raster(), Sign()
        self._furnish(config)

    def change_to(self, config: Config) -> None:
        """Furnish by another configuration; what staff have switched stays, and what the screen can do stays known."""
        test_mode, out_of_service = self.around.counter.test_mode, self.room.out_of_service
        self._furnish(config)
        self.around.counter.test_mode, self.room.out_of_service = test_mode, out_of_service

    async def read_logo(self, file: Path) -> None:
        """Read the shop's logo; where that fails, the shop's name stands alone."""
        try:
            self._sign.logo = await in_thread(load_logo, file)
        except UsageError as error:
            log.warning("%s %s", error.message, error.hint)

    def _furnish(self, config: Config) -> None:
        house, look = self.house, self._look(config)
        counter = Counter(config.survey, _manner(config), look, house.stage, house.keeper)
        self.around = Surroundings(config, house.database, look, house.stage, counter, house.keeper)
        self.room = StaffRoom(self.around)

    def _look(self, config: Config) -> Look:
        house = self.house
        return Look(
            palette=palette_of(config, smooth=house.smooth),
            languages=config.survey.languages,
            place=config.kiosk.location or config.kiosk.name,
            clock=house.clock,
            raster=self._raster,
            sign=self._sign,
            smooth=house.smooth,
            diagonal_inches=config.screen.diagonal_inches,
            motion=config.look.motion,
            private=config.look.private,
            speaks=house.machine.speaker is not None,
            gesture=Gesture(config.staff.gesture) if house.machine.has_staff_door else None,
        )


def palette_of(config: Config, *, smooth: bool) -> Palette:
    """Give the colours of a shop's theme; those that every terminal has where the screen is not smooth."""
    return palette(config.look.theme, config.look.accent) if smooth else FEW_COLOURS


def _manner(config: Config) -> Manner:
    review, kiosk = config.review, config.kiosk
    invitation = Invitation(review.url, review.text) if review else None
    writes = any(question.kind == "text" for question in config.survey.questions)
    return Manner(kiosk.idle_seconds, kiosk.thanks_seconds, invitation, writes)
