"""The line that says what was just done: it offers undo, goes by itself, and never holds the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from vexgui.gui.keys.keymap import Keymap
from vexgui.gui.toast import Toast


class Ground:
    """A window with a field, a line at its bottom, and a toast."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.window.resize(800, 500)
        self.field = QLineEdit(self.window)
        self.bottom = QWidget(self.window)
        self.bottom.setGeometry(0, 470, 800, 30)
        self.toast = Toast(self.window, self.bottom, Keymap(self.window))
        self.undone = 0
        self.window.show()
        self.window.activateWindow()
        self.field.setFocus()

    def undo(self) -> None:
        self.undone += 1


@pytest.fixture
def ground(qtbot: QtBot) -> Iterator[Ground]:
    made = Ground()
    qtbot.waitUntil(made.field.hasFocus)
    QTest.mouseMove(made.window, QPoint(1, 1))  # another test may have left the pointer where the toast appears
    yield made
    made.window.deleteLater()


def test_a_toast_stands_at_the_bottom_centre_and_leaves_the_status_line_free(ground: Ground) -> None:
    ground.toast.show("3 files moved to trash")
    area = ground.toast.bar.geometry()
    assert area.bottom() < ground.bottom.y()
    assert abs(area.center().x() - 400) <= 1
    ground.window.resize(1000, 500)
    assert abs(ground.toast.bar.geometry().center().x() - 500) <= 1


def test_undo_is_called_once_and_the_toast_goes(ground: Ground) -> None:
    ground.toast.show("A file moved to trash", ground.undo)
    ground.toast.bar.undo.click()
    assert ground.undone == 1
    assert ground.toast.text == ""


def test_without_undo_there_is_no_button(ground: Ground) -> None:
    ground.toast.show("Path copied")
    assert ground.toast.bar.undo.isHidden()
    assert ground.toast.text == "Path copied"


def test_undo_is_reached_by_the_keyboard_and_escape_returns_to_where_it_was(ground: Ground) -> None:
    ground.toast.show("A file moved to trash", ground.undo)
    assert ground.field.hasFocus()
    QTest.keyClick(ground.field, Qt.Key.Key_Tab)
    assert ground.toast.bar.undo.hasFocus()
    QTest.keyClick(ground.toast.bar.undo, Qt.Key.Key_Escape)
    assert ground.field.hasFocus()
    assert ground.undone == 0
    assert ground.toast.text == ""


def test_a_toast_goes_also_when_what_had_the_keyboard_before_is_gone(ground: Ground) -> None:
    ground.toast.show("A tag removed", ground.undo)
    ground.toast.bar.undo.setFocus()
    delete(ground.field)
    QTest.keyClick(ground.toast.bar.undo, Qt.Key.Key_Return)
    assert ground.undone == 1
    assert ground.toast.text == ""


def test_a_newer_toast_takes_the_place_of_an_older_one_and_of_its_undo(ground: Ground) -> None:
    ground.toast.show("A file moved to trash", ground.undo)
    ground.toast.show("Path copied")
    assert ground.toast.text == "Path copied"
    ground.toast.bar.undo.click()
    assert ground.undone == 0


def test_a_toast_goes_when_its_time_is_up_unless_the_keyboard_is_on_it(ground: Ground) -> None:
    ground.toast.show("A file moved to trash", ground.undo)
    ground.toast.bar.undo.setFocus()
    ground.toast.timer.timeout.emit()
    assert ground.toast.text
    ground.field.setFocus()
    ground.toast.timer.timeout.emit()
    assert ground.toast.text == ""


def test_a_long_line_is_cut_in_a_narrow_window(ground: Ground) -> None:
    ground.window.resize(360, 500)
    ground.toast.show("word " * 100, ground.undo)
    area = ground.toast.bar.geometry()
    assert area.left() >= 0
    assert area.right() < 360
    assert ground.toast.bar.rect().contains(ground.toast.bar.undo.geometry())
