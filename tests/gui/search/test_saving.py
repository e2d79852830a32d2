"""Queries come back: those of before, and those that were given a name; and what was meant instead of a mistake."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.settings import SavedSearch
from vexgui.gui.controls import Button
from vexgui.gui.search.saving import kept_with

Key = Qt.Key
TRAMS = SavedSearch("Trams", "tram OR bus")
LAKE = SavedSearch("Lake", "lake")


def dialog(bench: Bench) -> QDialog:
    """Press Ctrl+D and return the dialog that opens."""
    bench.window.activateWindow()
    bench.qtbot.waitUntil(bench.window.isActiveWindow)
    bench.qtbot.keyClick(bench.window.field.edit, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return found[-1]


def press(box: QDialog, text: str) -> None:
    next(button for button in box.findChildren(Button) if button.text() == text).click()


@pytest.fixture
def saved(bench: Bench, library: FakeEngine) -> Bench:
    """A window whose engine keeps two searches."""
    library.change(searches=(TRAMS, LAKE))
    bench.open(library)
    return bench


def test_a_search_is_saved_by_the_name_that_is_asked_for(bench: Bench, library: FakeEngine) -> None:
    bench.open(library)
    bench.ask("lake type:text")
    box = dialog(bench)
    (name,) = box.findChildren(QLineEdit)
    assert name.text() == "lake"
    name.setText("Swimming")
    press(box, "Save")
    bench.settle()
    assert library.settings().searches == (SavedSearch("Swimming", "type:text lake"),)


def test_enter_saves_by_the_name_that_was_typed_and_by_none_nothing_is_saved(saved: Bench) -> None:
    saved.ask("tram OR bus")
    box = dialog(saved)
    (name,) = box.findChildren(QLineEdit)
    name.setText(" ")
    saved.qtbot.keyClick(name, Key.Key_Return)
    assert box.isVisible()
    name.setText("Rails")
    saved.qtbot.keyClick(name, Key.Key_Return)
    saved.settle()
    assert saved.engine.settings().searches == (SavedSearch("Rails", "tram OR bus"), LAKE)


def test_a_saved_search_is_renamed_where_it_stands_and_removed(saved: Bench) -> None:
    saved.ask("tram OR bus")
    box = dialog(saved)
    (name,) = box.findChildren(QLineEdit)
    assert name.text() == "Trams"
    name.setText("Public transport")
    press(box, "Save")
    saved.settle()
    assert saved.engine.settings().searches == (SavedSearch("Public transport", "tram OR bus"), LAKE)
    press(dialog(saved), "Remove")
    saved.settle()
    assert saved.engine.settings().searches == (LAKE,)


def test_without_a_query_there_is_nothing_to_save(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.qtbot.keyClick(window.field.edit, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_what_was_searched_is_asked_again_from_the_empty_field(saved: Bench) -> None:
    field = saved.window.field
    field.set_text("trip")
    saved.qtbot.keyClick(field.edit, Key.Key_Return)
    saved.settle()
    field.clear()
    saved.qtbot.keyClick(field.edit, Key.Key_Up)
    assert [row.label for row in field.completion.list.rows] == ["Trams", "Lake", "trip"]
    saved.qtbot.keyClick(field.edit, Key.Key_Up)
    saved.qtbot.keyClick(field.edit, Key.Key_Up)
    saved.qtbot.keyClick(field.edit, Key.Key_Return)
    saved.settle()
    assert field.text() == "trip"
    assert len(saved.shown()) == 1


def test_a_search_of_before_is_forgotten_with_delete(saved: Bench) -> None:
    field = saved.window.field
    saved.memory.remember_query("trip")
    saved.memory.remember_query("bread")
    field.show_recent(saved.memory.recent)
    saved.qtbot.keyClick(field.edit, Key.Key_Up)
    for _ in range(2):
        saved.qtbot.keyClick(field.edit, Key.Key_Down)
    saved.qtbot.keyClick(field.edit, Key.Key_Delete)
    assert saved.memory.recent == ("trip",)


def test_what_was_probably_meant_is_asked_with_a_click(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)

    bench.ask("lake type:imgae")
    assert window.mistakes.mended == "lake type:image"
    assert window.field.edit.mistaken == ((10, 15),)
    window.mistakes._label.linkActivated.emit("mend")
    bench.settle()
    assert (window.field.text(), window.mistakes.text) == ("type:image lake", "")


@pytest.mark.parametrize(
    ("fresh", "kept"),
    [
        (SavedSearch("Sea", "sea"), (TRAMS, LAKE, SavedSearch("Sea", "sea"))),
        (SavedSearch("Trams", "tram"), (SavedSearch("Trams", "tram"), LAKE)),
        (SavedSearch("Lake", "tram OR bus"), (SavedSearch("Lake", "tram OR bus"),)),
    ],
)
def test_no_name_and_no_query_is_kept_twice(fresh: SavedSearch, kept: tuple[SavedSearch, ...]) -> None:
    assert kept_with((TRAMS, LAKE), fresh) == kept
