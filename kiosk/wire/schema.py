"""The wire format as JSON Schema, for programs that are not written in Python: `python -m kiosk.wire.schema`.

docs/wire-format.schema.json is what this prints; a test holds the two together.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from kiosk.wire.ack import Ack, Rejected
from kiosk.wire.base import MAX_EVENTS
from kiosk.wire.config_offer import ConfigOffer
from kiosk.wire.enrolment import Enrolled, EnrolRequest, NewToken, NewTokenRequest
from kiosk.wire.event import (
    AnswerData,
    AnswerEvent,
    EraseData,
    EraseEvent,
    Event,
    ReportEvent,
    SurveyEvent,
    TapClock,
    VisitData,
    VisitEvent,
)
from kiosk.wire.hub_keys import HubKeys
from kiosk.wire.problem import ProblemDetails
from kiosk.wire.report import ConfigState, Report, SurveyDocument
from kiosk.wire.well_known import HubFacts

EVENTS = (AnswerEvent, VisitEvent, EraseEvent, ReportEvent, SurveyEvent)
_PARTS = (AnswerData, VisitData, EraseData, TapClock, Report, ConfigState, SurveyDocument, Rejected)
BODIES = (Ack, ProblemDetails, HubFacts, EnrolRequest, Enrolled, NewTokenRequest, NewToken, ConfigOffer, HubKeys)


class _Generator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles that only say a member's name again."""
        return False


def document() -> dict[str, Any]:
    """Give the schema: every body stands in `$defs`; the document itself describes a batch."""
    models: list[TypeAdapter[Any]] = [TypeAdapter(Event), *(TypeAdapter(body) for body in BODIES)]
    keyed = [(str(number), "validation", model) for number, model in enumerate(models)]
    roots, schema = TypeAdapter.json_schemas(keyed, schema_generator=_Generator)  # type: ignore[arg-type]
    definitions = schema["$defs"]
    definitions["Event"] = roots["0", "validation"]
    for model in (*EVENTS, *_PARTS, *BODIES):
        _describe(model, definitions[model.__name__]["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kiosk wire format, version 1: a batch of events",
        "type": "array",
        "maxItems": MAX_EVENTS,
        "items": {"$ref": "#/$defs/Event"},
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """Give the schema as it stands in its file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _describe(model: type[BaseModel], properties: dict[str, dict[str, Any]]) -> None:
    for base in reversed(model.__mro__[: model.__mro__.index(BaseModel)]):
        (tree,) = ast.parse(inspect.getsource(base)).body
        for member, after in pairwise(getattr(tree, "body", ())):
            match member, after:
                case ast.AnnAssign(target=ast.Name(name)), ast.Expr(value=ast.Constant(value=str(said))):
                    properties[name]["description"] = said.replace("None", "null")


if __name__ == "__main__":
    sys.stdout.write(text())
