"""Runs rules one after the other against one sink."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.sync.conformance.samples import Samples
from kiosk.sync.conformance.sink import Broken, Sink, require
from kiosk.wire.ack import Ack
from kiosk.wire.writing import Event


@dataclass(frozen=True, slots=True)
class Trial:
    """A sink, and a made-up kiosk to send to it."""

    sink: Sink
    samples: Samples

    def send(self, events: Sequence[Event]) -> Ack:
        """Send a batch that has to be acknowledged. Raises Broken."""
        return self.sink.send(events).ack()

    def require_counted(self, events: Sequence[Event], accepted: int = 0, duplicate: int = 0, rejected: int = 0) -> Ack:
        """Send a batch, and require that it is counted like this."""
        ack = self.send(events)
        found, wanted = (ack.accepted, ack.duplicate, len(ack.rejected)), (accepted, duplicate, rejected)
        names = ("accepted", "duplicate", "rejected")
        say = ", ".join(f"{number} {name}" for number, name in zip(found, names, strict=True))
        should = ", ".join(f"{number} {name}" for number, name in zip(wanted, names, strict=True))
        require(found == wanted, f"answered {say} instead of {should}")
        return ack

    def require_refused(self, event: Event, problem: str, among: Sequence[Event]) -> None:
        """Send an event in the midst of good ones, and require that it alone is rejected, for this reason."""
        half = len(among) // 2
        ack = self.require_counted([*among[:half], event, *among[half:]], accepted=len(among), rejected=1)
        (only,) = ack.rejected
        require(only.position in (half, None), f"rejected the event at {only.position} instead of {half}")
        require(str(only.id) == event.get("id"), f"rejected {only.id} instead of {event.get('id')}")
        require(only.type.endswith(f"/problems/{problem}"), f"rejected it as {only.type} instead of {problem}")


Rule = Callable[[Trial], None]
"""Raises Broken. Its name is its statement."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out for one rule."""

    rule: str
    """The rule in words."""
    fault: str | None
    """What the sink did instead; None where it keeps the rule."""


def run(trial: Trial, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Hold the sink to each rule, also after others were broken."""
    for rule in rules:
        words = rule.__name__.replace("_", " ")
        try:
            rule(trial)
        except Broken as broken:
            yield Finding(words, str(broken))
        else:
            yield Finding(words, None)
