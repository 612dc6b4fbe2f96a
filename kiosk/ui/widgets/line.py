"""A line to type into, without the keys that copy, paste or leave anything for the next customer."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
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
    """One line of text from a keyboard."""

    def render_line(self, y: int) -> Strip:
        """Draw what was typed so that every terminal takes the same cells for it."""
        drawn = super().render_line(y)
        steadied = Strip([Segment(steady(text), style, control) for text, style, control in drawn])
        return steadied.adjust_cell_length(drawn.cell_length, self.rich_style)

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
