"""What of a file could be read although parts of it are wrong, so that one mistake hides no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.config.sections import Kiosk, Privacy, Review
from kiosk.survey import Question

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Draft:
    """The readable parts of kiosk.toml; where a key is not readable, its default."""

    kiosk: Kiosk
    languages: tuple[str, ...]
    """The shop's languages; none when what is written cannot be read."""
    privacy: Privacy
    review: Review | None
    questions: Mapping[int, Question]
    """The questions without a mistake of their own, by their position in the file."""
    ids: tuple[str, ...]
    """The id of every question, readable or not."""
    after: tuple[str | None, ...]
    """What every question follows, readable or not."""

    def position(self, question_id: str) -> int | None:
        """Give where a question stands in the file; None when there is none of that id."""
        return self.ids.index(question_id) if question_id in self.ids else None

    def way_to(self, position: int) -> list[int]:
        """Give the positions from the opening question to this one; empty when it cannot be reached."""
        way = [position]
        while (before := self.after[way[0]]) is not None:
            parent = self.position(before)
            if parent is None or parent in way:
                return []
            way.insert(0, parent)
        return way


def draft_of(data: Mapping[str, Any]) -> Draft:
    """Read what can be read of a file's content."""
    written = data.get("question")
    tables = [table if isinstance(table, dict) else {} for table in written] if isinstance(written, tuple) else []
    questions = {position: _readable(Question, table) for position, table in enumerate(tables)}
    kiosk, wrong = _without_mistakes(Kiosk, data.get("kiosk"))
    privacy, _ = _without_mistakes(Privacy, data.get("privacy"))
    return Draft(
        kiosk=kiosk,
        languages=() if "languages" in wrong else kiosk.languages,
        privacy=privacy,
        review=_readable(Review, data["review"]) if "review" in data else None,
        questions={position: question for position, question in questions.items() if question},
        ids=tuple(str(table.get("id", Question.model_fields["id"].default)) for table in tables),
        after=tuple(str(table["after"]) if "after" in table else None for table in tables),
    )


def _readable(model: type[Model], table: object) -> Model | None:
    try:
        return model.model_validate(table, strict=True)
    except ValidationError:
        return None


def _without_mistakes(model: type[Model], written: object) -> tuple[Model, set[str | int]]:
    """Give a section of which every key may be left out, and the keys that had to be."""
    table = written if isinstance(written, dict) else {}
    try:
        return model.model_validate(table, strict=True), set()
    except ValidationError as refused:
        wrong = {error["loc"][0] for error in refused.errors()}
        return model.model_validate({key: table[key] for key in table.keys() - wrong}, strict=True), wrong
