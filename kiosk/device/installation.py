"""Puts the files of an installation in place: each whole or not at all, and none over another without being told."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Literal

from kiosk.device.install import SystemFile
from kiosk.device.whole_file import sync_folder, write_whole
from kiosk.errors import FileNotWritten

State = Literal["missing", "same", "different"]


def install(files: Sequence[SystemFile], root: Path, *, replace: bool) -> Iterator[str]:
    """Write the files below `root`, and say of each what was done with it.

    One that is there and differs is an error before anything is written, or with `replace` is kept beside as `.bak`.
    Raises FileNotWritten.
    """
    states = {file.path: state_of(file, root) for file in files}
    foreign = [str(path) for path, state in states.items() if state == "different"]
    if foreign and not replace:
        hint = "Compare with `kiosk install --dry-run`; --replace puts ours there and keeps the others as .bak."
        raise FileNotWritten(f"There are other files already: {', '.join(foreign)}. Nothing was written.", hint)
    for file in files:
        try:
            yield _put(file, root, states[file.path])
        except OSError as error:
            said = f"{_below(root, file.path)} could not be written: {error.strerror or error}."
            raise FileNotWritten(said, "Mend that and run `kiosk install` again; what is written stays.") from error


def state_of(file: SystemFile, root: Path) -> State:
    """Tell whether a file is there already, and whether it is the one that would be written."""
    path = _below(root, file.path)
    if not os.path.lexists(path):
        return "missing"
    try:
        if path.is_symlink() or file.is_link:
            same = path.is_symlink() and file.is_link and str(path.readlink()) == file.text
        else:
            same = path.read_bytes() == file.text.encode()
    except OSError:
        return "different"
    return "same" if same else "different"


def _put(file: SystemFile, root: Path, state: State) -> str:
    path = _below(root, file.path)
    if state == "same":
        return f"unchanged {file.path}"
    _make_folder(path.parent)
    kept = _keep_beside(path) if state == "different" else None
    if file.is_link:
        _link(path, file.text)
    else:
        write_whole(path, file.text, 0o644)
    return f"written   {file.path}" + (f" (the old one is {kept.name})" if kept else "")


def _make_folder(folder: Path) -> None:
    """Make a folder that everybody may read, also for an administrator who keeps files private by default."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)
        sync_folder(folder.parent)


def _keep_beside(path: Path) -> Path:
    """Give the file at `path` a second name, which no other file has; it stays at `path` as well."""
    for number in count(1):
        beside = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        try:
            os.link(path, beside, follow_symlinks=False)
        except FileExistsError:
            continue
        return beside
    raise AssertionError("there is no last number")


def _link(path: Path, target: str) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    beside.symlink_to(target)
    beside.replace(path)
    sync_folder(path.parent)


def _below(root: Path, path: Path) -> Path:
    return root / path.relative_to("/")
