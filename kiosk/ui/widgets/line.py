"""A line to type into, without the keys that copy, paste or leave anything for the next customer."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input

from kiosk.scripts import steady
from kiosk.text import clean

_EDITING = {
    "left": "cursor_left",
    "right": "cursor_right",
    "home": "home",
    "end": "end",
    "backspace": "delete_left",
    "delete": "delete_right",
    "enter": "submit",
}


class Line(Input, inherit_bindings=False):
    """One line of text from a keyboard. What is typed last can be seen, however long the text is."""

    is_written_elsewhere: reactive[bool] = reactive(False)
    """Whether the line shows its cursor without having the focus, as a keyboard on the screen writes to it."""

    def on_mount(self) -> None:
        """Keep the cursor steady: nothing on the screen moves without need."""
        self.cursor_blink = False

    def write(self, text: str) -> None:
        """Put text at the cursor, or in the place of what is selected."""
        self.replace(text, *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text into a place, made safe; what is longer than allowed is refused."""
        super().replace(" " if text.isspace() else clean(text), start, end)

    def render_line(self, y: int) -> Strip:
        """Draw what was typed so that every terminal takes the same cells for it."""
        drawn = super().render_line(y)
        if y == 0 and self.is_written_elsewhere and not self.has_focus:
            drawn = self._with_cursor(drawn)
        steadied = Strip([Segment(steady(text), style, control) for text, style, control in drawn])
        return steadied.adjust_cell_length(drawn.cell_length, self.rich_style)

    def _with_cursor(self, drawn: Strip) -> Strip:
        """Draw the cursor as if the line had the focus."""
        place = self._position_to_cell(self.cursor_position) - self.scroll_offset.x
        before, cursor, after = drawn.divide([place, place + 1, drawn.cell_length])
        marked = Segment(cursor.text or " ", self.get_component_rich_style("input--cursor"))
        return Strip.join([before, Strip([marked]), after])

    async def on_key(self, event: events.Key) -> None:
        """Edit and confirm. No bindings do it, as the stage lets no key reach any."""
        if action := _EDITING.get(event.key):
            event.stop()
            await self.app.run_action(action, self)

    def _on_paste(self, event: events.Paste) -> None:
        """Take pasted text as if it were typed: made safe, and no longer than allowed."""
        room = (self.max_length or 1_000) - len(self.value)
        self.insert_text_at_cursor(clean(event.text, max(room, 0)))
        event.stop()
        event.prevent_default()
