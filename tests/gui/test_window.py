"""The window around the results: pages, folders, drops, progress, trouble, and how it ends."""

import math
import os
import threading
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from tests.gui.conftest import Bench
from tests.gui.fake_calls import PATIENCE_S
from tests.gui.fake_engine import FakeEngine
from vexgui.core.errors import ProfileBusy
from vexgui.core.events import Activity, IndexChanged, Progress, RootsChanged, Trouble
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.controls import ElidedLabel
from vexgui.gui.question import Question
from vexgui.gui.theme import Appearance, is_dark

# pages


def test_without_folders_the_first_page_asks_for_some(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = bench.open(FakeEngine())
    assert window.pages.currentWidget() is window.pages.first_run
    window.pages.first_run.add_asked.emit([os.fsencode(tmp_path)])
    bench.settle()
    assert bench.engine.folders == [os.fsencode(tmp_path)]
    assert window.pages.currentWidget() is window.pages.idle


def test_the_first_start_is_done_with_enter_alone_and_the_search_field_follows(bench: Bench, tmp_path: Path) -> None:
    window = bench.open(FakeEngine())
    first = window.pages.first_run
    focus = window.focusWidget()
    assert focus is first.choose
    QTest.keyClick(focus, Qt.Key.Key_Return)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(tmp_path)])
    dialog.close()
    assert first.wanted == [os.fsencode(tmp_path)]
    assert window.focusWidget() is first.start
    QTest.keyClick(first.start, Qt.Key.Key_Return)
    bench.settle()
    assert window.focusWidget() is window.field.edit


def test_nothing_found_while_files_are_read_is_not_final(bench: Bench, library: FakeEngine) -> None:
    library.progress = Progress(Activity.INDEXING, 1, 9)
    window = bench.open(library)
    bench.ask("no such thing")
    assert window.pages.nothing.title == "Nothing found for “no such thing” yet"


@pytest.mark.parametrize("activity", [Activity.INDEXING, Activity.FILLING])
def test_counts_and_answers_are_looked_up_while_many_files_are_read(
    bench: Bench, library: FakeEngine, activity: Activity
) -> None:
    bridge = EngineBridge(meanwhile_ms=1)
    bridge.listen(library)
    with bench.qtbot.waitSignals([bridge.roots_changed, bridge.index_changed]):
        library.tell(Progress(activity, 1, 9))
    bridge.close()


def test_a_folder_that_is_not_there_is_told_and_not_added(bench: Bench) -> None:
    window = bench.open(FakeEngine())
    window.desk.add([b"/nowhere"])
    bench.settle()
    assert "/nowhere is not a folder." in window.banner.message
    assert window.pages.currentWidget() is window.pages.first_run


def test_the_window_is_there_before_the_engine(bench: Bench) -> None:
    bench.window.show()
    assert bench.window.isVisible()
    bench.qtbot.keyClicks(bench.window.field.edit, "lake")
    assert bench.window.field.text() == "lake"


def test_an_engine_that_cannot_be_opened_has_a_page_with_the_remedy(bench: Bench, library: FakeEngine) -> None:
    window = bench.window
    window.show_failure(ProfileBusy("Another VexGUI is writing.", "Close it."))
    assert window.pages.currentWidget() is window.pages.trouble
    assert (window.pages.trouble.title, window.pages.trouble.text) == ("Another VexGUI is writing.", "Close it.")
    with bench.qtbot.waitSignal(window.retry_asked):
        window.pages._retry()
    bench.open(library)
    assert window.pages.currentWidget() is window.pages.idle


# folders


def test_folders_are_listed_with_their_counts(bench: Bench, library: FakeEngine) -> None:
    library.folders.append(b"/not/connected")
    window = bench.open(library)
    assert [row.counts for row in window.roots_panel.rows] == ["6", "0"]
    assert [row.state for row in window.roots_panel.rows] == ["", "Offline"]


def test_counts_follow_the_engine(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.files.popitem()
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: [row.counts for row in window.roots_panel.rows] == ["5"])


def test_folders_are_looked_up_again_when_the_indexer_is_done_although_nothing_has_changed(
    bench: Bench, library: FakeEngine
) -> None:
    bench.open(library)
    library.tell(Progress(Activity.SCANNING))
    bench.qtbot.waitUntil(lambda: bench.window.status.progress.activity is Activity.SCANNING)
    asked = len(library.called("roots"))
    library.tell(Progress(Activity.IDLE))
    bench.qtbot.waitUntil(lambda: len(library.called("roots")) > asked)


def test_roots_added_elsewhere_appear(bench: Bench, library: FakeEngine, tmp_path: Path) -> None:
    window = bench.open(library)
    (tmp_path / "other").mkdir()
    library.folders.append(os.fsencode(tmp_path / "other"))
    library.tell(RootsChanged())
    bench.qtbot.waitUntil(lambda: len(window.roots_panel.rows) == 2)


@pytest.mark.parametrize(("button", "left"), [("Stop indexing", 0), ("Cancel", 1)])
def test_a_root_is_removed_after_a_question(bench: Bench, library: FakeEngine, button: str, left: int) -> None:
    window = bench.open(library)
    window.roots_panel.rows[0].delete_asked.emit()
    box = window.findChild(Question)
    assert box is not None
    next(found for found in (box.yes, box.no) if found.text() == button).click()
    bench.settle()
    assert len(library.folders) == left
    assert len(library.called("remove_root")) == 1 - left


def test_a_roots_menu_acts_on_it(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    for action in window.roots_panel.rows[0].menu().actions():
        if action.text() in {"Open folder", "Copy path", "Re-index"}:
            action.trigger()
    bench.settle()
    assert [asked for asked, _ in bench.shell.asked] == ["open", "copy paths"]
    assert library.called("index") == [((library.folders[0],), True)]


def test_a_roots_menu_says_and_switches_whether_its_files_carry_vectors(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)

    def keep() -> QAction:
        actions = window.roots_panel.rows[0].menu().actions()
        return next(action for action in actions if action.text() == "Keep vectors in these files")

    assert keep().isChecked()
    keep().trigger()
    bench.settle()
    assert library.called("set_records") == [(library.folders[0], False)]
    assert not keep().isChecked()


def test_folders_are_chosen_in_a_dialog_that_does_not_block(bench: Bench, library: FakeEngine, tmp_path: Path) -> None:
    window = bench.open(library)
    (tmp_path / "chosen").mkdir()
    window.roots_panel.add_asked.emit()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(tmp_path / "chosen")])
    dialog.close()
    bench.settle()
    assert library.called("add_roots") == [(os.fsencode(tmp_path / "chosen"),)] or library.called("add_roots") == [
        [os.fsencode(tmp_path / "chosen")]
    ]


# the status line and the banner


def test_progress_is_told_in_words(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.tell(Progress(Activity.INDEXING, 312, 12_400, b"/p/IMG_1.jpg", 24.3, 498.0))
    bench.qtbot.waitUntil(lambda: window.status.doing == "Indexing 312 of 12,400 · 24 files/s · 8 min left")
    assert window.status.current == "IMG_1.jpg"


def test_in_a_narrow_window_what_was_found_goes_before_the_name_of_the_file_in_hand(
    bench: Bench, library: FakeEngine
) -> None:
    window = bench.open(library)
    window.resize(800, 500)
    bench.ask("water")
    library.tell(Progress(Activity.INDEXING, 312, 12_400, b"/p/IMG_with_a_long_name.jpg", 24.3, 498.0))
    bench.qtbot.waitUntil(lambda: window.status.doing.startswith("Indexing"))
    found = next(label for label in window.status.findChildren(ElidedLabel) if label.text() == window.status.result)
    assert found.width() >= found.sizeHint().width()
    assert window.status.current not in [
        label.text() for label in window.status.findChildren(ElidedLabel) if label.isVisible()
    ]


@pytest.mark.parametrize(
    ("choice", "for_s", "doing"),
    [("Pause", math.inf, "Paused until resumed"), ("Pause for an hour", 3600, "Paused until 15:20")],
)
def test_the_button_pauses_and_resumes(
    bench: Bench, library: FakeEngine, choice: str, for_s: float, doing: str
) -> None:
    window = bench.open(library)
    library.tell(Progress(Activity.INDEXING, 1, 2))
    bench.qtbot.waitUntil(lambda: window.status.doing.startswith("Indexing"))
    window.status._pause.click()
    assert window.status.pauses.isVisible()
    window.status.pauses.close()
    next(action for action in window.status.pauses.actions() if action.text() == choice).trigger()
    bench.qtbot.waitUntil(lambda: window.status.doing == doing)
    assert window.status._pause.accessibleName() == "Resume indexing"
    window.status._pause.click()
    bench.qtbot.waitUntil(lambda: window.status.doing == "Up to date")
    assert library.called("pause") == [for_s]
    assert library.called("resume") == [None]


def test_the_count_and_the_time_are_told(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    assert window.status.result == "3 results in 12 ms"


def test_trouble_is_told_once_and_can_be_dismissed(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    for message in ("One.", "Two.", "Two."):
        library.tell(Trouble(message, "Do this."))
    bench.qtbot.waitUntil(lambda: window.banner.message.startswith("Two. Do this."))
    assert "1 message before it" in window.banner.message
    window.banner.dismiss()
    assert not window.banner.isVisible()
    assert window.banner.message == ""


def test_files_that_could_not_be_read_are_listed(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    path = next(iter(library.files))
    library.files[path] = replace(library.files[path], failed="The <PDF> is damaged.")
    window.menu.failures_asked.emit()
    bench.settle()
    assert window.pages.currentWidget() is window.failures
    assert [card.group.reason for card in window.failures.cards] == ["The <PDF> is damaged."]


def test_progress_told_meanwhile_is_newer_than_the_status(bench: Bench, library: FakeEngine) -> None:
    library.gates["status"] = Flag()
    library.progress = Progress(Activity.STOPPED)
    window = bench.window
    window.take_engine(library)
    bench.engine = library
    bench.qtbot.waitUntil(lambda: bool(library.called("status")))
    for listener in library._listeners:
        listener(Progress(Activity.IDLE))
    bench.qtbot.waitUntil(lambda: window.status.doing == "Up to date")
    library.gates["status"].set()
    bench.settle()
    assert window.status.doing == "Up to date"


# the whole


def test_every_widget_the_keyboard_reaches_has_a_name(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    states = [window.grab]
    bench.ask("lake")
    for state in (*states, lambda: bench.ask("zzz"), window.field.clear):
        state()
        for widget in window.findChildren(QWidget):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and not widget.focusProxy():
                interface = QAccessible.queryAccessibleInterface(widget)
                name = interface.text(QAccessible.Text.Name) if interface else ""
                assert name, f"{widget!r} {widget.parent()!r}"


@pytest.mark.parametrize(("width", "height"), [(1200, 780), (800, 500), (420, 420)])
def test_the_window_fits_small_screens(bench: Bench, library: FakeEngine, width: int, height: int) -> None:
    window = bench.open(library)
    window.resize(width, height)
    bench.ask("lake")
    assert (window.width(), window.height()) == (width, height)
    assert window.results.isVisible()
    assert window.details.isVisible() == (width >= 760)


def test_panels_are_shown_and_hidden_on_request(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    window.workspace.details.button.click()
    assert not window.details.isVisible()
    window.workspace.details.button.click()
    assert window.details.isVisible()


@pytest.mark.parametrize(("appearance", "dark"), [(Appearance.DARK, True), (Appearance.LIGHT, False)])
def test_the_palette_can_be_chosen(bench: Bench, library: FakeEngine, appearance: Appearance, dark: bool) -> None:
    window = bench.open(library)
    bench.ask("lake")
    bench.theme.choose(appearance)
    bench.qtbot.waitUntil(lambda: is_dark(window.palette()) is dark)
    assert not window.grab().isNull()
    bench.theme.choose(Appearance.LIGHT)
    bench.qtbot.waitUntil(lambda: not is_dark(window.palette()))


def test_a_file_is_indexed_anew_though_all_folders_are_being_looked_through(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.gates["index"] = Flag()
    window.desk.bring_up_to_date()
    window.desk.reindex([b"/a"])
    bench.qtbot.waitUntil(lambda: set(library.called("index")) == {((), False), ((b"/a",), True)})
    library.gates["index"].set()
    bench.settle()


def test_closing_while_operations_run_stops_them_and_leaves_no_thread(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    library.gates["index_until_stopped"] = Flag()
    library.gates["search"] = Flag()
    window.desk.reindex([b"/a"])
    window.ask("lake", b"")
    assert library.gates["index_until_stopped"].wait(PATIENCE_S)
    bench.qtbot.waitUntil(lambda: library.called("search") == ["lake"])
    bench.close()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("vexgui")] == []
