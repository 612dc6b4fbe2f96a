"""What docs/wire-format.md says is what the program reads and writes."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jsonschema import Draft202012Validator
from standardwebhooks import Webhook

from kiosk.wire import schema
from kiosk.wire.base import MAX_BYTES, MAX_EVENTS, Wire
from kiosk.wire.enrolment import EnrolRequest, NewTokenRequest, signed_text
from kiosk.wire.event import AnswerEvent
from kiosk.wire.problem import ProblemType
from kiosk.wire.reading import read_batch
from tests.wire.test_batch import event

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "wire-format.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```json (\w+)\n(.*?)```", PAGE, re.DOTALL))
SCHEMA = schema.document()


def against(definition: str) -> Draft202012Validator:
    return Draft202012Validator({**SCHEMA, "type": "object", "items": True, "$ref": f"#/$defs/{definition}"})


def read(name: str) -> Any:
    return _models()[name].model_validate_json(EXAMPLES[name])


def _models() -> dict[str, type[Wire]]:
    return {model.__name__: model for model in (*schema.EVENTS, *schema.BODIES)}


def test_the_page_has_an_example_of_all_that_goes_over_the_wire_but_what_explains_itself() -> None:
    assert set(_models()) - set(EXAMPLES) == {"ReportEvent", "SurveyEvent", "NewToken"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_as_it_stands_and_the_schema_agrees(name: str) -> None:
    example = json.loads(EXAMPLES[name])
    against(name).validate(example)
    assert example.keys() - {"datacontenttype"} <= json.loads(read(name).model_dump_json()).keys()


def test_the_examples_make_a_batch() -> None:
    members = [json.loads(EXAMPLES[name]) for name in ("AnswerEvent", "VisitEvent", "EraseEvent")]
    assert len(read_batch(json.dumps(members).encode()).events) == 3
    Draft202012Validator(SCHEMA).validate(members)


def test_what_a_kiosk_writes_is_what_the_example_shows() -> None:
    written, example = event(), json.loads(EXAMPLES["AnswerEvent"])
    assert written.keys() == example.keys()
    assert written["data"].keys() == example["data"].keys()
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps([written])))


def test_the_example_kiosk_holds_its_key() -> None:
    enrol: EnrolRequest = read("EnrolRequest")
    token: NewTokenRequest = read("NewTokenRequest")
    key = Ed25519PublicKey.from_public_bytes(_bytes(enrol.public_key))
    key.verify(_bytes(enrol.signature), signed_text("enrol", enrol.device_id, enrol.code, enrol.public_key))
    key.verify(_bytes(token.signature), signed_text("token", enrol.device_id, token.token_hash))


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def test_the_schema_in_the_folder_is_the_programs() -> None:
    assert (DOCS / "wire-format.schema.json").read_text(encoding="utf-8") == schema.text()
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("member", "wrong"),
    [("value", 11), ("points", 12), ("kind", "stars"), ("question", "a\x00"), ("clock", None), ("marks", ["x"] * 17)],
)
def test_the_schema_refuses_what_the_program_refuses(member: str, wrong: object) -> None:
    example = json.loads(EXAMPLES["AnswerEvent"])
    example["data"][member] = wrong
    assert not against("AnswerEvent").is_valid(example)
    assert read_batch(json.dumps([example]).encode()).rejected


def test_the_page_names_the_limits_and_every_problem_of_a_batch() -> None:
    assert f"**{MAX_EVENTS} events** and **{MAX_BYTES >> 20} MiB unpacked**" in PAGE
    elsewhere = {ProblemType.WRONG_CODE, ProblemType.NOT_FOUND}
    assert not [problem for problem in set(ProblemType) - elsewhere if f"`{problem}`" not in PAGE]


def test_the_page_links_only_to_what_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", PAGE)
    assert linked
    assert not [target for target in linked if not (DOCS / target).exists()]


def _check_of_the_page() -> Callable[[dict[str, str], bytes, str], bool]:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    check: Callable[[dict[str, str], bytes, str], bool] = names["is_from_my_kiosk"]
    return check


def _signed(body: bytes, secret: str, seconds: float) -> dict[str, str]:
    from datetime import UTC, datetime

    signature = Webhook(secret).sign("msg_1", datetime.fromtimestamp(int(seconds), UTC), body.decode())
    return {"webhook-id": "msg_1", "webhook-timestamp": str(int(seconds)), "webhook-signature": signature}


def test_the_pages_check_of_a_webhook_agrees_with_the_library() -> None:
    is_mine, body, secret = _check_of_the_page(), '[{"ä":1}]'.encode(), "whsec_" + base64.b64encode(b"k" * 24).decode()
    headers = _signed(body, secret, time.time())
    assert is_mine(headers, body, secret)
    assert not is_mine(headers, body + b" ", secret)
    assert not is_mine({**headers, "webhook-id": "msg_2"}, body, secret)
    assert not is_mine(_signed(body, secret, time.time() - 600), body, secret)
    rotated = {**headers, "webhook-signature": f"v1,AAAA v1a,BBBB {headers['webhook-signature']}"}
    assert is_mine(rotated, body, secret)


def test_an_answers_example_says_the_same_time_twice() -> None:
    answer: AnswerEvent = read("AnswerEvent")
    assert 0 <= answer.time.timestamp() * 1000 - answer.data.clock.at_ms < 1000
