"""The sections of kiosk.toml: every key, its type, its default and what it does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr

from kiosk.config.findings import did_you_mean, shown
from kiosk.config.hours import OpeningHours, time_of_day
from kiosk.config.section import FilePath, Section
from kiosk.config.sending import Sync, Webhook
from kiosk.errors import Problem
from kiosk.languages import SPOKEN
from kiosk.logo import VECTOR_SUFFIX
from kiosk.survey import Line, Phrase, Question, Survey

_LATEST_DAY_END = time(12)
_IMAGE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


def is_language(code: str) -> bool:
    """Tell whether a word has the form of a language code, as `fi` or `pt-BR`."""
    return _LANGUAGE.fullmatch(code) is not None


def _image(path: Path) -> Path:
    try:
        if not path.is_file():
            raise ValueError(f"there is no file {shown(str(path))}")
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise ValueError(f"{shown(str(path))} cannot be read: {error.strerror}") from error
    if path.suffix.lower() != VECTOR_SUFFIX and not start.startswith(_IMAGE_STARTS):
        raise ValueError(f"{shown(path.name)} is neither a PNG nor a JPEG nor an SVG picture")
    return path


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        zones = available_timezones()
        if not zones:
            raise ValueError("cannot be looked up: this machine has no time zone data; install tzdata") from error
        raise ValueError(f"{shown(name)} is not a time zone{did_you_mean(name, zones)}") from error
    return name


def _language(code: str) -> str:
    if not is_language(code):
        codes = {name.casefold(): code for code, name in SPOKEN.items()}
        meant = codes.get(code.casefold(), code)
        raise ValueError(f"{shown(code)} is not a language code such as 'fi'{did_you_mean(meant, SPOKEN)}")
    return code


def _different(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) < len(codes):
        raise ValueError("names a language twice")
    if not codes:
        raise ValueError('is empty; name at least one language, as ["en"]')
    return codes


def _day_end(value: time) -> time:
    if value > _LATEST_DAY_END:
        raise ValueError(f"must be between 00:00 and {_LATEST_DAY_END:%H:%M}, not {value:%H:%M}")
    return value


def _colour(value: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise ValueError(f'must be a colour such as "#b3402a", not {shown(value)}')
    return value.lower()


Number = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]


class Kiosk(Section):
    """`[kiosk]`: this device and its shop."""

    name: Line = "Kiosk"
    """What staff call this device; one name for each kiosk of a place."""
    location: Line = ""
    """The shop or restaurant, as customers know it."""
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    """IANA name of the time zone that the shop lives in."""
    languages: Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], AfterValidator(_different)] = ("en",)
    """Languages to choose from; every visit starts in the first."""
    day_ends_at: Annotated[time, BeforeValidator(time_of_day), AfterValidator(_day_end)] = time(4)
    """Until this time of the night an answer still belongs to yesterday."""
    opening_hours: OpeningHours = OpeningHours()
    database: FilePath | None = None
    """Where the answers are kept; the platform's data folder when unset."""
    follow_ups: int = Field(default=1, ge=0, le=3)
    """How many follow-up questions one customer may get at the most."""
    thanks_seconds: int = Field(default=8, ge=3, le=60)
    """How long the thanks stay on the screen."""
    idle_seconds: int = Field(default=45, ge=20, le=600)
    """How long a follow-up waits for a customer who may have left, before it asks whether more time is needed."""
    allow_volatile: bool = False
    """Thank even when the disk forgets at a power cut; for trying things out only."""


class Review(Section):
    """`[review]`: the invitation to say more in public, the same for every customer whatever the answer was."""

    url: str
    text: Phrase
    short_url: Line = ""
    """Shown in words where the code does not fit; the URL without `https://` when unset."""


class Look(Section):
    """`[look]`: how the screen looks."""

    theme: Literal["light", "dark", "contrast"] = "light"
    accent: Annotated[str, AfterValidator(_colour)] | None = None
    """The shop's colour."""
    logo: Annotated[FilePath, AfterValidator(_image)] | None = None
    """PNG, JPEG or SVG for the head of the screen and the poster."""
    motion: bool = True
    """Whether anything moves on the screen; without it the bar of the thanks shrinks once a second."""
    private: bool = False
    """Nothing of an answer can be read from behind the customer: the thanks do not repeat it, no colour tells it."""


class Screen(Section):
    """`[screen]`: the panel."""

    diagonal_inches: Annotated[float, Field(ge=3, le=100, allow_inf_nan=False)] | None = None
    """Lets buttons be as large as fingers need."""
    pictures: Literal["auto", "blocks"] = "auto"
    """Pictures in pixels where the terminal draws them (sixels), or in half blocks everywhere."""


class Speech(Section):
    """`[speech]`: a voice for those who cannot read the screen. It reads when a customer asks it to, for one visit."""

    command: Line = "off"
    """`auto` takes whichever synthesiser is installed; or a program's name; `off` for none."""
    voices: Mapping[str, Line] = Field(default_factory=dict)
    """The voice of a language, where the synthesiser's usual one will not do."""


class Staff(Section):
    """`[staff]`: the door for the shop's people."""

    idle_seconds: int = Field(default=60, ge=20, le=600)
    """How long the staff screens stay open untouched."""
    gesture: Literal["top-left", "top-right", "bottom-left", "bottom-right"] = "top-left"
    """The corner that takes five taps."""
    export_folder: FilePath | None = None
    """Where staff's exports go."""
    phone: bool = False
    """Whether staff may take files along on a phone, over the local network, where others could read them too."""


class Results(Section):
    """`[results]`: what the figures are held against."""

    goal: Number | None = None
    benchmark: Number | None = None
    """A figure to compare with, such as the average of the trade."""
    small_sample: int = Field(default=10, ge=1, le=1000)
    """Below this many answers a figure is marked as too uncertain."""


class Privacy(Section):
    """`[privacy]`: what may be asked and how long it is kept."""

    free_text: bool = False
    """Whether text questions are asked at all."""
    keep_text_days: int = Field(default=90, ge=1, le=3650)


class Config(Section):
    """The whole of kiosk.toml, checked."""

    kiosk: Kiosk = Kiosk()
    question: tuple[Question, ...]
    review: Review | None = None
    look: Look = Look()
    screen: Screen = Screen()
    speech: Speech = Speech()
    staff: Staff = Staff()
    results: Results = Results()
    privacy: Privacy = Privacy()
    sync: Sync = Sync()
    webhook: tuple[Webhook, ...] = ()
    _source: Path = PrivateAttr(default=Path("kiosk.toml"))
    _warnings: tuple[Problem, ...] = PrivateAttr(default=())

    @property
    def source(self) -> Path:
        """Give the file that this came from."""
        return self._source

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Give what the owner should know, though the kiosk can start."""
        return self._warnings

    @property
    def zone(self) -> ZoneInfo:
        """Give the shop's time zone."""
        return ZoneInfo(self.kiosk.timezone)

    @cached_property
    def survey(self) -> Survey:
        """Give the questions that are asked: without text questions unless `[privacy] free_text` allows them."""
        asked = tuple(question for question in self.question if question.kind != "text" or self.privacy.free_text)
        return Survey(asked, self.kiosk.languages, self.kiosk.follow_ups)

    def read_from(self, source: Path, warnings: tuple[Problem, ...]) -> Self:
        """Give the same configuration with the file that it came from and what was found odd there."""
        read = self.model_copy()
        read._source, read._warnings = source, warnings
        return read
