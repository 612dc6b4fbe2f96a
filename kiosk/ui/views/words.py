"""A question that is answered in words: a line, and the keyboard to write on it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from kiosk.survey import Question
from kiosk.text import clean
from kiosk.ui.keyboards import alphabet_of
from kiosk.ui.look import Look
from kiosk.ui.views.question import Asking, QuestionView
from kiosk.ui.widgets.headline import Headline
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.line import Line
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.writing import Writing
from kiosk.visit import NOTHING, Reply
from kiosk.words import N_

_LOWEST_WITH_NOTE = 28
"""Rows of a screen below which the note stands on the empty line only."""


class WordsView(QuestionView):
    """Asks for words. What is typed is kept here alone, and goes with the view."""

    def __init__(self, look: Look, language: str, question: Question, asking: Asking, awake: bool = True) -> None:
        """Ask `question`; asleep until `wake` is called unless `awake`."""
        super().__init__(look, language, question, asking, awake)
        self._typed = (asking.before or NOTHING).text or ""

    def compose_answers(self) -> ComposeResult:
        """Put the line above the keyboard."""
        with Writing(id="line"):
            yield Line(self._typed, max_length=self.question.max_length, select_on_focus=False)
            yield Paragraph(self.look, self._note(), side="middle", tone="soft", id="note")
            keyboard = Keyboard(self.look, alphabet_of(self.language), self.say)
            keyboard.asleep = self._asleep
            yield keyboard

    def _note(self) -> str:
        return self.say(N_("Please do not write names."))

    def on_mount(self) -> None:
        """Let a keyboard type at once."""
        self.on_resize()
        self.query_one(Line).focus()

    async def recompose(self) -> None:
        """Show everything anew, as after a change of language."""
        await super().recompose()
        self.on_mount()

    def on_resize(self) -> None:
        """Show the keyboard, and spare rows for it on a low screen."""
        screen = self.app.size
        for writing in self.query(Writing):
            writing.show_keyboard(screen)
            self.query_one(Headline).share = None if writing.is_spacious else 0
            has_note = screen.height >= _LOWEST_WITH_NOTE
            writing.query_one("#note").display = has_note
            writing.line.placeholder = "" if has_note else self._note()

    @property
    def is_begun(self) -> bool:
        """Tell whether anything is typed."""
        return bool(self._typed)

    @on(Input.Changed)
    def remember(self, message: Input.Changed) -> None:
        """Keep what is typed over a change of language."""
        self._typed = message.value

    @on(Input.Submitted)
    def submit(self) -> None:
        """Take the text when Enter is pressed, or Done is tapped on the keyboard."""
        self.take()

    def collected(self) -> Reply | None:
        """Give what was typed; None for nothing."""
        text = clean(self._typed, self.question.max_length)
        return Reply(text=text) if text else None
