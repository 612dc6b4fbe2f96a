"""How the sending stands, in sentences for staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.store.reader import Reader
from kiosk.sync.standing import Standing
from kiosk.sync.trouble import Trouble
from kiosk.words import N_

BELONGS = N_("This kiosk belongs to {location}, at the hub {hub}.")
"""What staff are told of a kiosk that a hub has let in."""

_TRY_ON = N_("The kiosk keeps trying by itself; nothing is lost.")
_TELL_OWNER = N_("Tell the owner; nothing is lost.")

_TROUBLES: Mapping[Trouble, tuple[str, str]] = {
    Trouble.UNREACHABLE: (N_("{place} cannot be reached."), _TRY_ON),
    Trouble.CERTIFICATE: (N_("{place} cannot prove who it is."), _TELL_OWNER),
    Trouble.PORTAL: (
        N_("Somebody else answers instead of {place}."),
        N_("Perhaps the Wi-Fi wants a sign-in. Nothing is lost."),
    ),
    Trouble.BUSY: (N_("{place} asks to come back later."), _TRY_ON),
    Trouble.FAILING: (N_("{place} has a problem of its own."), _TRY_ON),
    Trouble.ADDRESS: (N_("{place} takes no answers at this address."), _TELL_OWNER),
    Trouble.UNUSABLE: (N_("{place} does not understand this kiosk."), _TELL_OWNER),
    Trouble.NOT_ENROLLED: (
        N_("This kiosk is not connected to {place}."),
        N_("Connect it, or ask the owner for a code."),
    ),
    Trouble.SECRET: (N_("The secret for {place} cannot be used."), _TELL_OWNER),
    Trouble.UNAUTHORISED: (N_("{place} does not know this kiosk any longer."), _TELL_OWNER),
    Trouble.FORBIDDEN: (N_("{place} does not take answers from this kiosk."), _TELL_OWNER),
    Trouble.RETIRED: (N_("{place} has retired this kiosk."), _TELL_OWNER),
    Trouble.FOREIGN: (N_("{place} takes this kiosk for another one."), _TELL_OWNER),
}
_HUB = N_("The hub")
_WAITING = N_("{place}: {n} waiting, the oldest since {when}.")
_ALL_SENT = N_("{place}: everything has arrived, last {when}.")
_NONE_WAITING = N_("Nothing waits; everything had arrived {when}.")
_NONE_WAITING_YET = N_("Nothing waits.")
_NOTHING_YET = N_("{place}: nothing to send yet.")
_REFUSED = N_("{place}: {n} refused.")
_REFUSED_HINT = N_("They stay here. Tell the owner: {reason}")
_REASONS = {
    "conflict": N_("the same record is there with another content."),
    "invalid": N_("it breaks the rules there."),
    "too-large": N_("it is too large."),
    "unreadable": N_("it could not be read there."),
    "unknown-type": N_("this kind of record is not known there."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that staff should know."""

    level: Literal["ok", "warning"]
    """A warning, for answers are taken all the same."""
    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """How things are said in a language."""

    say: Callable[[str], str]
    when: Callable[[int], str]
    """Writes an instant (UTC milliseconds)."""
    number: Callable[[int], str] = str

    def of(self, standings: Iterable[Standing], reader: Reader) -> Iterator[Said]:
        """Say how destinations stand, and why the last record was refused that one does not take. Raises StoreError."""
        for standing in standings:
            parked = next(iter(reader.refused([standing.delivery.destination])), None)
            yield from self._of(standing, parked.refusal.code if parked else "")

    def _of(self, standing: Standing, refused_for: str) -> Iterator[Said]:
        """Say how a destination stands; `refused_for` is the code of what it refused last."""
        place = self.say(_HUB) if standing.name == "hub" else standing.name
        if standing.trouble:
            sentence, hint = _TROUBLES[standing.trouble]
            progress = self._progress(standing, place, _NONE_WAITING, _NONE_WAITING_YET)
            yield Said("warning", self.say(sentence).format(place=place), f"{progress} {self.say(hint)}")
        else:
            yield Said("ok", self._progress(standing, place, _ALL_SENT, _NOTHING_YET))
        if refused := standing.delivery.refused:
            sentence = self.say(_REFUSED).format(place=place, n=self.number(refused))
            reason = self.say(_REASONS[refused_for]) if refused_for in _REASONS else refused_for
            yield Said("warning", sentence, self.say(_REFUSED_HINT).format(reason=reason))

    def _progress(self, standing: Standing, place: str, all_sent: str, nothing_yet: str) -> str:
        delivery = standing.delivery
        if delivery.waiting and delivery.oldest_ms is not None:
            when = self.when(delivery.oldest_ms)
            return self.say(_WAITING).format(place=place, n=self.number(delivery.waiting), when=when)
        if delivery.confirmed_ms is None:
            return self.say(nothing_yet).format(place=place)
        return self.say(all_sent).format(place=place, when=self.when(delivery.confirmed_ms))
