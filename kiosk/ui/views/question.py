"""One question with everything that may be tapped below it."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.events import MouseDown
from textual.geometry import Size

from kiosk.answer import Outcome
from kiosk.results.misuse import is_hammering
from kiosk.survey import Question
from kiosk.ui.attract import blinking
from kiosk.ui.heights import ROOM_AMPLE, ROOM_ENOUGH
from kiosk.ui.look import Look, is_upright
from kiosk.ui.view import View
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.patience import WARNING_SECONDS, Patience
from kiosk.ui.widgets.scale import columns_for, tiles_for
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Column, Row
from kiosk.visit import NOTHING, Reply
from kiosk.words import ENDS, N_

_WORDY = ("choice", "csat", "text")
"""Kinds whose answers need every row of a low screen."""

_NUMBERS = ("nps", "ces")
_HEADLINE_OF_NUMBERS = 0.65
"""Share of the usual room for a question whose steps may need two rows that a finger can hit."""

_TOUCHES = 16
"""Touches beside the tiles that are remembered, the latest."""

_BOUNCE_SECONDS = 0.3
"""Two taps on one tile that are closer than this are one tap of a finger, or of a panel, that bounced."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is asked: what may be done besides answering it."""

    idle_seconds: int
    """Closes after this and a warning."""
    opens: bool = False
    """Opens a visit: stands for ever until somebody begins to answer."""
    may_skip: bool = False
    before: Reply | None = None
    """The reply that the customer came back to change."""


class QuestionView(View[Reply | Outcome]):
    """Asks; gives the reply, or the outcome `skipped` or `timed_out`."""

    def __init__(self, look: Look, language: str, question: Question, asking: Asking, awake: bool = True) -> None:
        """Ask `question`; asleep until `wake` is called unless `awake`."""
        super().__init__(look, language)
        self.question, self.asking = question, asking
        self._asleep = not awake
        before = asking.before or NOTHING
        self._chosen = set(before.choices) if before.value is None else {str(before.value)}
        self._toggled = "", 0.0
        self._beside: deque[float] = deque(maxlen=_TOUCHES)
        self.is_hammered = False
        """Whether the answer came amid more touches beside the tiles than a customer makes."""

    def compose(self) -> ComposeResult:
        """Stack header, question, answers and what else may be done."""
        self._lie_on(self.app.size)  # before the first picture, so that nothing moves after it
        yield Header(self.look, self.language)
        kind = self.question.kind
        modest, scale = kind in _WORDY, _HEADLINE_OF_NUMBERS if kind in _NUMBERS else 1.0
        yield Headline(self.look, self.quote(self.question.text), id="question", modest=modest, scale=scale)
        yield from self.compose_answers()
        with Column(id="footer"):
            if not self.asking.opens or self._takes_several_taps:
                yield Patience(self.look, self.say)
            yield from self._compose_footer()

    def compose_answers(self) -> ComposeResult:
        """Put up what may be answered."""
        tiles = Tiles(
            tiles_for(self.question, self.language),
            self.look,
            columns_for(self.question, self.language, self.look, lambda: self.app.size),
            id="choices",
            classes=self.question.kind,
        )
        tiles.chosen, tiles.asleep = frozenset(self._chosen), self._asleep
        yield tiles
        if ends := ENDS.get(self.question.kind):
            with Row(id="ends"):
                yield Paragraph(self.look, self.say(ends[0]), tone="soft", growth=1, id="low")
                yield Paragraph(self.look, self.say(ends[1]), tone="soft", side="right", growth=1, id="high")

    def _compose_footer(self) -> ComposeResult:
        actions = [self.done_tile()] if self.question.multiple else []
        if self.asking.before is not None:
            actions.append(Tile("skip", self.say(N_("Keep my answer")), shortcut="-"))
            actions.append(Tile("withdraw", self.say(N_("Remove my answer"))))
        elif self.asking.may_skip:
            actions.append(Tile("skip", self.say(N_("Skip")), shortcut="-"))
        if actions:
            yield Tiles(actions, self.look, id="actions", classes="" if len(actions) > 1 else "-single")
        elif not self._takes_several_taps:
            promise = self.say(N_("One tap is enough. Your answer is anonymous."))
            yield Paragraph(self.look, promise, side="middle", tone="soft", growth=1, id="hint")

    def done_tile(self) -> Tile:
        """Give the tile that says that the answer is whole."""
        return Tile("done", self.say(N_("Done")), shortcut="enter", main=True)

    def on_resize(self) -> None:
        """Lie as the size of the screen asks for."""
        self._lie_on(self.app.size)

    def _lie_on(self, size: Size) -> None:
        """Let scales grow taller on an upright screen, and spare rows on a low one."""
        self.set_class(is_upright(size), "-upright")
        self.set_class(size.height < ROOM_AMPLE, "-short")
        self.set_class(size.height < ROOM_ENOUGH, "-low")

    def wake(self) -> None:
        """Take answers."""
        self._asleep = False
        for tiles in self.query(Tiles):
            tiles.asleep = False

    def tick(self, now: float) -> None:
        """Warn when nobody touched anything for long, then close."""
        if self.result.done():
            return
        if self.asking.opens:
            self._attract(now - self.active_at)
        waits = self.asking.opens and not self.is_begun
        left = math.inf if waits else self.asking.idle_seconds + WARNING_SECONDS - (now - self.active_at)
        self.query("#footer").set_class(left <= WARNING_SECONDS, "-closing")
        if left <= 0:
            self._close(Outcome.TIMED_OUT)
        elif left <= WARNING_SECONDS:
            for patience in self.query(Patience):
                patience.warn(math.ceil(left))

    @property
    def is_begun(self) -> bool:
        """Tell whether a part of an answer was given."""
        return bool(self._chosen)

    @property
    def _takes_several_taps(self) -> bool:
        return self.question.multiple or self.question.kind == "text"

    def _attract(self, idle_seconds: float) -> None:
        """Let the faces blink while nobody is there."""
        if self.question.kind == "smiley" and self.look.motion:
            for tiles in self.query("#choices").results(Tiles):
                tiles.shut_eyes(blinking(idle_seconds, len(tiles.tiles)))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Note a touch that no tile took."""
        if not self.look.is_knock(int(event.screen_x), int(event.screen_y), self.app.size):
            self._beside.append(self.look.clock.seconds())

    @on(Tiles.Tapped, "#choices")
    def choose(self, message: Tiles.Tapped) -> None:
        """Take the answer; where several may be chosen, `Done` takes them."""
        message.stop()
        if self.question.multiple:
            self._toggle(message.key)
            message.tiles.chosen = frozenset(self._chosen)
            return
        message.tiles.chosen = frozenset({message.key})
        if self.question.kind == "choice":
            self._close(Reply(choices=(message.key,)))
        else:
            self._close(Reply(value=int(message.key)))

    def _toggle(self, key: str) -> None:
        """Choose a tile or take it back; the second half of a double tap does neither."""
        now = self.look.clock.seconds()
        toggled, at = self._toggled
        if key != toggled or now - at >= _BOUNCE_SECONDS:
            self._chosen ^= {key}
            self._toggled = key, now

    @on(Tiles.Tapped, "#actions")
    def act(self, message: Tiles.Tapped) -> None:
        """Do what the footer offers."""
        message.stop()
        if message.key == "withdraw":
            self._close(NOTHING)
        elif message.key == "skip":
            self._close(Outcome.SKIPPED)
        else:
            self.take()

    @on(Tiles.Tapped, "#more")
    def stay(self, message: Tiles.Tapped) -> None:
        """Start waiting from the beginning."""
        message.stop()
        self.active_at = self.look.clock.seconds()
        self.tick(self.active_at)

    def take(self) -> None:
        """Take what was given, unless nothing may be taken yet, or any more."""
        if not self._asleep:
            self._close(self.collected() or self._nothing)

    def collected(self) -> Reply | None:
        """Give what was chosen; None for nothing."""
        order = [choice.id for choice in self.question.choices if choice.id in self._chosen]
        return Reply(choices=tuple(order)) if order else None

    @property
    def _nothing(self) -> Reply | Outcome:
        """Give what no answer at all means: a skip, or that what was there before is taken back."""
        return Outcome.SKIPPED if self.asking.before is None else NOTHING

    def _close(self, result: Reply | Outcome) -> None:
        """Put everything to sleep and give the result."""
        now = self.look.clock.seconds()
        self.is_hammered = is_hammering((_ms(touch) for touch in self._beside), _ms(now))
        for tiles in self.query(Tiles):
            tiles.asleep = True
        self._asleep = True
        self.finish(result)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
