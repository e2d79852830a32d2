"""A file is opened by a program, and is never run."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event as Flag

import pytest

from tests.waiting import output_of, put_down, until
from vexgui.core.errors import PathProblem
from vexgui.gui.files.opening import Way, open_by_bytes, open_with, openers_of, way_of
from vexgui.gui.files.types import runs_when_opened, type_names


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop with two programs; each writes what it is given to a file of its name."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "share" / "applications").mkdir(parents=True)
    for name, types in (("eye", "image/png;text/plain;"), ("words", "text/plain;")):
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/part; mv {tmp_path}/part {tmp_path}/{name}\n')
        program.chmod(0o755)
        entry = f"[Desktop Entry]\nType=Application\nName={name.title()}\nExec={name} %F\nMimeType={types}\n"
        (tmp_path / "share" / "applications" / f"{name}.desktop").write_text(entry)
    for variable, value in (
        ("HOME", tmp_path),
        ("XDG_CONFIG_HOME", tmp_path / "config"),
        ("XDG_CONFIG_DIRS", tmp_path / "config"),
        ("XDG_DATA_HOME", tmp_path / "share"),
        ("XDG_DATA_DIRS", tmp_path / "none"),
        ("PATH", f"{tmp_path}/bin:{os.environ['PATH']}"),
    ):
        monkeypatch.setenv(variable, str(value))
    return tmp_path


def written(folder: Path, name: str | bytes, content: bytes = b"text\n") -> bytes:
    path = os.path.join(os.fsencode(folder), os.fsencode(name))
    with open(path, "wb") as file:
        file.write(content)
    return path


FILES = [
    ("a.txt", b"text", False),
    ("a.py", b"print()", False),
    ("a.html", b"<html></html>", False),
    ("a.desktop", b"[Desktop Entry]\nType=Application\n", True),
    ("a.jar", b"PK\3\4", True),
    ("a.exe", b"MZ\0\0", True),
    ("a.msi", b"\xd0\xcf\x11\xe0", True),
    ("a.AppImage", b"\x7fELF\2\1\1\0AI\2", True),
    ("program", b"\x7fELF\2\1\1" + bytes(9) + b"\2\0\x3e\0", True),
]
"""By name: what they are, and whether that would run."""


@pytest.mark.parametrize(("name", "content", "runs"), FILES)
def test_what_would_run_is_known_by_its_type(tmp_path: Path, name: str, content: bytes, runs: bool) -> None:
    path = written(tmp_path, name, content)
    assert runs_when_opened(path) is runs
    assert way_of(path, Flag()) is (Way.REVEAL if runs else Way.OPEN)


_ASKING = """
import os, sys
from vexgui.gui.files.types import runs_when_opened
print(*(name for name in sys.argv[1:] if runs_when_opened(os.fsencode(name))))
"""


def test_what_would_run_is_known_also_where_the_desktop_has_no_database_of_types(tmp_path: Path) -> None:
    for name, content, _ in FILES:
        written(tmp_path, name, content)
    # Qt looks for another database every few seconds only: a program that has none from the start is asked.
    environment = {**os.environ, "XDG_DATA_HOME": "/nowhere", "XDG_DATA_DIRS": "/nowhere"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [sys.executable, "-c", _ASKING, *(name for name, _, _ in FILES)]
    asked = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE)
    try:
        told, _ = output_of(asked, "all types are known")
    finally:
        put_down([asked])
    assert told.decode().split() == [name for name, _, runs in FILES if runs]


def test_a_type_is_followed_by_what_it_is_a_kind_of(tmp_path: Path) -> None:
    names = type_names(written(tmp_path, b"caf\xe9.py"))
    assert names[0][0] == "text/x-python"
    assert ("text/plain",) in names


def test_programs_open_what_they_say_they_open(desktop: Path) -> None:
    text = written(desktop, "a.txt")
    assert [one.name for one in openers_of([text], Flag())] == ["Eye", "Words"]


def test_several_files_are_opened_by_what_opens_all_of_them(desktop: Path) -> None:
    text, picture = written(desktop, "a.txt"), written(desktop, "a.png", b"\x89PNG\r\n\x1a\n")
    assert [one.name for one in openers_of([text, picture], Flag())] == ["Eye"]


def test_a_file_that_is_gone_is_told(desktop: Path) -> None:
    with pytest.raises(PathProblem, match=r"a\.txt cannot be opened"):
        openers_of([b"/nowhere/a.txt"], Flag())
    eye = openers_of([written(desktop, "a.txt")], Flag())[0]
    with pytest.raises(PathProblem, match=r"gone\.txt cannot be opened"):
        open_with(eye, [b"/nowhere/gone.txt"])


def test_the_chosen_program_is_given_the_files(desktop: Path) -> None:
    paths = [written(desktop, "$(touch evil) a.txt"), written(desktop, b"caf\xe9.txt")]
    open_with(openers_of(paths, Flag())[0], paths)
    until((desktop / "eye").exists, "the program has been given the files")
    assert (desktop / "eye").read_bytes().splitlines() == paths
    assert not (desktop / "evil").exists()


def test_what_is_opened_by_its_bytes_has_no_token_that_was_for_this_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gio = tmp_path / "gio"
    gio.write_text(f'#!/bin/sh\nprintf "%s %s" "${{XDG_ACTIVATION_TOKEN:-none}}" "$2" > {tmp_path}/opened\n')
    gio.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "ours")
    open_by_bytes(b"/a/caf\xe9.txt")
    assert (tmp_path / "opened").read_bytes() == b"none /a/caf\xe9.txt"
