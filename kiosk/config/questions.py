"""What is wrong between questions: ids, follow-ups, rules, and keys that do not go with the kind."""

from __future__ import annotations

from kiosk.config.draft import Draft
from kiosk.config.findings import Findings, did_you_mean, shown
from kiosk.config.lines import Place
from kiosk.survey import NO_RULE, SUCCESS, Question, matching, may_be_rule

_FEWEST_CHOICES, _MOST_CHOICES = 2, 12
_KIND_OF_KEY = {"points": "smiley", "choices": "choice", "multiple": "choice", "max_length": "text"}


def check_questions(draft: Draft, findings: Findings) -> None:
    """Note every problem of the questions."""
    _check_first(draft, findings)
    _check_ids(draft, findings)
    for position, question in draft.questions.items():
        _check_kind(position, question, findings)
        _check_choices(position, question, findings)
        _check_rule(position, question, draft, findings)
    for position in range(len(draft.ids)):
        _check_circle(position, draft, findings)
        if reason := _why_never(position, draft):
            findings.warn(("question", position), f"{shown(draft.ids[position])} is never asked: {reason}")


def _check_first(draft: Draft, findings: Findings) -> None:
    openings = [position for position, after in enumerate(draft.after) if after is None]
    if draft.ids and not openings:
        findings.error(("question",), "no question starts the visit; one must have no `after`")
    for position in openings[1:]:
        name = shown(draft.ids[position])
        findings.error(
            ("question", position),
            f"{name} would be a second opening question; say with `after` which answer it follows",
        )
    opening = draft.questions.get(openings[0]) if openings else None
    if opening and opening.kind == "text" and not draft.privacy.free_text:
        findings.error(
            ("question", openings[0], "kind"),
            "the opening question is a text question, and [privacy] free_text is false",
        )


def _check_ids(draft: Draft, findings: Findings) -> None:
    for position, question_id in enumerate(draft.ids):
        first = draft.ids.index(question_id)
        if first != position:
            findings.error(
                ("question", position, "id"),
                f"{shown(question_id)} is already the id of question[{first + 1}]; every question needs its own",
            )


def _check_kind(position: int, question: Question, findings: Findings) -> None:
    for key, kind in _KIND_OF_KEY.items():
        if key in question.model_fields_set and question.kind != kind:
            findings.error(
                ("question", position, key),
                f"is for {kind} questions only, and {shown(question.id)} is of kind {question.kind}",
            )


def _check_choices(position: int, question: Question, findings: Findings) -> None:
    if question.kind != "choice":
        return
    place: Place = ("question", position, "choices")
    ids = [choice.id for choice in question.choices]
    if not _FEWEST_CHOICES <= len(ids) <= _MOST_CHOICES:
        wanted = f"needs {_FEWEST_CHOICES} to {_MOST_CHOICES} choices"
        findings.error(place, f"{shown(question.id)} {wanted}, and has {len(ids) or 'none'}")
    for number, choice_id in enumerate(ids):
        if ids.index(choice_id) != number:
            findings.error((*place, number, "id"), f"{shown(choice_id)} is already a choice of {shown(question.id)}")


def _check_rule(position: int, question: Question, draft: Draft, findings: Findings) -> None:
    place: Place = ("question", position)
    if question.after is None:
        if question.when is not None:
            findings.error((*place, "when"), "needs `after`, the id of the question whose answer it is about")
        return
    parent = draft.position(question.after)
    if parent is None:
        hint = did_you_mean(question.after, [known for known in draft.ids if known != question.id])
        findings.error((*place, "after"), f"there is no question {shown(question.after)}{hint}")
        if question.when is not None and not may_be_rule(question.when):
            findings.error((*place, "when"), f"{shown(question.when)} {NO_RULE}")
    elif question.when is not None and parent in draft.questions:
        _check_when((*place, "when"), question.when, draft.questions[parent], findings)


def _check_when(place: Place, when: str, asked: Question, findings: Findings) -> None:
    if not when.isprintable():
        findings.error(place, f"{shown(when)} holds a character that cannot be seen; write it anew")
        return
    try:
        matching(when, asked)
    except ValueError as error:
        findings.error(place, f"{error}{_nearest_answer(when, asked)}")


def _nearest_answer(when: str, asked: Question) -> str:
    names = list(SUCCESS) if asked.kind == "success" else [choice.id for choice in asked.choices]
    unknown = (part.strip() for part in when.split(",") if part.strip() not in names)
    return next(filter(None, (did_you_mean(part, names) for part in unknown)), "")


def _check_circle(position: int, draft: Draft, findings: Findings) -> None:
    circle = _circle(position, draft)
    if not circle or position != min(circle):
        return
    names = [draft.ids[step] for step in [*circle, position]]
    sentence = "follows itself" if len(circle) == 1 else f"goes round in a circle: {' after '.join(names)}"
    findings.error(("question", position, "after"), f"{shown(draft.ids[position])} {sentence}")


def _circle(position: int, draft: Draft) -> list[int]:
    """Give the questions that lead from this one back to itself; empty when they do not."""
    met: list[int] = []
    step: int | None = position
    while step is not None and step not in met:
        met.append(step)
        before = draft.after[step]
        step = None if before is None else draft.position(before)
    return met if step == position else []


def _why_never(position: int, draft: Draft) -> str:
    """Give the reason why no customer will see a question that is otherwise right; empty when some may."""
    way = draft.way_to(position)
    if len(way) < 2:
        return ""
    if _is_silent(position, draft):
        return "it is a text question, and [privacy] free_text is false"
    if silent := [draft.ids[step] for step in way if _is_silent(step, draft)]:
        return f"it follows {shown(silent[0])}, which is not asked either"
    if len(way) - 1 > draft.kiosk.follow_ups:
        return f"it would be follow-up {len(way) - 1} of a visit, and [kiosk] follow_ups is {draft.kiosk.follow_ups}"
    return _who_comes_first(position, draft)


def _is_silent(position: int, draft: Draft) -> bool:
    question = draft.questions.get(position)
    return question is not None and question.kind == "text" and not draft.privacy.free_text


def _who_comes_first(position: int, draft: Draft) -> str:
    """Name the follow-ups that take every answer this one waits for."""
    question, parent = draft.questions.get(position), draft.position(draft.after[position] or "")
    asked = None if parent is None else draft.questions.get(parent)
    if question is None or asked is None:
        return ""
    rank = (question.kind == "text", position)
    rivals = [
        rival
        for at, rival in draft.questions.items()
        if rival.after == asked.id and (rival.kind == "text", at) < rank and not _is_silent(at, draft)
    ]
    waited_for = _answers(question, asked)
    taken = frozenset[int | str]().union(*(_answers(rival, asked) for rival in rivals))
    if not waited_for or not waited_for <= taken:
        return ""
    return f"{', '.join(shown(rival.id) for rival in rivals)} already follows the same answers"


def _answers(question: Question, asked: Question) -> frozenset[int | str]:
    """Give the answers that bring a follow-up; none when its rule cannot be read."""
    if question.when is None:
        return frozenset(asked.values) | {choice.id for choice in asked.choices} or frozenset({"any text"})
    try:
        return matching(question.when, asked)
    except ValueError:
        return frozenset()
