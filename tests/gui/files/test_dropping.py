"""What is dropped on the window: indexed, or what others are to be like."""

import os
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.gui.files.dropping import Zone
from vexgui.gui.files.uris import URI_LIST
from vexgui.gui.indexing import sorted_intake


def uri_list(*lines: bytes) -> QMimeData:
    mime = QMimeData()
    mime.setData(URI_LIST, b"".join(line + b"\r\n" for line in lines))
    return mime


def drop(bench: Bench, mime: QMimeData, place: QPointF | None = None) -> None:
    """Drag over the window, rest until what may be done is shown, and let go, as the desktop does."""
    window = bench.window
    at = place or QPointF(window.rect().center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys),
        QDragMoveEvent(at.toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys),
        QDropEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys),
    ):
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
        bench.qtbot.waitUntil(lambda: not bench.operations.busy)


def test_a_dropped_file_is_indexed_anew(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    path = next(iter(library.files))
    drop(bench, uri_list(b"# a comment", b"file://" + path, b"https://example.org/x"))
    bench.settle()
    assert library.called("index") == [((path,), True)]


def test_a_dropped_folder_becomes_a_root(bench: Bench, library: FakeEngine) -> None:
    library.folders.clear()
    bench.open(library)
    drop(bench, uri_list(b"file://" + os.fsencode(bench.folder)))
    bench.settle()
    assert library.folders == [os.fsencode(bench.folder)]


def test_a_dropped_name_that_is_not_utf8_keeps_its_bytes(bench: Bench, library: FakeEngine) -> None:
    path = os.fsencode(bench.folder) + b"/caf\xe9 1.txt"
    with open(path, "w") as file:
        file.write("x")
    bench.open(library)
    drop(bench, uri_list(b"file://" + path.replace(b"\xe9", b"%E9").replace(b" ", b"%20")))
    bench.settle()
    assert library.called("index") == [((path,), True)]


def test_a_single_file_may_be_dropped_to_find_similar_ones(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    path = next(path for path in library.files if path.endswith(b"noon.jpg"))
    drop(bench, uri_list(b"file://" + path), low(bench))
    bench.settle()
    assert bench.window.searcher.question.like == (path,)
    assert (path,) in library.called("similar")  # where the details ask for what is like a file, too
    assert library.called("index") == []


def low(bench: Bench) -> QPointF:
    """Return a place near the lower edge."""
    return QPointF(bench.window.width() / 2, bench.window.height() - 60)


def test_the_sheet_says_what_a_drop_does(bench: Bench, library: FakeEngine) -> None:
    sheet = bench.open(library).drops.sheet
    sheet.appear(Zone.INDEX, Zone.SIMILAR)
    assert sheet.zone_at(QPointF(bench.window.rect().center())) is Zone.INDEX
    assert sheet.zone_at(low(bench)) is Zone.SIMILAR
    assert not sheet.grab().isNull()
    sheet.appear(Zone.INDEX)
    assert sheet.zone_at(low(bench)) is Zone.INDEX


def test_a_folder_is_only_indexed(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    drop(bench, uri_list(b"file://" + os.fsencode(bench.folder)), low(bench))
    bench.settle()
    assert library.called("similar") == []


def test_a_picture_that_is_in_no_file_is_what_others_are_to_be_like(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    mime = QMimeData()
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    drop(bench, mime)
    ((asked, kept),) = bench.shell.asked
    assert (asked, kept) == ("keep", ())


def test_the_sheet_goes_when_the_drag_leaves(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    place, copy = QPointF(window.rect().center()).toPoint(), Qt.DropAction.CopyAction
    mime = uri_list(b"file://" + next(iter(library.files)))
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(place, copy, mime, buttons, keys))
    assert window.drops.sheet.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    bench.qtbot.waitUntil(lambda: not bench.operations.busy)
    assert not window.drops.sheet.isVisible()


def test_what_is_dropped_is_sorted(tmp_path: Path) -> None:
    (tmp_path / "root/inner").mkdir(parents=True)
    (tmp_path / "new").mkdir()
    (tmp_path / "file").write_text("x")
    root, inner, new, file = (os.fsencode(tmp_path / name) for name in ("root", "root/inner", "new", "file"))
    intake = sorted_intake([inner, new, file, b"/gone"], [root])
    assert (intake.new_roots, intake.known_folders, intake.files) == ((new,), (inner,), (file,))
