"""Thank you: what was chosen, a way to change it, and the invitation that is the same for everyone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.geometry import Size

from kiosk.answer import Answer
from kiosk.receipt import Receipt
from kiosk.survey import Phrase, Question, phrase_in
from kiosk.ui.heights import ROOM_ENOUGH, ROOM_FOR_GAPS
from kiosk.ui.look import Look, is_upright
from kiosk.ui.view import View
from kiosk.ui.widgets.countdown import Countdown
from kiosk.ui.widgets.grid import one_line_each, row_or_column
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.languages import Languages
from kiosk.ui.widgets.painting import Tile
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.qr_code import QrCode
from kiosk.ui.widgets.tiles import Tiles
from kiosk.ui.widgets.unpainted import Column
from kiosk.words import N_, Translate, value_label

_SETTLE_SECONDS = 0.8
"""Taps on empty space this soon after the thanks appeared are the tail of the answer's tap."""

_LANGUAGES_IN_A_ROW, _ROOM_FOR_LANGUAGES = 4, 30
"""Languages beside the code from which on they need a second row, and rows of a screen that have room for it."""

_WORDS_WIDTH = 27
"""Cells that the words beside the code need at the least."""

_HEADLINE = 0.6
"""Share of the usual room: two words need less of it than a question, and the invitation needs the rest."""

_NOTHING = UUID(int=0)

MORE_SECONDS = 30
"""What one press of `More time` adds, for those who look for their phone."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The invitation to a public review. It holds nothing of the answer, and so cannot depend on it."""

    url: str
    text: Phrase


Chosen = Sequence[tuple[Question, Answer]]


class AfterThanks(Enum):
    """What the customer wants after the thanks."""

    DONE = auto()
    CHANGE = auto()


class ThanksView(View[AfterThanks]):
    """Thanks for a few seconds; a tap on empty space ends it earlier."""

    def __init__(
        self,
        look: Look,
        language: str,
        chosen: Chosen,
        invitation: Invitation | None,
        seconds: int,
        *,
        writes: bool = False,
    ) -> None:
        """Show what was `chosen`, question by question, and the invitation where the shop has one.

        Where anybody may write (`writes`), the code for what was written has its room in every visit: the invitation
        stands where it always does.
        """
        super().__init__(look, language)
        self._writes = writes
        self._chosen, self._invitation, self._seconds = chosen, invitation, seconds
        self._counts_from: float | None = None

    def compose(self) -> ComposeResult:
        """Put the words at one side and the code at the other."""
        self._lie_on(self.app.size)  # before the first picture: painting the thanks twice takes a customer's time
        yield Countdown(self.look)
        if self._invitation is not None:
            yield self._make_room(QrCode(self.look, self._invitation.url), self.app.size)
        if len(self.look.languages) > 1:
            yield Languages(self.look, self.language)
        with Column(id="kiitos"):
            thank_you = Headline(self.look, self.say(N_("Thank you!")), id="thank-you", scale=_HEADLINE)
            thank_you.share = self._headline_share(self.app.size)
            yield thank_you
            yield Paragraph(self.look, self._what_was_chosen(), side="middle", tone="soft", growth=1, id="chosen")
            if self._writes:
                yield self._receipt()
            if self._invitation is not None:
                invitation = self.quote(self._invitation.text)
                yield Paragraph(self.look, invitation, side="middle", tone="accent", bold=True, growth=1, id="invite")
        actions = [
            Tile("change", self.say(N_("Change my answer")), shortcut="/"),
            Tile("more", self.say(N_("More time")), shortcut="+"),
        ]
        labels = [tile.label for tile in actions]

        def columns(width: int, height: int) -> int:
            is_low = self.app.size.height < ROOM_ENOUGH
            return row_or_column(labels, width, height) if is_low else one_line_each(labels, width)

        yield Tiles(actions, self.look, columns, id="actions")

    def repeat(self, chosen: Chosen) -> None:
        """Say what was chosen, where the view was made ready before anybody chose."""
        self._chosen = chosen
        for paragraph in self.query("#chosen").results(Paragraph):
            paragraph.text = self._what_was_chosen()
        for paragraph in self.query("#receipt").results(Paragraph):
            paragraph.text, paragraph.visible = self._code(), self._has_written

    def appear(self) -> None:
        """Count from now, and lie as the screen is now."""
        super().appear()
        self.on_resize()
        self.tick(self.appeared_at)

    def on_resize(self) -> None:
        """Lie as the size of the screen asks for."""
        self._lie_on(self.app.size)
        for code in self.query(QrCode):
            self._make_room(code, self.app.size)

    def _lie_on(self, size: Size) -> None:
        self.set_class(is_upright(size), "-upright")
        self.set_class(size.height < ROOM_FOR_GAPS, "-tight")
        self.set_class(size.height < ROOM_FOR_GAPS and self._is_crowded(size), "-crowded")
        self.set_class(self.look.letter(size) > 1, "-large")
        for headline in self.query(Headline):
            headline.share = self._headline_share(size)

    def _headline_share(self, size: Size) -> float | None:
        """Let the headline be plain where many languages leave no room for large letters."""
        return 0.0 if self._is_crowded(size) else None

    def _is_crowded(self, size: Size) -> bool:
        return size.height < _ROOM_FOR_LANGUAGES and len(self.look.languages) > _LANGUAGES_IN_A_ROW

    def _make_room(self, code: QrCode, size: Size) -> QrCode:
        """Give the code the room that it needs: beside the words, or below them on an upright screen."""
        beside = code.width_needed(size.width - _WORDS_WIDTH, size.height - 1)
        code.styles.width = "100%" if is_upright(size) else beside
        return code

    async def recompose(self) -> None:
        """Show everything anew, as after a change of language."""
        await super().recompose()
        self.on_resize()
        self.tick(self.look.clock.seconds())

    def _what_was_chosen(self) -> str:
        said = [
            label
            for question, answer in self._chosen
            if (label := answer_label(question, answer, self.language, self.say))
        ]
        if not said:
            return self.say(N_("Your answer was removed."))
        if self.look.private:
            return self.say(N_("Your answer is saved."))
        return self.say(N_("You chose: {answer}")).format(answer=" · ".join(said))

    def _receipt(self) -> Paragraph:
        paragraph = Paragraph(self.look, self._code(), side="middle", tone="soft", growth=1, id="receipt")
        paragraph.visible = self._has_written
        return paragraph

    @property
    def _has_written(self) -> bool:
        return any(answer.text for _, answer in self._chosen)

    def _code(self) -> str:
        """Give the code by which the customer can have the words erased; of no use, but as long, for who wrote none."""
        written = [answer.id for _, answer in self._chosen if answer.text]
        code = Receipt.of(written[-1] if written else _NOTHING)
        return self.say(N_("Code to erase your text: {code}")).format(code=code)

    def tick(self, now: float) -> None:
        """Run the countdown down."""
        left = (self._counts_from or self.appeared_at) + self._seconds - now
        for countdown in self.query(Countdown):
            shown = left if self.look.motion else math.ceil(left)
            countdown.share = min(max(shown / self._seconds, 0.0), 1.0)
        if left <= 0:
            self.finish(AfterThanks.DONE)

    @on(Tiles.Tapped, "#actions")
    def act(self, message: Tiles.Tapped) -> None:
        """Change the answer, or stay longer."""
        message.stop()
        if message.key == "change":
            self.finish(AfterThanks.CHANGE)
        else:
            self.stay()

    def stay(self) -> None:
        """Stay longer, from now on."""
        self._seconds = MORE_SECONDS
        self._counts_from = self.look.clock.seconds()
        self.tick(self._counts_from)

    def on_click(self) -> None:
        """End early when the tap was on nothing else."""
        if self.look.clock.seconds() - self.appeared_at >= _SETTLE_SECONDS:
            self.finish(AfterThanks.DONE)


def answer_label(question: Question, answer: Answer, language: str, say: Translate) -> str:
    """Say an answer in words; empty for one that was withdrawn."""
    if answer.value is not None:
        return value_label(question, answer.value, say)
    if answer.choices:
        return ", ".join(phrase_in(choice.text, language) for choice in question.choices if choice.id in answer.choices)
    return f"“{answer.text}”" if answer.text else ""
