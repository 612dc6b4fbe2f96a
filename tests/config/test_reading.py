from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from datetime import datetime, time
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.config import Config, database_path, find_config, load_config, places
from kiosk.errors import ConfigError

MINIMAL = '[[question]]\ntext = "How was your visit?"\n'
ANY_CONTENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Give the path of a kiosk.toml with nothing but its first question's text."""
    path = tmp_path / "kiosk.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


def only_problem(path: Path) -> tuple[int | None, str]:
    """Give line and sentence of the one problem of a file."""
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    [problem] = caught.value.problems
    assert problem.file == str(path)
    return problem.line, problem.message


def test_the_shipped_file_has_no_problem(shipped: Config) -> None:
    assert shipped.warnings == ()
    assert [question.id for question in shipped.survey.questions] == ["visit", "why", "best"]
    assert shipped.survey.languages == ("fi", "sv", "en")
    assert shipped.zone.key == "Europe/Helsinki"
    assert shipped.look.logo == shipped.source.parent / "assets/lounaskahvila.png"


def test_the_shipped_file_names_every_key(shipped: Config) -> None:
    text = shipped.source.read_text(encoding="utf-8")
    for name, field in Config.model_fields.items():
        assert f"[{name}]" in text
        models = [each for each in (field.annotation, *get_args(field.annotation)) if hasattr(each, "model_fields")]
        for key in models[0].model_fields:
            assert re.search(rf"^(# )?{key} = ", text, re.MULTILINE), f"{name}.{key}"


def test_every_default_that_the_shipped_file_shows_is_the_default(shipped: Config) -> None:
    text = shipped.source.read_text(encoding="utf-8")
    defaults = Config.model_validate({"question": ({"text": "A"},)})
    for line in (
        f'# day_ends_at = "{defaults.kiosk.day_ends_at:%H:%M}" ',
        f"# follow_ups = {defaults.kiosk.follow_ups} ",
        f"# thanks_seconds = {defaults.kiosk.thanks_seconds} ",
        f"# idle_seconds = {defaults.kiosk.idle_seconds} ",
        "# allow_volatile = false ",
        f'# theme = "{defaults.look.theme}" ',
        f'# gesture = "{defaults.staff.gesture}" ',
        f"# idle_seconds = {defaults.staff.idle_seconds} ",
        f"# small_sample = {defaults.results.small_sample} ",
        "# free_text = false ",
        "# allow_insecure = false ",
        f"# keep_text_days = {defaults.privacy.keep_text_days} ",
        f"# max_length = {defaults.survey.first.max_length} ",
    ):
        assert line in text
    assert not (defaults.kiosk.allow_volatile or defaults.privacy.free_text)


def test_the_text_of_one_question_is_enough(written: Path) -> None:
    config = load_config(written)
    assert (config.survey.first.id, config.survey.first.kind) == ("visit", "smiley")
    assert config.kiosk.languages == ("en",)
    assert config.warnings == ()
    assert config.source == written


def test_a_configuration_never_changes(shipped: Config) -> None:
    with pytest.raises(ValidationError):
        shipped.kiosk.name = "x"  # type: ignore[misc]


def test_the_survey_stays_the_same_object(shipped: Config) -> None:
    assert shipped.survey is shipped.survey


def test_text_questions_are_asked_only_when_allowed(written: Path) -> None:
    follow_up = '[[question]]\nid = "words"\nkind = "text"\nafter = "visit"\ntext = "More?"\n'
    written.write_text(MINIMAL + follow_up, encoding="utf-8")
    assert [question.id for question in load_config(written).survey.questions] == ["visit"]
    written.write_text(f"{MINIMAL}{follow_up}[privacy]\nfree_text = true", encoding="utf-8")
    assert [question.id for question in load_config(written).survey.questions] == ["visit", "words"]


def test_paths_start_at_the_file_and_not_at_the_working_folder(
    written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    written.write_text(f'{MINIMAL}[kiosk]\ndatabase = "data/k.db"\n[staff]\nexport_folder = "~/out"', encoding="utf-8")
    config = load_config(Path("../kiosk.toml"))
    assert database_path(config).resolve() == tmp_path / "data/k.db"
    assert config.staff.export_folder == Path.home() / "out"


def test_opening_hours_are_read_by_weekday(shipped: Config) -> None:
    hours = shipped.kiosk.opening_hours
    assert hours.on(4) == (time(8), time(18))
    assert hours.on(6) is None
    assert hours.is_open(datetime(2026, 11, 20, 8, 0, tzinfo=shipped.zone))
    assert not hours.is_open(datetime(2026, 11, 20, 18, 0, tzinfo=shipped.zone))
    assert not hours.is_open(datetime(2026, 11, 22, 12, 0, tzinfo=shipped.zone))


def test_a_shop_without_hours_counts_as_open(written: Path) -> None:
    config = load_config(written)
    assert config.kiosk.opening_hours.is_open(datetime(2026, 11, 22, 3, 0, tzinfo=config.zone))


def test_hours_may_last_until_midnight_and_over_the_weekend(written: Path) -> None:
    written.write_text(f'{MINIMAL}[kiosk]\nopening_hours = {{ sat-mon = "9.30–24:00" }}', encoding="utf-8")
    config = load_config(written)
    assert config.kiosk.opening_hours.is_open(datetime(2026, 11, 23, 23, 59, 59, tzinfo=config.zone))
    assert not config.kiosk.opening_hours.is_open(datetime(2026, 11, 24, 12, tzinfo=config.zone))


@pytest.mark.parametrize(
    ("content", "line", "fragment"),
    [
        (b"", None, "is empty"),
        (b" \n\n", None, "is empty"),
        (b'[kiosk]\nname = "\xe4"', 2, "is not UTF-8 text"),
        ('[kiosk]\nname = "x"'.encode("utf-16"), 1, "is not UTF-8 text"),
        (b"#" * 1_000_001, None, "is larger than 1 MB"),
        (b"[kiosk]\na = [1,\n", 2, "the file ends before this value does"),
        (b"[kiosk]\nname = Kassa", 2, "a text needs quotation marks"),
        (b'[kiosk]\nname = "Kassa\nlocation = "x"', 2, "a quotation mark is missing at the end of this line"),
        (b"[kiosk]\nname\n", 2, "a key must be followed by ="),
        (b"[kiosk]\nday_ends_at = 04:00\n", 2, "a text needs quotation marks around it"),
        (b'[kiosk]\nname = "a"\nname = "b"', 3, "this key is written a second time"),
        (b"[kiosk]\n[look]\n[kiosk]\n", 3, "this table is written a second time"),
        (b'[kiosk]\nname = """x\n\n', 2, "a quotation mark is missing"),
        (b"[kiosk\nname = 1", 1, "this is not TOML"),
        (b"x = " + b"[" * 9000, None, "is nested too deeply"),
        (b"x = " + b"9" * 5000, None, "holds a number or a date that cannot be read"),
        (b'x = "\x1b[31m"', 1, "this is not TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_line(
    tmp_path: Path, content: bytes, line: int | None, fragment: str
) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(content)
    found, message = only_problem(path)
    assert found == line
    assert fragment in message


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert load_config(path).warnings == ()


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert only_problem(tmp_path) == (None, "is a folder; name the file in it")
    assert only_problem(tmp_path / "none.toml") == (None, "cannot be read: No such file or directory")
    assert only_problem(tmp_path / ("x" * 300)) == (None, "cannot be read: File name too long")
    assert only_problem(Path("kiosk\0.toml"))[1] == "cannot be read: its name is not valid"


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "kiosk.toml"
    os.mkfifo(pipe)
    assert only_problem(pipe) == (None, "is not a regular file")


@ANY_CONTENT
@given(content=st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_content_raises_anything_but_a_config_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "any.toml"
    path.write_text(content, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(ConfigError):
        load_config(path)


VALUES = st.sampled_from(
    [
        *("", "1", "-1", "1e400", "nan", "true", "2026-11-22", "04:00:00", "[]", "[1, [2]]", "{}", '"x"', '"visit"'),
        *('{ id = "a" }', "{ fi = 1 }", '[{ id = "a", text = "A" }]', '"https://"', '"\\u0000"', '"\\U000E0001"'),
    ]
)
SHIPPED_LINES = (Path(__file__).parents[2] / "kiosk.toml").read_text(encoding="utf-8").splitlines()


@ANY_CONTENT
@given(changes=st.dictionaries(st.integers(0, len(SHIPPED_LINES) - 1), VALUES, min_size=1, max_size=6))
def test_no_wrong_value_raises_anything_but_a_config_error(tmp_path: Path, changes: dict[int, str]) -> None:
    lines = list(SHIPPED_LINES)
    for number, value in changes.items():
        key, sign, _ = lines[number].removeprefix("# ").partition(" = ")
        lines[number] = f"{key} = {value}" if sign else value
    path = tmp_path / "any.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        load_config(path)
    except ConfigError as error:
        assert error.problems


def written_as_toml(text: str) -> str:
    """Quote any text as a TOML string."""
    return '"' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@ANY_CONTENT
@given(name=TEXTS, touchpoint=TEXTS, asked=TEXTS, choice=TEXTS, invitation=TEXTS, language=TEXTS, short=TEXTS)
def test_no_text_brings_a_control_character_into_the_kiosk(tmp_path: Path, **texts: str) -> None:
    path = tmp_path / "any.toml"
    quoted = {name: written_as_toml(text) for name, text in texts.items()}
    path.write_text(
        """\
[kiosk]
name = {name}
[[question]]
kind = "choice"
touchpoint = {touchpoint}
text = {{ en = {asked}, {language} = {asked} }}
choices = [{{ id = "a", text = {choice} }}, {{ id = "b", text = "B" }}]
[review]
url = "https://g.page/r/x/review"
short_url = {short}
text = {invitation}
""".format(**quoted),
        encoding="utf-8",
    )
    try:
        config = load_config(path)
    except ConfigError as error:
        assert_harmless([str(problem) for problem in error.problems])
    else:
        assert_harmless(config.model_dump(mode="json"))
        assert_harmless([str(problem) for problem in config.warnings])


def assert_harmless(value: Any) -> None:
    """Hold that no text in a value can command a terminal."""
    if isinstance(value, dict):
        assert_harmless(list(value) + list(value.values()))
    elif isinstance(value, list):
        for member in value:
            assert_harmless(member)
    elif isinstance(value, str):
        assert not any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in value), repr(value)


def test_the_named_file_wins(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(MINIMAL, encoding="utf-8")
    monkeypatch.setenv("KIOSK_CONFIG", str(other))
    assert find_config(written) == written
    assert find_config() == other


def test_a_named_file_that_is_missing_is_never_replaced_by_another(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written.parent)
    with pytest.raises(ConfigError, match="--config names it"):
        find_config(Path("none.toml"))
    monkeypatch.setenv("KIOSK_CONFIG", "none.toml")
    with pytest.raises(ConfigError, match="KIOSK_CONFIG names it"):
        find_config()


def test_the_usual_places_are_searched_in_order(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    system = tmp_path / "etc.toml"
    system.write_text(MINIMAL, encoding="utf-8")
    monkeypatch.setattr(places, "_SYSTEM", system)
    monkeypatch.chdir(tmp_path)
    assert find_config() == Path("kiosk.toml")
    written.unlink()
    assert find_config() == system
    system.unlink()
    assert find_config().resolve() == Path(__file__).parents[2] / "kiosk.toml"


def test_a_broken_installation_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "_SYSTEM", tmp_path / "none")
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="name your file with --config"):
        find_config()


def test_the_database_is_looked_for_in_order(written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare = load_config(written)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert database_path(bare).name == "kiosk.db"
    assert database_path(bare).is_relative_to(tmp_path)
    written.write_text(f'{MINIMAL}[kiosk]\ndatabase = "k.db"', encoding="utf-8")
    assert database_path(load_config(written)) == tmp_path / "k.db"
    monkeypatch.setenv("KIOSK_DATABASE", "/env.db")
    assert database_path(load_config(written)) == Path("/env.db")
    assert database_path(bare, Path("named.db")) == Path("named.db")


def test_reading_the_file_needs_no_heavy_library() -> None:
    heavy = "{'textual', 'sqlmodel', 'sqlalchemy', 'PIL', 'qrcode', 'platformdirs'}"
    program = (
        "import sys; from kiosk.config import find_config, load_config; load_config(find_config());"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
