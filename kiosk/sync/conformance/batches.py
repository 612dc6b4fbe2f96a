"""Rules of a sink that answers as a hub does: what is safe, and what is counted once."""

from __future__ import annotations

import copy
import time
from concurrent.futures import ThreadPoolExecutor

from pydantic import ValidationError

from kiosk.sync.conformance.sink import Broken, require
from kiosk.sync.conformance.trial import Rule, Trial
from kiosk.wire.base import MAX_EVENTS
from kiosk.wire.well_known import WELL_KNOWN, HubFacts
from kiosk.wire.writing import iso_time

_A_DAY_S = 86_400


def it_says_what_it_is(trial: Trial) -> None:
    """To anybody who asks."""
    reply = trial.sink.get(WELL_KNOWN)
    require(reply.status == 200, f"answered {reply.status} to {WELL_KNOWN}")
    try:
        facts = HubFacts.model_validate_json(reply.content)
    except ValidationError as error:
        raise Broken(f"{WELL_KNOWN}: {error.errors()[0]['msg']}") from None
    require("v1" in facts.versions, f"speaks {', '.join(facts.versions)} but not v1")


def an_empty_batch_is_acknowledged(trial: Trial) -> None:
    """The kiosk's first call, and its heartbeat while nothing waits."""
    ack = trial.require_counted([])
    trial.samples.seq = max(trial.samples.seq, ack.highest_sequence)
    apart = abs(ack.server_time.timestamp() - time.time())
    require(apart < _A_DAY_S, f"its clock is {apart:.0f} seconds from this machine's")


def records_are_accepted(trial: Trial) -> None:
    """One of each kind."""
    words = trial.samples.text("Conformance")
    ack = trial.require_counted([words, trial.samples.visit(), trial.samples.erasure(words)], accepted=3)
    require(
        ack.highest_sequence == trial.samples.seq,
        f"its highest sequence is {ack.highest_sequence} instead of {trial.samples.seq}",
    )


def a_batch_need_not_be_packed(trial: Trial) -> None:
    """Webhooks and small programs send plain JSON."""
    ack = trial.sink.send(trial.samples.answers(1), packing=False).ack()
    require(ack.accepted == 1, f"accepted {ack.accepted} of 1")


def the_largest_batch_is_accepted(trial: Trial) -> None:
    """A month offline is sent in full batches."""
    trial.require_counted(trial.samples.answers(MAX_EVENTS), accepted=MAX_EVENTS)


def a_batch_that_comes_again_changes_nothing(trial: Trial) -> None:
    """Its answer was lost on the way."""
    batch = [*trial.samples.answers(2), trial.samples.visit()]
    trial.require_counted(batch, accepted=3)
    trial.require_counted(batch, duplicate=3)


def a_batch_that_comes_twice_at_once_counts_once(trial: Trial) -> None:
    """A proxy tried again while the first try was still under way."""
    batch = trial.samples.answers(20)
    with ThreadPoolExecutor(2) as pool:
        acks = list(pool.map(trial.send, [batch, batch]))
    counted = (sum(ack.accepted for ack in acks), sum(ack.duplicate for ack in acks))
    require(counted == (20, 20), f"accepted {counted[0]} and found {counted[1]} duplicate instead of 20 and 20")


def a_record_that_stands_twice_in_a_batch_counts_once(trial: Trial) -> None:
    """The key is the record's id, wherever it comes from."""
    answer = trial.samples.answer()
    trial.require_counted([answer, answer], accepted=1, duplicate=1)


def records_may_come_in_any_order(trial: Trial) -> None:
    """A hub that was restored from a backup is sent again what it lost, after newer records."""
    first, second, third = trial.samples.answers(3)
    trial.require_counted([third], accepted=1)
    trial.require_counted([second, third, first], accepted=2, duplicate=1)


def an_answer_may_come_before_the_one_that_it_supersedes(trial: Trial) -> None:
    """The same, for a customer who changed the answer and then took it back."""
    first = trial.samples.answer(2)
    changed = trial.samples.answer(5, supersedes=first["id"])
    taken_back = trial.samples.answer(None, supersedes=changed["id"])
    trial.require_counted([taken_back], accepted=1)
    trial.require_counted([changed, first], accepted=2)


def a_time_that_was_put_right_is_no_conflict(trial: Trial) -> None:
    """The kiosk learnt the right time between two tries."""
    answer = trial.samples.answer()
    trial.require_counted([answer], accepted=1)
    trial.require_counted([{**answer, "time": iso_time(trial.samples.now.at_ms - 60_000)}], duplicate=1)


def a_text_that_was_erased_is_no_conflict(trial: Trial) -> None:
    """The kiosk erased the text between two tries."""
    words = trial.samples.text("Conformance")
    trial.require_counted([words], accepted=1)
    trial.require_counted([{**words, "data": {**words["data"], "text": ""}}], duplicate=1)


def an_erasure_may_come_before_its_answer(trial: Trial) -> None:
    """It counts for ever, so the answer is taken, without its text."""
    words = trial.samples.text("Conformance")
    trial.require_counted([trial.samples.erasure(words)], accepted=1)
    trial.require_counted([words], accepted=1)


def what_is_no_record_is_not_counted(trial: Trial) -> None:
    """The kiosk's state, and what it asks."""
    trial.require_counted([trial.samples.report(), trial.samples.survey()])
    trial.require_counted([trial.samples.report(), trial.samples.answer()], accepted=1)


def members_that_a_later_version_adds_are_ignored(trial: Trial) -> None:
    """Everywhere: in the event, in its data, in the clock."""
    later = copy.deepcopy(trial.samples.answer())
    later["data"]["mood"] = {"sunny": True}
    later["data"]["clock"]["leap"] = 1
    trial.require_counted([{**later, "traceparent": "00-1"}], accepted=1)


RULES: tuple[Rule, ...] = (
    it_says_what_it_is,
    an_empty_batch_is_acknowledged,
    records_are_accepted,
    a_batch_need_not_be_packed,
    the_largest_batch_is_accepted,
    a_batch_that_comes_again_changes_nothing,
    a_batch_that_comes_twice_at_once_counts_once,
    a_record_that_stands_twice_in_a_batch_counts_once,
    records_may_come_in_any_order,
    an_answer_may_come_before_the_one_that_it_supersedes,
    a_time_that_was_put_right_is_no_conflict,
    a_text_that_was_erased_is_no_conflict,
    an_erasure_may_come_before_its_answer,
    what_is_no_record_is_not_counted,
    members_that_a_later_version_adds_are_ignored,
)
