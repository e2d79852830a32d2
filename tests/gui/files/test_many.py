"""What is done to many selected files is done to all of them, a batch at a time, and can be stopped."""

import os
from dataclasses import replace
from threading import Event as Flag

import pytest
from PySide6.QtCore import QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine, FakeFile, many_hits
from vexgui.core.errors import PathProblem, WorldProblem
from vexgui.core.hits import Hit
from vexgui.core.labels import LabelReport
from vexgui.core.reports import IndexReport
from vexgui.gui.files.errand import BATCH, Errand
from vexgui.gui.files.errand_dialog import ErrandDialog
from vexgui.gui.files.shell import DesktopShell
from vexgui.gui.files.tag_dialog import TagDialog
from vexgui.gui.files.uris import paths_in
from vexgui.gui.operations import Operations
from vexgui.gui.results import view

MANY = 2_500


@pytest.fixture
def lots(bench: Bench) -> Bench:
    """A window with more files selected than it knows of."""
    answer = many_hits(MANY)
    engine = FakeEngine([FakeFile(hit.path) for hit in answer.hits], [os.fsencode(bench.folder)])
    engine.answers["lots"] = answer
    bench.open(engine)
    bench.ask("lots")
    bench.window.results.selectAll()
    bench.settle()
    assert len(bench.window.results.selected()) < MANY
    return bench


def paths(bench: Bench) -> tuple[bytes, ...]:
    return tuple(hit.path for hit in bench.engine.answers["lots"].hits)


@pytest.mark.parametrize(("action", "asked"), [("copy_path", "copy paths"), ("copy_file", "copy files")])
def test_all_that_is_selected_is_copied(lots: Bench, action: str, asked: str) -> None:
    getattr(lots.window.actions_on_files, action).trigger()
    lots.settle()
    assert lots.shell.asked == [(asked, paths(lots))]


def test_a_drag_takes_the_first_thousand_and_says_so(lots: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[bytes] = []

    def drag_out(_source: object, hits: list[Hit], *_: object) -> None:
        dragged.extend(hit.path for hit in hits)

    monkeypatch.setattr(view, "drag_out", drag_out)
    lots.window.results.startDrag(Qt.DropAction.CopyAction)
    assert tuple(dragged) == paths(lots)[:1000]
    assert lots.window.toast.text.startswith("The first 1,000 of 2,500 files are dragged")


def test_all_that_is_selected_is_indexed_anew(lots: Bench) -> None:
    lots.window.actions_on_files.reindex.trigger()
    lots.settle()
    assert lots.engine.called("index") == [(paths(lots), True)]


def test_all_that_is_selected_is_rated_a_batch_at_a_time_and_told_of_once(lots: Bench) -> None:
    lots.window.actions_on_files.rate_asked.emit(list(paths(lots)), 8)
    lots.settle()
    rated = [batch for batch, _ in lots.engine.called("rate")]
    assert max(map(len, rated)) <= BATCH
    assert tuple(path for batch in rated for path in batch) == paths(lots)
    assert lots.window.toast.text == "2,500 files: ★★★★"


def test_all_that_is_selected_goes_to_the_trash_and_comes_back(lots: Bench) -> None:
    lots.window.actions_on_files.trash.trigger()
    lots.settle()
    assert tuple(path for what, batch in lots.shell.asked if what == "trash" for path in batch) == paths(lots)
    assert lots.window.toast.text == "Moved to the trash: 2,500 files"
    lots.window.toast.bar.undo.click()
    assert sum(len(batch) for what, batch in lots.shell.asked if what == "bring back") == MANY


def test_the_tags_of_all_are_asked_for_at_once(lots: Bench) -> None:
    tagged = paths(lots)
    for path in tagged:
        lots.engine.files[path] = replace(lots.engine.files[path], tags=("all",))
    lots.engine.files[tagged[-1]] = replace(lots.engine.files[tagged[-1]], tags=("all", "last"))
    lots.engine.calls.clear()
    lots.window.actions_on_files.tag.trigger()
    lots.settle()
    (dialog,) = lots.window.findChildren(TagDialog)
    assert (dialog.row.tags, dialog.offered) == (("all",), ["last"])
    assert lots.engine.called("tags") == [tagged, None]
    assert lots.engine.called("inspect") == []


def test_the_details_label_all_that_is_selected_or_nothing(lots: Bench) -> None:
    details, results = lots.window.details, lots.window.results
    assert not details.labels.isVisible()
    results.select_rows([range(300)], QItemSelectionModel.SelectionFlag.ClearAndSelect)
    lots.settle()
    assert details.labels.isVisible()
    details.labels.stars.rated.emit(8)
    lots.settle()
    assert lots.engine.called("rate") == [(paths(lots)[:300], 8)]


def test_one_file_that_has_gone_does_not_keep_the_others_from_being_labelled(
    lots: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = paths(lots)[300]
    rate = lots.engine.rate

    def rated(files: tuple[bytes, ...], rating: int | None) -> LabelReport:
        if gone in files:
            raise PathProblem("/nowhere/file 000300.txt does not exist.", "Check the spelling.")
        return rate(files, rating)

    monkeypatch.setattr(lots.engine, "rate", rated)
    lots.window.actions_on_files.rate_asked.emit(list(paths(lots)), 8)
    lots.settle()
    assert lots.window.toast.text == "2,499 files: ★★★★"
    told = "file 000300.txt was not changed: /nowhere/file 000300.txt does not exist."
    assert lots.window.banner.message == told


def test_what_was_done_before_the_engine_failed_is_told(lots: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    rate = lots.engine.rate

    def rated(files: tuple[bytes, ...], rating: int | None) -> LabelReport:
        if len(lots.engine.called("rate")) == 2:
            raise WorldProblem("The disk is full.", "Make room.")
        return rate(files, rating)

    monkeypatch.setattr(lots.engine, "rate", rated)
    lots.window.actions_on_files.rate_asked.emit(list(paths(lots)), 8)
    lots.settle()
    assert len(lots.engine.called("rate")) == 2
    assert lots.window.toast.text == f"{2 * BATCH} files: ★★★★"
    assert lots.window.banner.message == "The disk is full. Make room."


def test_one_file_that_has_gone_does_not_keep_the_others_from_being_indexed(
    bench: Bench, library: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, gone = os.path.join(os.fsencode(bench.folder), b"trip.txt"), b"/nowhere/a.txt"
    index = library.index

    def indexed(files: tuple[bytes, ...], *, force: bool, stop: Flag) -> IndexReport:
        if gone in files:
            raise PathProblem("/nowhere/a.txt does not exist.", "Check the spelling.")
        return index(files, force=force, stop=stop)

    monkeypatch.setattr(library, "index", indexed)
    bench.open(library)
    bench.window.desk.reindex([gone, there])
    bench.settle()
    assert library.called("index") == [((there,), True)]
    assert not bench.window.banner.isVisible()


def test_files_that_have_gone_and_are_not_known_any_more_are_left_out(bench: Bench, library: FakeEngine) -> None:
    first, second = many_hits(2).hits
    library.answers["two"] = replace(many_hits(2), hits=(replace(first, path=b"", gone=True), second))
    bench.open(library)
    bench.ask("two")
    bench.window.results.selectAll()
    actions = bench.window.actions_on_files
    actions.trash.trigger()
    actions.open.trigger()
    assert bench.shell.asked == [("trash", (second.path,)), ("open", (second.path,))]
    bench.window.results.select_first()
    actions.trash.trigger()
    actions.open.trigger()
    actions.show_menu(bench.window.rect().center())
    assert len(bench.shell.asked) == 2


def test_an_errand_is_stopped_after_the_batch_that_is_being_dealt_with(qtbot: QtBot) -> None:
    begun: list[range] = []
    owner = QObject()
    errand = Errand("Rating files", 3 * BATCH, begun.append, owner)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ErrandDialog(errand, window)
    errand.go_on()
    errand.go_on()
    assert dialog.text == "200 of 600 files"
    qtbot.waitUntil(dialog.isVisible)
    dialog.stop.click()
    assert not dialog.isVisible()
    with qtbot.waitSignal(errand.ended):
        errand.go_on()
    assert begun == [range(BATCH), range(BATCH, 2 * BATCH)]


def test_what_is_being_typed_when_the_dialog_appears_stops_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    window.show()
    errand = Errand("Rating files", 2 * BATCH, lambda _: None, window)
    dialog = ErrandDialog(errand, window)
    qtbot.waitUntil(lambda: dialog.isVisible() and QApplication.activeWindow() is dialog)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget() or dialog, key)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    assert dialog.stop.hasFocus()
    QTest.keyClick(dialog.stop, Qt.Key.Key_Space)
    assert not dialog.isVisible()
    window.deleteLater()


def test_so_many_addresses_are_written_on_another_thread(qtbot: QtBot) -> None:
    operations = Operations()
    files = [b"/a/%d" % number for number in range(3000)]
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    shell = DesktopShell(operations)
    shell.copy_files(files)
    assert clipboard.text() == "before"
    qtbot.waitUntil(lambda: clipboard.mimeData().hasFormat("text/uri-list"))
    assert paths_in(bytes(clipboard.mimeData().data("text/uri-list").data())) == tuple(files)
    operations.close()
