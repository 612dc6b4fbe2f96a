"""How the kiosk itself is, in words for staff: what they can see to, and when to ask for help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.clock import Clock, ClockState
from kiosk.config import Config
from kiosk.device.closed_days import open_problems
from kiosk.store.reader import Reader
from kiosk.sync.saying import BELONGS, Speech
from kiosk.sync.standing import membership_of, standings
from kiosk.telling.edition import Edition
from kiosk.ui.charts.sheets import Fact, HealthSheet
from kiosk.words import N_

_CLOCKS: dict[ClockState, tuple[str, str]] = {
    "synced": ("ok", N_("The clock is set by the network.")),
    "rtc": ("warning", N_("The clock runs on its battery; no network has set it.")),
    "unsynced": ("warning", N_("No network has set the clock: times may be wrong.")),
}
_PROBLEMS: dict[str, tuple[str, str, str]] = {
    "space": ("warning", N_("The disk is nearly full."), N_("Ask the owner to make room.")),
    "filesystem": (
        "error",
        N_("The disk may forget answers when the power goes."),
        N_("Do not cut the power; tell the owner."),
    ),
    "quarantined": (
        "warning",
        N_("A damaged database was put aside, with the answers in it."),
        N_("Tell the owner, who may be able to rescue them."),
    ),
    "unread closed days": ("error", N_("Closed days cannot be checked."), N_("Tell the owner.")),
    "closed days": ("error", N_("A closed day was changed afterwards."), N_("Tell the owner.")),
}


def health_sheet(database: Path, config: Config, clock: Clock, edition: Edition) -> HealthSheet:
    """Look at the answers, the disk, the clock and the closed days. May take seconds. Raises StoreError."""
    state = clock.now().state
    with Reader(database) as reader:
        answers = sum(question.n + question.superseded for question in reader.count_values().values())
        last = next(iter(reader.closes()), None)
        sending = list(_sending(reader, database, config, edition))
    facts = [Fact("ok", edition.say(N_("{n} answers are safe on the disk."), n=edition.number(answers)))]
    facts.extend(sending)
    facts.extend(_troubles(database, config, state, edition))
    level, said = _CLOCKS[state]
    facts.append(Fact(level, edition.say(said)))
    if last is None:
        facts.append(Fact("ok", edition.say(N_("No day is closed yet."))))
    else:
        day = edition.short_day(last.day)
        facts.append(Fact("ok", edition.say(N_("Last closed: {day}, number {number}."), day=day, number=last.number)))
    return HealthSheet(facts)


def _troubles(database: Path, config: Config, state: ClockState, edition: Edition) -> Iterator[Fact]:
    for problem in open_problems(database, state, config.kiosk.allow_volatile):
        if problem.id in _PROBLEMS:
            level, said, hint = _PROBLEMS[problem.id]
            yield Fact(level, edition.say(said), edition.say(hint))
        elif problem.id != "clock":  # which has a line of its own
            yield Fact("warning", edition.plain(problem.sentence), edition.say(N_("Tell the owner.")))


def _sending(reader: Reader, database: Path, config: Config, edition: Edition) -> Iterator[Fact]:
    """Tell which hub the kiosk belongs to, and how every destination stands."""

    if member := membership_of(database, reader):
        hub = urlsplit(member.url).netloc
        yield Fact("ok", edition.say(BELONGS, location=edition.plain(member.location), hub=hub))

    def when(at_ms: int) -> str:
        local = datetime.fromtimestamp(at_ms / 1000, config.zone)
        return f"{edition.day_and_month(local.date())} {edition.time(local)}"

    speech = Speech(edition.say, when, edition.number)
    for said in speech.of(standings(config, database, reader), reader):
        yield Fact(said.level, edition.plain(said.sentence), edition.plain(said.hint))
