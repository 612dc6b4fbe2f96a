"""Rules of a webhook: any 2xx confirms a batch, so it has to be meant."""

from __future__ import annotations

from kiosk.sync.conformance.signing import with_secret
from kiosk.sync.conformance.sink import Reply, require
from kiosk.sync.conformance.trial import Rule, Trial
from kiosk.wire.base import MAX_EVENTS
from kiosk.wire.writing import body_of

_TOO_OLD_S = 3600
_ANOTHER_SECRET = "whsec_YW5vdGhlciBzZWNyZXQ="


def a_signed_batch_is_confirmed(trial: Trial) -> None:
    """Answers, a visit, an erasure."""
    words = trial.samples.text("Conformance")
    batch = [trial.samples.answer(), words, trial.samples.visit(), trial.samples.erasure(words)]
    _require_confirmed(trial.sink.send(batch, packing=False))


def a_batch_that_comes_again_is_confirmed(trial: Trial) -> None:
    """Its answer was lost on the way. Whether it counts once is for the sink's own tests to see."""
    batch = trial.samples.answers(3)
    for _ in range(2):
        _require_confirmed(trial.sink.send(batch, packing=False))


def the_largest_batch_is_confirmed(trial: Trial) -> None:
    """A month offline is sent in full batches."""
    _require_confirmed(trial.sink.send(trial.samples.answers(MAX_EVENTS), packing=False))


def what_a_later_version_adds_is_ignored(trial: Trial) -> None:
    """A member, a type."""
    batch = [{**trial.samples.answer(), "traceparent": "00-1"}, {**trial.samples.answer(), "type": "kiosk.weather.v1"}]
    _require_confirmed(trial.sink.send(batch, packing=False))


def a_body_that_was_changed_is_refused(trial: Trial) -> None:
    """The signature is of other bytes."""
    body = body_of(trial.samples.answers(1))
    signed = trial.sink.signed(body)
    _require_refused(trial.sink.post(body.replace(b'"value":4', b'"value":5'), signed))


def a_signature_by_another_secret_is_refused(trial: Trial) -> None:
    """Somebody who knows the address, but not the secret."""
    body = body_of(trial.samples.answers(1))
    _require_refused(trial.sink.post(body, with_secret(_ANOTHER_SECRET)(body)))


def a_signature_of_an_hour_ago_is_refused(trial: Trial) -> None:
    """Somebody sends again what was overheard."""
    body = body_of(trial.samples.answers(1))
    _require_refused(trial.sink.post(body, trial.sink.signed(body, ago_s=_TOO_OLD_S)))


def a_body_without_signature_is_refused(trial: Trial) -> None:
    """The same, without the trouble."""
    _require_refused(trial.sink.post(body_of(trial.samples.answers(1)), {"webhook-signature": ""}))


def _require_confirmed(reply: Reply) -> None:
    require(200 <= reply.status < 300, f"answered {reply.status} instead of 2xx")


def _require_refused(reply: Reply) -> None:
    require(400 <= reply.status < 500, f"answered {reply.status} instead of 4xx")


RULES: tuple[Rule, ...] = (
    a_signed_batch_is_confirmed,
    a_batch_that_comes_again_is_confirmed,
    the_largest_batch_is_confirmed,
    what_a_later_version_adds_is_ignored,
    a_body_that_was_changed_is_refused,
    a_signature_by_another_secret_is_refused,
    a_signature_of_an_hour_ago_is_refused,
    a_body_without_signature_is_refused,
)
