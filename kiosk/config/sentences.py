"""What pydantic refuses, said in sentences for the person who wrote kiosk.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kiosk.config.findings import did_you_mean, key_of, shown
from kiosk.config.lines import Place
from kiosk.config.sections import Config

_MUST_BE = {
    "string_type": "text in quotes",
    "int_type": "a whole number without quotes",
    "float_type": "a number without quotes",
    "finite_number": "a plain number",
    "bool_type": "true or false, without quotes",
    "tuple_type": "a list",
    "dict_type": "text in quotes, or one text for each language",
    "model_type": "a table",
    "string_pattern_mismatch": "at most 40 small letters a-z, digits, - and _",
}


def sentence(error: ErrorDetails) -> tuple[Place, str]:
    """Give the place and the sentence for one of pydantic's errors."""
    place: Place = tuple(step for step in error["loc"] if step != "[key]")
    return place, _SENTENCES.get(error["type"], _must_be)(place, error)


def _must_be(place: Place, error: ErrorDetails) -> str:
    if place in (("question",), ("webhook",)):
        return f"must be a list of tables, each under its own [[{place[0]}]]"
    wanted = _MUST_BE.get(error["type"])
    return f"must be {wanted}, not {shown(error['input'])}" if wanted else error["msg"]


def _unknown_key(place: Place, error: ErrorDetails) -> str:
    *around, name = place
    keys = _keys_at(around)
    table = f"[{key_of(tuple(around))}]" if around else "kiosk.toml"
    hint = did_you_mean(str(name), keys) or _elsewhere(str(name)) or f"; it has {', '.join(keys)}"
    return f"{table} has no key {shown(str(name))}{hint}"


def _elsewhere(name: str) -> str:
    """Name the section that does have this key."""
    homes = (section for section in Config.model_fields if name in _keys_at([section]))
    return next((f"; did you mean the one of [{home}]?" for home in homes), "")


def _keys_at(place: Sequence[str | int]) -> Sequence[str]:
    return list(_model_at(place).model_fields)


def _model_at(place: Sequence[str | int]) -> type[BaseModel]:
    model: type[BaseModel] = Config
    for step in place:
        if isinstance(step, str):
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the table that a field holds: directly, as a list, or as one that may be missing."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _missing(place: Place, _: ErrorDetails) -> str:
    if place == ("question",):
        return "there is no question; write at least one under [[question]]"
    return "is missing"


def _not_one_of(_: Place, error: ErrorDetails) -> str:
    known = error["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
    return f"must be one of {', '.join(known)}, not {shown(error['input'])}{did_you_mean(str(error['input']), known)}"


def _too_long_number(place: Place, error: ErrorDetails) -> str:
    """Name the numbers that there are to choose from; a number of so many digits is not even held against them."""
    *around, name = place
    field = _model_at(around).model_fields.get(str(name))
    numbers = get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
    wanted = f"one of {', '.join(map(str, numbers))}" if numbers else "a smaller number"
    return f"must be {wanted}, not {shown(error['input'])}"


def _too_small(_: Place, error: ErrorDetails) -> str:
    return f"must be at least {error['ctx']['ge']:g}, not {shown(error['input'])}"


def _too_large(_: Place, error: ErrorDetails) -> str:
    return f"must be at most {error['ctx']['le']:g}, not {shown(error['input'])}"


def _own_words(_: Place, error: ErrorDetails) -> str:
    return str(error["ctx"]["error"])


_SENTENCES: Mapping[str, Callable[[Place, ErrorDetails], str]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _not_one_of,
    "int_parsing_size": _too_long_number,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
    "value_error": _own_words,
}
