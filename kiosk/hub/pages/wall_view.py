"""What the wall shows of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from kiosk.charts.faces import face
from kiosk.config import Config
from kiosk.hub.hub import Hub
from kiosk.hub.pages import drawing
from kiosk.hub.store.place_source import PlaceSource
from kiosk.hub.store.places import Place
from kiosk.results.comparison import Standing, standing
from kiosk.results.distribution import ranked_reasons
from kiosk.results.hours import by_hour
from kiosk.results.metrics import Figure
from kiosk.results.period import today_in
from kiosk.results.question import QuestionFigures, scale_of
from kiosk.results.wording import METRICS, STANDINGS
from kiosk.store.figures import plain_figures_of
from kiosk.telling.edition import SURE, Edition
from kiosk.telling.scales import ends_of, goal_words
from kiosk.words import N_

_FACE = 60.0
_KINDS = {Standing.ABOVE: "good", Standing.BELOW: "bad"}


@dataclass(frozen=True, slots=True)
class View:
    """Today at one place, in words large enough for a wall."""

    question: str
    metric: str
    value: str
    """The figure; the number of answers where they are too few."""
    is_figure: bool
    answers: str
    interval: str
    goal: str
    """The goal; empty without one."""
    standing: str
    kind: str
    """`good` above the goal, `bad` below it, empty for what is not clear."""
    face: Markup | None
    hours: Markup | None
    reason: str
    """What was criticised or praised most today; empty where too few said."""
    at: str
    """When this was so."""


def view_of(place: Place, config: Config, edition: Edition, hub: Hub, *, is_alone: bool) -> View:
    """Work out what the wall shows now; hours and reasons only where a place has it for itself."""
    now_ms = hub.now_ms()
    period, scale = today_in(config, now_ms), scale_of(config.survey.first)
    with hub.database.read() as connection:
        source = PlaceSource(connection, place.devices, config)
        figures = plain_figures_of(source, config, period).questions
        slots = source.slots(scale, config.kiosk.day_ends_at, *period.bounds_in(config)) if is_alone else []
    main = next(each for each in figures if each.scale == scale)
    figure = main.figure if main.enough else None
    day = by_hour(slots, scale, config).hours if is_alone and scale.points else ()
    goal = config.results.goal
    against = standing(main, goal) if goal is not None else None
    ends = edition.interval(figure) if figure else ""
    return View(
        question=edition.title(scale),
        metric=edition.say(METRICS[figure.metric]) if figure else edition.say(N_("Answers today")),
        value=edition.value(figure) if figure else edition.number(main.n),
        is_figure=figure is not None,
        answers=edition.answers(main.n),
        interval=edition.say(N_("{level} interval {ends}"), level=edition.percent(SURE), ends=ends) if figure else "",
        goal="" if goal is None else goal_words(goal, edition),
        standing=edition.say(STANDINGS[against]) if against and figure else "",
        kind=_KINDS.get(against, "") if against else "",
        face=_face(figure) if figure and main.kind == "smiley" else None,
        hours=drawing.hours_chart(day, main.figure.metric if main.figure else "", edition, 120) if day else None,
        reason=_reason(figures, edition) if is_alone else "",
        at=edition.time(datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(config.zone)),
    )


def _face(figure: Figure) -> Markup:
    low, high = ends_of(figure.metric)
    mood = ((figure.value or 0.0) - low) / (high - low)
    return drawing.drawn(face(1, 1, _FACE, mood, drawing.INKS), _FACE + 2, "", _FACE + 2)


def _reason(figures: tuple[QuestionFigures, ...], edition: Edition) -> str:
    """Name the choice that was made most in the first question of reasons with answers enough."""
    for question in figures:
        if question.kind == "choice" and question.enough and (reasons := ranked_reasons(question)):
            return f"{edition.title(question.scale)} {edition.label(question, reasons[0].choice)}"
    return ""
