"""What is asked of the desktop: programs are never run, names keep their bytes, and every file manager can paste."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from tests.waiting import PATIENCE_S
from vexgui.core.paths import uri_of
from vexgui.gui.files.shell import DesktopShell
from vexgui.gui.files.uris import clipboard_data, mime_of, paths_in
from vexgui.gui.operations import Operations


class Opened(QObject):
    """Notes the addresses that Qt is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    @Slot(QUrl)
    def note(self, url: QUrl) -> None:
        self.paths.append(url.toLocalFile())


@pytest.fixture
def opened(qapp: object) -> Iterator[Opened]:
    noting = Opened()
    QDesktopServices.setUrlHandler("file", noting, "note")
    yield noting
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def shell(operations: Operations, monkeypatch: pytest.MonkeyPatch) -> DesktopShell:
    # No session bus: what would be revealed through the file manager opens its folder instead.
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    return DesktopShell(operations)


def test_a_document_is_opened(qtbot: QtBot, shell: DesktopShell, opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "a b;c.txt"
    file.write_text("x")
    shell.open([os.fsencode(file)])
    qtbot.waitUntil(lambda: opened.paths == [str(file)])


@pytest.mark.parametrize(("name", "content"), [("run.sh", b"#!/bin/sh\n"), ("a.desktop", b"[Desktop Entry]\n")])
def test_a_program_is_shown_in_its_folder_instead(
    qtbot: QtBot, shell: DesktopShell, opened: Opened, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    file.chmod(0o755)
    shell.open([os.fsencode(file)])
    qtbot.waitUntil(lambda: opened.paths == [str(tmp_path)])


def test_a_name_that_is_not_utf8_is_opened_by_its_bytes(
    qtbot: QtBot, shell: DesktopShell, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener = tmp_path / "bin" / "gio"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$2" > "{tmp_path}/asked"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}:{os.environ['PATH']}")
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as file:
        file.write("x")
    shell.open([path])
    qtbot.waitUntil(lambda: (tmp_path / "asked").exists() and (tmp_path / "asked").read_bytes() == path)
    assert opened.paths == []


def test_a_file_that_has_gone_is_told(
    qtbot: QtBot, shell: DesktopShell, operations: Operations, opened: Opened
) -> None:
    with qtbot.waitSignal(operations.trouble) as told:
        shell.open([b"/nowhere/a.txt"])
    assert "a.txt" in told.args[0].message


def test_what_qt_starts_has_no_token_that_was_for_this_program(
    qtbot: QtBot, shell: DesktopShell, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "ours")
    (tmp_path / "a.txt").write_text("words")
    shell.open([os.fsencode(tmp_path / "a.txt")])
    qtbot.waitUntil(lambda: opened.paths == [str(tmp_path / "a.txt")])
    assert "XDG_ACTIVATION_TOKEN" not in os.environ


def test_revealing_without_a_file_manager_opens_the_folder(
    qtbot: QtBot, shell: DesktopShell, opened: Opened, tmp_path: Path
) -> None:
    shell.reveal([os.fsencode(tmp_path / "a"), os.fsencode(tmp_path / "b")])
    qtbot.waitUntil(lambda: opened.paths == [str(tmp_path)])


def test_paths_are_copied_as_text(shell: DesktopShell) -> None:
    shell.copy_paths([b"/a/b", b"/c\xff"])
    assert QGuiApplication.clipboard().text() == "/a/b\n/c\ufffd"


def test_copied_files_suit_every_file_manager() -> None:
    mime = mime_of(clipboard_data([b"/a/1 2", b"/a/\xff"]))
    assert bytes(mime.data("text/uri-list").data()) == b"file:///a/1%202\r\nfile:///a/%FF\r\n"
    assert bytes(mime.data("x-special/gnome-copied-files").data()) == b"copy\nfile:///a/1%202\nfile:///a/%FF"
    assert bytes(mime.data("application/x-kde-cutselection").data()) == b"0"
    assert mime.text() == "/a/1 2\n/a/\ufffd"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (b"/a b", "file:///a%20b"),
        (b"/!$&'()*+,-./:=@_~", "file:///!$&'()*+,-./:=@_~"),
        (b"/;#?%[]", "file:///%3B%23%3F%25%5B%5D"),
        (b"/\xff\xc3\xa9", "file:///%FF%C3%A9"),
    ],
)
def test_uris_are_escaped_as_glib_escapes_them(path: bytes, uri: str) -> None:
    assert uri_of(path) == uri
    assert paths_in(uri.encode()) == (path,)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (b"file:///a\r\nfile:///b\r\n", (b"/a", b"/b")),
        (b"#file:///a\nfile://localhost/b", (b"/b",)),
        (b"file:///a/\nfile:///a", (b"/a",)),
        (b"FILE:///a\nhttp://x/y\nfile://host/z\nnonsense\n", (b"/a",)),
        (b"file:///", (b"/",)),
        (b"", ()),
    ],
)
def test_only_local_files_are_taken_from_a_list(text: bytes, paths: tuple[bytes, ...]) -> None:
    assert paths_in(text) == paths


_COPYING = """
import sys
from PySide6.QtWidgets import QApplication
from vexgui.gui.files.shell import DesktopShell
from vexgui.gui.operations import Operations
app, operations = QApplication(sys.argv[:1]), Operations()
shell = DesktopShell(operations)
shell.copy_files([b"/a/b"])
shell.close()
operations.close()
"""


def test_a_program_that_nobody_sees_ends_well_after_files_were_copied() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", _COPYING], env=environment, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0
