"""The voice: what a synthesiser is given, that nothing waits for it, and that one text stops another."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.device import speech
from kiosk.device.speech import Speaker, find_program, speech_findings, spoken
from tests.patience import wait_until

Installs = Callable[[str], str]


@pytest.fixture
def install(tmp_path: Path) -> Installs:
    """Give a function that makes a synthesiser out of shell commands."""

    def make(commands: str) -> str:
        program = tmp_path / "voice"
        program.write_text(f"#!/bin/sh\ncd '{tmp_path}'\n{commands}\n", encoding="utf-8")
        program.chmod(0o755)
        return str(program)

    return make


@pytest.fixture
def speakers() -> Iterator[list[Speaker]]:
    """Close every speaker in it."""
    used: list[Speaker] = []
    yield used
    for speaker in used:
        speaker.close()


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_program_gets_the_voice_as_its_argument_and_the_text_on_standard_input(
    install: Installs, tmp_path: Path, speakers: list[Speaker]
) -> None:
    speaker = Speaker(install('printf "%s|" "$#" "$1" > args; cat > heard; mv heard said'), {})
    speakers.append(speaker)
    speaker.say("Hyvä $(touch /tmp/x) `id` ; 'lounas'", "fi")
    wait_until((tmp_path / "said").exists)
    assert (tmp_path / "args").read_text("utf-8") == "1|fi|"
    assert (tmp_path / "said").read_text("utf-8") == "Hyvä $(touch /tmp/x) `id` ; 'lounas'"


def test_a_new_text_stops_the_old_one_and_all_that_it_has_started(
    install: Installs, tmp_path: Path, speakers: list[Speaker]
) -> None:
    speaker = Speaker(install('sleep 60 & echo $! > child; mv child "$(cat)"; wait'), {})
    speakers.append(speaker)
    speaker.say("one", "en")
    wait_until((tmp_path / "one").exists)
    speaker.say("two", "en")
    wait_until((tmp_path / "two").exists)
    one, two = (int((tmp_path / name).read_text()) for name in ("one", "two"))
    wait_until(lambda: not is_running(one))
    assert is_running(two)
    speaker.hush()
    wait_until(lambda: not is_running(two))


def test_nobody_waits_for_a_synthesiser_that_will_not_end(
    install: Installs, tmp_path: Path, speakers: list[Speaker]
) -> None:
    speaker = Speaker(install('trap "" TERM; echo $$ > pid; mv pid "$(cat)"; while :; do sleep 1; done'), {})
    speaker.say("stubborn", "en")
    wait_until((tmp_path / "stubborn").exists)
    began = time.monotonic()
    for _ in range(20):
        speaker.say("next", "en")
        speaker.hush()
    assert time.monotonic() - began < 20 * speech._STOP_SECONDS
    speakers.append(speaker)
    wait_until(lambda: not is_running(int((tmp_path / "stubborn").read_text())))


def test_a_synthesiser_that_is_gone_or_fails_harms_nobody(install: Installs) -> None:
    for program in ("/nowhere/voice", install("exit 3")):
        speaker = Speaker(program, {})
        speaker.say("anything", "en")
        speaker.say("anything", "en")
        speaker.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--version", "version"),
        ("  -f /etc/passwd", "f /etc/passwd"),
        ("@file", "file"),
        ("<speak>Hei</speak>", "speak Hei /speak"),
        ("[[volm 9]] Hei\x1b[31m", "volm 9 Hei 31m"),
        ("Hyvä \x00päivä", "Hyvä päivä"),
        ("- - -", ""),
    ],
)
def test_no_text_is_taken_for_an_option_or_a_command(text: str, expected: str) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize(
    ("program", "language", "command"),
    [
        ("/usr/bin/espeak-ng", "sv-FI", ["-v", "sv", "-b", "1", "--stdin"]),
        ("spd-say", "fi", ["--wait", "--language", "fi", "--", "Hei"]),
        ("say", "fi", ["-v", "Satu", "-f", "-"]),
        ("/opt/shop/voice", "uk", ["uk"]),
    ],
)
def test_each_synthesiser_is_called_in_its_own_manner(program: str, language: str, command: list[str]) -> None:
    assert Speaker(program, {}).command("Hei", language) == [program, *command]


def test_a_language_without_a_voice_is_not_read_in_another_ones(speakers: list[Speaker]) -> None:
    assert Speaker("say", {}).command("Tere", "et") is None
    speaker = Speaker("/nowhere/say", {})
    speakers.append(speaker)
    speaker.say("Tere", "et")


def test_the_shop_chooses_voices() -> None:
    speaker = Speaker("espeak-ng", {"se": "fi", "sv-FI": "sv+f2"})
    assert [speaker.voice(language) for language in ("se", "sv-FI", "sv", "en-GB")] == ["fi", "sv+f2", "sv", "en"]


def test_auto_takes_what_is_installed_and_off_takes_nothing(
    install: Installs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Path(install("")).rename(tmp_path / "spd-say")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program("auto") == find_program("spd-say") == str(program)
    assert find_program("off") is None
    assert find_program("espeak-ng") is None
    assert [finding.level for name in ("off", "auto", "espeak-ng") for finding in speech_findings(name)] == [
        "ok",
        "warning",
    ]


@pytest.mark.real
@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize("language", ["fi", "sv", "en", "et", "ru", "uk", "de"])
def test_espeak_ng_speaks_the_languages_of_the_kiosk(language: str, tmp_path: Path) -> None:
    command = Speaker("espeak-ng", {}).command("1: ok.", language)
    assert command is not None
    sound = tmp_path / "sound.wav"
    done = subprocess.run([*command, "-w", str(sound)], input=b"1: ok.", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sound.read_bytes()[:4] == b"RIFF"
    assert sound.stat().st_size > 5_000
