"""One question with everything that may be tapped below it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.answer import Outcome
from kiosk.survey import Question
from kiosk.text import clean
from kiosk.ui.attract import blinking
from kiosk.ui.look import LOW, Look, is_upright
from kiosk.ui.view import View
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.line import Line
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

_BOUNCE_SECONDS = 0.3
"""Two taps on one tile that are closer than this are one tap of a finger, or of a panel, that bounced."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is asked: what may be done besides answering it."""

    idle_seconds: int | None = None
    """Closes after this and a warning; None waits forever, as the first question does."""
    may_skip: bool = False
    before: Reply | None = None
    """The reply that the customer came back to change."""


FIRST = Asking()


class QuestionView(View[Reply | Outcome]):
    """Asks; gives the reply, or the outcome `skipped` or `timed_out`."""

    def __init__(
        self, look: Look, language: str, question: Question, asking: Asking = FIRST, awake: bool = True
    ) -> None:
        """Ask `question`; asleep until `wake` is called unless `awake`."""
        super().__init__(look, language)
        self.question, self.asking = question, asking
        self._asleep = not awake
        before = asking.before or NOTHING
        self._chosen = set(before.choices) if before.value is None else {str(before.value)}
        self._typed = before.text or ""
        self._toggled = "", 0.0

    def compose(self) -> ComposeResult:
        """Stack header, question, answers and what else may be done."""
        yield Header(self.look, self.language)
        yield Headline(self.look, self.quote(self.question.text), id="question", modest=self.question.kind in _WORDY)
        yield from self._compose_line() if self.question.kind == "text" else self._compose_choices()
        with Column(id="footer"):
            if self.asking.idle_seconds is not None:
                yield Patience(self.look, self.say)
            yield from self._compose_footer()

    def _compose_choices(self) -> ComposeResult:
        tiles = Tiles(
            tiles_for(self.question, self.language),
            self.look,
            columns_for(self.question, self.language),
            id="choices",
            classes=self.question.kind,
        )
        tiles.chosen, tiles.asleep = frozenset(self._chosen), self._asleep
        yield tiles
        if ends := ENDS.get(self.question.kind):
            with Row(id="ends"):
                yield Paragraph(self.look, self.say(ends[0]), tone="soft", id="low")
                yield Paragraph(self.look, self.say(ends[1]), tone="soft", side="right", id="high")

    def _compose_line(self) -> ComposeResult:
        with Column(id="line"):
            yield Line(self._typed, max_length=self.question.max_length, select_on_focus=False)
            yield Paragraph(
                self.look, self.say(N_("Please do not write names.")), side="middle", tone="soft", id="note"
            )

    def _compose_footer(self) -> ComposeResult:
        actions = []
        if self.question.multiple or self.question.kind == "text":
            actions.append(Tile("done", self.say(N_("Done")), shortcut="enter", main=True))
        if self.asking.before is not None:
            actions.append(Tile("skip", self.say(N_("Keep my answer"))))
            actions.append(Tile("withdraw", self.say(N_("Remove my answer"))))
        elif self.asking.may_skip:
            actions.append(Tile("skip", self.say(N_("Skip")), quiet=True))
        if actions:
            yield Tiles(actions, self.look, id="actions")
        else:
            promise = self.say(N_("One tap is enough. Your answer is anonymous."))
            yield Paragraph(self.look, promise, side="middle", tone="soft", id="hint")

    def on_mount(self) -> None:
        """Let a keyboard type at once where there is something to type."""
        for line in self.query(Line):
            line.focus()

    async def recompose(self) -> None:
        """Show everything anew, as after a change of language."""
        await super().recompose()
        self.on_mount()

    def on_resize(self) -> None:
        """Let scales grow taller on an upright screen, and spare rows on a low one."""
        self.set_class(is_upright(self.size), "-upright")
        self.set_class(self.size.height < LOW, "-low")

    def wake(self) -> None:
        """Take answers."""
        self._asleep = False
        for tiles in self.query("#choices").results(Tiles):
            tiles.asleep = False

    def tick(self, now: float) -> None:
        """Warn when nobody touched anything for long, then close."""
        if self.result.done():
            return
        if self.asking.idle_seconds is None:
            self._attract(now - self.active_at)
            return
        left = self.asking.idle_seconds + WARNING_SECONDS - (now - self.active_at)
        self.query("#footer").set_class(left <= WARNING_SECONDS, "-closing")
        if left <= 0:
            self._close(Outcome.TIMED_OUT)
        elif left <= WARNING_SECONDS:
            for patience in self.query(Patience):
                patience.warn(math.ceil(left))

    def _attract(self, idle_seconds: float) -> None:
        """Let the faces blink while nobody is there."""
        if self.question.kind == "smiley" and self.look.motion:
            for tiles in self.query("#choices").results(Tiles):
                tiles.shut_eyes(blinking(idle_seconds, len(tiles.tiles)))

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
            self._close(self._collected())

    @on(Input.Changed)
    def remember(self, message: Input.Changed) -> None:
        """Keep what is typed over a change of language."""
        self._typed = message.value

    @on(Input.Submitted)
    def submit(self) -> None:
        """Take the text when Enter is pressed."""
        self._close(self._collected())

    @on(Tiles.Tapped, "#more")
    def stay(self, message: Tiles.Tapped) -> None:
        """Start waiting from the beginning."""
        message.stop()
        self.active_at = self.look.clock.seconds()
        self.tick(self.active_at)

    def _collected(self) -> Reply | Outcome:
        """Give what was chosen or typed; nothing at all is a skip, or takes back what was there before."""
        if text := clean(self._typed, self.question.max_length):
            return Reply(text=text)
        if order := [choice.id for choice in self.question.choices if choice.id in self._chosen]:
            return Reply(choices=tuple(order))
        return Outcome.SKIPPED if self.asking.before is None else NOTHING

    def _close(self, result: Reply | Outcome) -> None:
        """Put everything to sleep and give the result."""
        for tiles in self.query(Tiles):
            tiles.asleep = True
        self._asleep = True
        self.finish(result)
