"""From the file to a `Config`, or to every problem of it at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.config.destinations import check_destinations
from kiosk.config.draft import draft_of
from kiosk.config.findings import Findings
from kiosk.config.from_hub import check_settable, laid_over, settable
from kiosk.config.letters import check_letters
from kiosk.config.lines import key_lines
from kiosk.config.pictures import check_logo
from kiosk.config.questions import check_questions
from kiosk.config.review import check_review
from kiosk.config.sections import Config
from kiosk.config.sentences import sentence
from kiosk.config.texts import check_texts
from kiosk.errors import ConfigError, Problem

_LARGEST_BYTES = 1_000_000
_HUB = "configuration"
"""What a hub's text is called where the name of a file would stand."""

_SYNTAX = {
    "Cannot overwrite a value": "this key is written a second time",
    "Cannot declare": "this table is written a second time",
    "Illegal character '\\n'": "a quotation mark is missing at the end of this line",
    "Unterminated string": "a quotation mark is missing",
    "Invalid value (at end of document": "the file ends before this value does; close every bracket",
    "Invalid value": "the value cannot be read; a text needs quotation marks",
    "Expected '='": "a key must be followed by = and a value",
    "Expected newline": "there is something behind the value; a text needs quotation marks around it",
}
"""What the TOML reader says, and what that means to the person who wrote the line."""


def load_config(path: Path, *, with_files: bool = False, from_hub: str = "") -> Config:
    """Read and check kiosk.toml; `with_files` also looks into what it is shown with, which takes longer.

    `from_hub` is the text that a hub wants to have laid over the file. Raises ConfigError with every problem,
    warnings among them, if there is an error. Warnings alone are handed on as `Config.warnings`.
    """
    text = _text(path)
    findings = Findings(str(path))
    data = _toml(text, findings)
    if from_hub:
        findings = Findings(_HUB)
        data = laid_over(data, _from_hub(from_hub, findings))
    return _loaded(data, path, findings, with_files=with_files)


def check_for_hub(text: str) -> Sequence[Problem]:
    """Give every problem of a text that a hub shall give to its kiosks, as `kiosk check` does; warnings among them."""
    findings = Findings(_HUB)
    try:
        return _loaded(_from_hub(text, findings), Path(_HUB), findings, with_files=True).warnings
    except ConfigError as error:
        return error.problems


def _loaded(data: Mapping[str, Any], path: Path, findings: Findings, *, with_files: bool) -> Config:
    config = _checked(data, path.absolute(), findings)
    if with_files and config and config.look.logo:
        check_logo(config.look.logo, findings)
    if with_files and config:
        check_letters(config, findings)
    problems = tuple(findings.in_file_order())
    if config is None:
        raise ConfigError(problems)
    return config.read_from(path.absolute(), problems)


def _from_hub(text: str, findings: Findings) -> dict[str, Any]:
    """Parse a hub's text. What it must not set is left out, so that each problem is told once."""
    if not text.strip():
        raise _unusable(Path(findings.file), None, "is empty; write at least one [[question]] with its text")
    data = _toml(text.replace("\r\n", "\n"), findings)
    check_settable(data, findings)
    return settable(data)


def _checked(data: Mapping[str, Any], path: Path, findings: Findings) -> Config | None:
    config = None
    try:
        config = Config.model_validate(data, strict=True, context={"folder": path.parent})
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            findings.error(*sentence(error))
    draft = draft_of(data)
    check_questions(draft, findings)
    check_texts(draft, data, findings)
    if draft.review:
        check_review(draft.review, findings)
    if config:
        _check_phone(config, findings)
        check_destinations(config, findings)
    return None if findings.has_errors else config


def _check_phone(config: Config, findings: Findings) -> None:
    if config.staff.phone and config.privacy.free_text:
        sentence = "sends what customers write over the local network unencrypted; use sticks while free_text is true"
        findings.warn(("staff", "phone"), sentence)


def _text(path: Path) -> str:
    try:
        content = _content(path)
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _unusable(path, line, "is not UTF-8 text; save the file as UTF-8") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name is not valid"
        raise _unusable(path, None, f"cannot be read: {reason}") from error
    if not text.strip():
        raise _unusable(path, None, "is empty; write at least one [[question]] with its text")
    return text


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise _unusable(path, None, "is a folder; name the file in it")
    if path.exists() and not path.is_file():
        raise _unusable(path, None, "is not a regular file")
    with path.open("rb") as file:
        content = file.read(_LARGEST_BYTES + 1)
    if len(content) > _LARGEST_BYTES:
        raise _unusable(path, None, "is larger than 1 MB; that is no kiosk.toml")
    return content


def _toml(text: str, findings: Findings) -> dict[str, Any]:
    """Parse the file and learn its lines; lists come as tuples, as the sections want them."""
    path = Path(findings.file)
    try:
        data = {key: _frozen(value) for key, value in tomllib.loads(text).items()}
        findings.lines = key_lines(text)
    except tomllib.TOMLDecodeError as error:
        raise _unusable(path, _error_line(error, text), _syntax(error)) from error
    except RecursionError as error:
        raise _unusable(path, None, "is nested too deeply") from error
    except ValueError as error:
        raise _unusable(path, None, "holds a number or a date that cannot be read") from error
    return data


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(member) for key, member in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _error_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else text.rstrip().count("\n") + 1


def _syntax(error: tomllib.TOMLDecodeError) -> str:
    meant = next((meaning for start, meaning in _SYNTAX.items() if str(error).startswith(start)), None)
    said = re.sub(r" \(at [^)]*\)$", "", str(error))
    return meant or f"this is not TOML: {said[:1].lower()}{said[1:]}"


def _unusable(path: Path, line: int | None, sentence: str) -> ConfigError:
    return ConfigError([Problem(str(path), line, "", sentence)])
