"""Files are selected with keys and pointer, and stay so whatever is answered."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine, many_hits
from tests.gui.results.shown import Shown, banded
from vexgui.core.events import IndexChanged
from vexgui.core.hits import Answer

Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


def test_shift_selects_a_stretch_and_control_one_by_one(shown: Shown) -> None:
    shown.answer(banded(6, 6))
    shown.view.enter()
    shown.press(Key.Key_Right, Key.Key_Down, modifier=_SHIFT)
    assert shown.rows == [0, 1, 2, 3, 4, 5]
    shown.click(8, _CONTROL)
    assert shown.rows == [0, 1, 2, 3, 4, 5, 8]
    shown.click(2, _CONTROL)
    assert 2 not in shown.rows
    shown.click(3)
    shown.click(7, _SHIFT)
    assert shown.rows == [3, 4, 5, 6, 7]


def test_a_rubber_band_selects_what_it_touches_and_control_adds(shown: Shown, qtbot: QtBot) -> None:
    shown.answer(banded(6, 6))
    view, port = shown.view, shown.view.viewport()
    first, third = (view.visualRect(shown.page.model.index(row)) for row in (4, 5))
    start = QPoint(third.right() + 60, third.center().y())
    assert not view.indexAt(start).isValid()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, _NONE, start)
    qtbot.mouseMove(port, QPoint(first.right() - 20, first.center().y() + 10))
    assert shown.rows == [4, 5]
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, _NONE, start)
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, _CONTROL, start)
    qtbot.mouseMove(port, QPoint(start.x() - 5, view.visualRect(shown.page.model.index(2)).center().y()))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, _CONTROL, start)
    assert shown.rows == [2, 4, 5]
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, _NONE, start)
    assert shown.rows == []


# answers


def test_the_best_hit_is_selected_alone_whatever_key_is_held_down(shown: Shown) -> None:
    shown.answer(many_hits(9).hits)
    shown.click(3)
    shown.qtbot.keyPress(shown.view, Key.Key_Control, _CONTROL)
    assert QApplication.keyboardModifiers() == _CONTROL
    shown.view.select_first()
    shown.qtbot.keyRelease(shown.view, Key.Key_Control)
    assert shown.rows == [0]


def test_selected_files_stay_selected_through_answers_wherever_they_come_to_lie(shown: Shown) -> None:
    hits = many_hits(400).hits
    shown.answer(hits)
    shown.click(1)
    shown.click(3, _CONTROL)
    assert shown.view.selected() == [hits[1], hits[3]]
    shown.answer((*hits[4:], *hits[:4]), again=True)
    assert shown.rows == []
    shown.press(Key.Key_PageDown)  # the keyboard was on a file that is not in sight any more
    shown.answer((*hits[2:150], *hits[:2], *hits[150:]))
    shown.click(1)
    shown.answer(hits)
    assert shown.view.selected() == [hits[3]]


def test_a_selected_file_that_comes_later_is_selected_when_it_comes(shown: Shown) -> None:
    hits = many_hits(400).hits
    shown.answer(hits)
    shown.click(1)
    shown.answer((*hits[2:], *hits[:2]), again=True)
    assert shown.rows == []
    shown.view.scrollToBottom()
    shown.settle()
    assert shown.rows == [399]
    assert shown.view.selected() == [hits[1]]


def test_everything_stays_selected_when_files_have_changed(shown: Shown) -> None:
    shown.answer(many_hits(3_000).hits)
    shown.view.selectAll()
    shown.settle()
    assert shown.view.selected_count == 3_000
    assert len(shown.view.selected()) == 1_000
    shown.answer(many_hits(3_100).hits, again=True)
    assert shown.view.selected_count == 3_100
    shown.answer(many_hits(50).hits)
    assert shown.view.selected_count < 51


def test_the_keyboard_stays_on_a_row_that_has_not_come_when_files_have_changed(shown: Shown) -> None:
    shown.answer(many_hits(3_000).hits)
    shown.view.enter()
    shown.press(Key.Key_End)
    shown.answer(many_hits(3_000).hits, again=True)
    assert (shown.row, shown.rows) == (2_999, [2_999])


def test_where_a_selected_file_has_gone_the_next_one_is_selected(bench: Bench, library: FakeEngine) -> None:
    hits = many_hits(40).hits
    library.answers["many"] = Answer(hits)
    window = bench.open(library)
    bench.ask("many")
    window.results.setFocus()
    window.results.setCurrentIndex(window.found.model.index(30))
    place = window.results.verticalScrollBar().value()
    library.answers["many"] = Answer((*hits[:30], *hits[31:]))
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: window.found.model.total == 39)
    assert window.results.selected() == [hits[31]]
    assert window.results.verticalScrollBar().value() == place > 0
    window.results.clearSelection()
    library.answers["many"] = Answer((*hits[:30], *hits[32:]))
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: window.found.model.total == 38)
    assert window.results.selected() == []
