"""What a thread does that nobody could wait for disturbs nothing that has ended, and takes nothing apart."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from typing_extensions import override

from tests.gui.programs import ended
from tests.waiting import PATIENCE_S, joined
from vexgui.core.errors import PathProblem
from vexgui.core.files import Kind
from vexgui.gui.files import pasting
from vexgui.gui.files.pasting import Pasted, PastedPictures
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.thumbnails.loader import ThumbnailLoader, Wanted
from vexgui.gui.workers import Workers, close
from vexgui.system.thumbnails import ThumbnailCache

_AT_ONCE_S = 0.01
_CODE = 3


class Disk:
    """Does not answer before it is let."""

    def __init__(self) -> None:
        self.lets = threading.Event()
        self.asked = threading.Event()
        self.asking: threading.Thread | None = None
        self.error: Exception | None = None

    def answer(self, *_: object) -> bytes:
        self.asking = threading.current_thread()
        self.asked.set()
        assert self.lets.wait(PATIENCE_S)
        if self.error is not None:
            raise self.error
        return b""


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk()
    yield disk
    disk.lets.set()
    if disk.asking is not None:
        joined(disk.asking)


@pytest.fixture
def mistakes(monkeypatch: pytest.MonkeyPatch) -> list[BaseException | None]:
    """What threads raised that nobody took."""
    found: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda raised: found.append(raised.exc_value))
    return found


@pytest.mark.parametrize("error", [None, PathProblem("The disk has gone."), ZeroDivisionError()])
def test_a_call_may_return_after_all_is_gone(
    qapp: QApplication, disk: Disk, mistakes: list[BaseException | None], error: Exception | None
) -> None:
    disk.error = error
    operations = Operations()
    operations.start(Lane.DISK, disk.answer, lambda _: None)
    assert disk.asked.wait(PATIENCE_S)
    operations.close(_AT_ONCE_S)
    delete(operations)
    disk.lets.set()
    assert disk.asking is not None
    joined(disk.asking)
    assert mistakes == []


def test_a_thumbnail_may_be_made_after_all_is_gone(
    qapp: QApplication, disk: Disk, mistakes: list[BaseException | None], tmp_path: Path
) -> None:
    loader = ThumbnailLoader(ThumbnailCache(os.fsencode(tmp_path / "cache")), disk.answer)
    file = tmp_path / "a.pdf"
    file.touch()
    loader.pixmap(Wanted(os.fsencode(file), 1, Kind.DOCUMENT, 128))
    assert disk.asked.wait(PATIENCE_S)
    loader.close(_AT_ONCE_S)
    delete(loader)
    disk.lets.set()
    assert disk.asking is not None
    joined(disk.asking)
    assert mistakes == []


def test_a_thread_that_cannot_be_started_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    workers, called = Workers("few", 1), threading.Event()
    with monkeypatch.context() as refusing:
        refusing.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError):
            workers.add(called.set)
        close([workers], _AT_ONCE_S)


def test_threads_that_a_dead_disk_keeps_are_waited_for_together() -> None:
    told: list[tuple[str, float]] = []

    class Kept(Workers):
        @override
        def end(self) -> None:
            told.append(("end", 0))

        @override
        def wait(self, until_s: float) -> None:
            told.append(("wait", until_s))

    close([Kept("one", 1), Kept("other", 1)], 5)
    assert [what for what, _ in told] == ["end", "end", "wait", "wait"]
    assert told[2] == told[3]


@pytest.mark.parametrize("begun", [False, True])
def test_a_pasted_picture_that_is_written_while_the_window_closes_is_left_nowhere(
    qtbot: QtBot, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    pictures = PastedPictures(operations, os.fsencode(tmp_path))
    write, written = pasting._is_written, list[bytes]()

    def close_before(path: bytes, picture: bytes | QImage) -> bool:
        pictures.close()
        os.makedirs(os.path.dirname(path), exist_ok=True)  # as if the file had come before its folder went
        written.append(path)
        return write(path, picture)

    monkeypatch.setattr(pasting, "_is_written", close_before)
    if not begun:
        pictures.close()
    pictures.keep(Pasted(picture=b"GIF89a", suffix=b"gif"), lambda _: None)
    qtbot.waitUntil(lambda: not operations.busy)
    assert bool(written) == begun
    assert list(tmp_path.iterdir()) == []


_ENDING = """
import sys, time
from pathlib import Path
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from vexgui import __main__, app
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.thumbnails.decoding import decoded

picture, begun = sys.argv[1].encode(), []
image = QImage(Path("/dev/urandom").open("rb").read(4 << 20), 1024, 1024, QImage.Format.Format_RGB32)
image.save(sys.argv[1])

def keep_decoding(_):
    while True:
        begun.append(1)
        decoded(picture, 4096)

def main(_):
    qt = QApplication([])
    operations = Operations()
    for _ in range(2):
        operations.start(Lane.PREVIEW, keep_decoding, print)
    while len(begun) < 5:
        time.sleep(0.01)
    operations.close(0.1)
    print("closed")
    return {code}

app.main = main
__main__.main()
"""


def test_the_program_ends_in_order_while_a_picture_is_being_decoded(tmp_path: Path) -> None:
    code, out, errors = ended(_ENDING.format(code=_CODE), os.fspath(tmp_path / "noise.png"))
    assert (code, out) == (_CODE, b"closed\n"), errors
