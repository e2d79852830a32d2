"""What the right mouse button and the keys do with the selected files."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine


@pytest.fixture
def ready(bench: Bench, library: FakeEngine) -> Bench:
    bench.open(library)
    bench.ask("trip")
    return bench


def trip(bench: Bench) -> bytes:
    return os.path.join(os.fsencode(bench.folder), b"trip.txt")


def entry(bench: Bench, text: str) -> QAction:
    menu = bench.window.actions_on_files.menu()
    return next(action for action in menu.actions() if action.text() == text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Open", "open"), ("Show in folder", "reveal"), ("Copy path", "copy paths"), ("Copy file", "copy files")],
)
def test_the_menu_asks_the_desktop(ready: Bench, text: str, asked: str) -> None:
    entry(ready, text).trigger()
    assert ready.shell.asked == [(asked, (trip(ready),))]


def test_the_menu_finds_similar_files(ready: Bench) -> None:
    entry(ready, "Find similar").trigger()
    ready.settle()
    assert ready.engine.called("similar") == [(trip(ready),)]


def test_files_like_several_are_found(ready: Bench) -> None:
    ready.ask("lake")
    ready.window.results.selectAll()
    selected = tuple(hit.path for hit in ready.window.results.selected())
    entry(ready, "Find similar").trigger()
    ready.settle()
    assert ready.engine.called("similar") == [selected]
    assert ready.window.searcher.question.title.endswith(" and 2 others")


def test_the_menu_indexes_anew(ready: Bench) -> None:
    entry(ready, "Re-index").trigger()
    ready.settle()
    assert ready.engine.called("index") == [((trip(ready),), True)]


def test_several_files_are_acted_on_together(ready: Bench) -> None:
    ready.ask("lake")
    ready.window.results.selectAll()
    entry(ready, "Copy paths").trigger()
    ((asked, paths),) = ready.shell.asked
    assert asked == "copy paths"
    assert len(paths) == 3


@pytest.mark.parametrize(
    ("key", "modifier", "asked"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "open"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "reveal"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier, "reveal"),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, "copy files"),
    ],
)
def test_keys_in_the_grid(ready: Bench, key: Qt.Key, modifier: Qt.KeyboardModifier, asked: str) -> None:
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, key, modifier)
    assert ready.shell.asked == [(asked, (trip(ready),))]


def test_f5_indexes_the_selected_files_anew_when_the_keyboard_is_on_them(ready: Bench) -> None:
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, Qt.Key.Key_F5)
    ready.settle()
    assert ready.engine.called("index") == [((trip(ready),), True)]


def test_f5_elsewhere_looks_for_changes_everywhere(ready: Bench) -> None:
    ready.window.activateWindow()
    ready.window.field.take_focus()
    ready.qtbot.waitUntil(ready.window.field.edit.hasFocus)
    ready.qtbot.keyClick(ready.window.field.edit, Qt.Key.Key_F5)
    ready.settle()
    assert ready.engine.called("index") == [((), False)]


def test_ctrl_f_goes_to_the_search_field_with_all_text_selected(ready: Bench) -> None:
    ready.window.activateWindow()
    ready.window.results.enter()
    ready.qtbot.waitUntil(ready.window.results.hasFocus)
    ready.qtbot.keyClick(ready.window.results, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert ready.window.field.edit.hasFocus()
    assert ready.window.field.edit.selectedText() == "trip"


def test_the_panels_buttons_act_on_the_file_shown(ready: Bench) -> None:
    ready.window.details.open_asked.emit()
    ready.window.details.reveal_asked.emit()
    assert [asked for asked, _ in ready.shell.asked] == ["open", "reveal"]
