"""A webhook gets the same records as a hub, and can tell who sent them."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
import standardwebhooks.webhooks
from standardwebhooks import Webhook

from kiosk.sync.courier import STOPPED_SECONDS
from kiosk.sync.trouble import Trouble
from tests.sync.conftest import Counter

SECRET = "whsec_" + base64.b64encode(b"kassan oma salaisuus, 32 tavua..").decode()


def _taken(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(204)


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "till.secret"
    path.write_text(SECRET)
    path.chmod(0o600)
    return path


@pytest.fixture
def judge(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    """Give the reference implementation, whose clock stands where the kiosk's does."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Stopped:
            return cls.fromtimestamp(counter.clock.at_ms / 1000, tz or UTC)

    monkeypatch.setattr(standardwebhooks.webhooks, "datetime", Stopped)
    return Webhook(SECRET)


def test_every_batch_is_signed(counter: Counter, secret_file: Path, judge: Webhook) -> None:
    counter.answers(3)
    hook = counter.to_webhook(_taken, secret_file=secret_file)
    assert hook.drain() == 3
    (request,) = hook.receiver.requests
    assert len(judge.verify(request.content, dict(request.headers))) == 3
    changed = request.content.replace(b'"value":4', b'"value":5')
    assert changed != request.content
    with pytest.raises(standardwebhooks.webhooks.WebhookVerificationError):
        judge.verify(changed, dict(request.headers))


def test_the_id_of_a_batch_stays_through_every_retry_while_its_time_goes_on(
    counter: Counter, secret_file: Path, judge: Webhook
) -> None:
    counter.answers(2)
    hook = counter.to_webhook(lambda _: httpx2.Response(503), secret_file=secret_file)
    for _ in range(3):
        hook.courier.step()
        counter.clock.wind(60)
    headers = [request.headers for request in hook.receiver.requests]
    assert len({each["webhook-id"] for each in headers}) == 1
    assert len({each["webhook-timestamp"] for each in headers}) == 3
    counter.answers(1)
    hook.courier.step()
    last = hook.receiver.requests[-1]
    assert last.headers["webhook-id"] != headers[0]["webhook-id"]
    judge.verify(last.content, dict(last.headers))


def test_the_body_is_the_hubs_body_unpacked(counter: Counter) -> None:
    counter.visits(2)
    hub, hook = counter.to_hub(), counter.to_webhook(_taken, headers={"X-Shop": "Kamppi"})
    hub.drain()
    hook.drain()
    (request,) = hook.receiver.requests
    assert json.loads(request.content) == hub.receiver.batches[0]
    assert request.headers["content-type"] == "application/cloudevents-batch+json"
    assert request.headers["x-shop"] == "Kamppi"
    assert "content-encoding" not in request.headers and "authorization" not in request.headers


def test_a_receiver_of_single_events_gets_one_at_a_time(counter: Counter) -> None:
    records = counter.answers(3)
    hook = counter.to_webhook(_taken, single=True)
    assert hook.drain() == 3
    assert [json.loads(request.content)["id"] for request in hook.receiver.requests] == [
        str(each.id) for each in records
    ]
    assert {request.headers["content-type"] for request in hook.receiver.requests} == {"application/cloudevents+json"}


def test_nothing_leaves_unsigned_when_the_secret_is_unfit(counter: Counter, secret_file: Path) -> None:
    counter.answers(1)
    hook = counter.to_webhook(_taken, secret_file=secret_file)
    secret_file.chmod(0o644)
    step = hook.courier.step()
    assert (step.trouble, step.wait_s, hook.receiver.requests) == (Trouble.SECRET, STOPPED_SECONDS, [])
    assert SECRET[6:] not in step.detail
    secret_file.chmod(0o600)
    assert hook.drain() == 1


def test_trouble_that_is_over_is_forgotten_also_where_nothing_waits(counter: Counter, secret_file: Path) -> None:
    hook = counter.to_webhook(_taken, secret_file=secret_file)
    secret_file.chmod(0o644)
    hook.courier.step()
    assert counter.delivery(hook).trouble == "secret"
    secret_file.chmod(0o600)
    hook.courier.step()
    assert counter.delivery(hook).trouble is None


def test_an_empty_batch_is_not_sent(counter: Counter) -> None:
    hook = counter.to_webhook(_taken)
    step = hook.courier.step()
    assert not hook.receiver.requests and 48 <= step.wait_s <= 72


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (302, Trouble.PORTAL),
        (401, Trouble.UNAUTHORISED),
        (404, Trouble.ADDRESS),
        (410, Trouble.RETIRED),
        (429, Trouble.BUSY),
        (500, Trouble.FAILING),
    ],
)
def test_what_a_webhook_says_is_read_from_its_status(counter: Counter, status: int, trouble: Trouble) -> None:
    counter.answers(1)
    hook = counter.to_webhook(lambda _: httpx2.Response(status, headers={"location": "https://elsewhere.example"}))
    assert hook.courier.step().trouble is trouble
    assert {request.url.host for request in hook.receiver.requests} == {"till.example"}


def test_a_record_that_a_webhook_will_not_take_is_parked(counter: Counter) -> None:
    records = counter.answers(20)

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(422 if str(records[7].id).encode() in request.content else 200)

    assert counter.to_webhook(answer).drain() == 20
    assert counter.refused() == [(8, "invalid")]
