"""The field makes chips of conditions, and nobody who types is disturbed by that."""

import os

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QInputMethodEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.gui.search.conftest import FieldBench
from vexgui.core.query import Mistake
from vexgui.core.settings import SavedSearch

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_condition_becomes_a_chip_with_the_blank_behind_it(field: FieldBench) -> None:
    field.type("type:image")
    assert field.chips() == []
    field.type(" ")
    assert (field.chips(), field.field.edit.text()) == (["type:image"], "")
    field.type("red tram")
    assert field.field.text() == "type:image red tram"


def test_making_a_chip_says_nothing_new(field: FieldBench) -> None:
    field.type("red type:image ")
    assert field.told[-1] == ("rephrased", "type:image red")
    assert ("changed", "type:image red") not in field.told


def test_enter_takes_the_condition_at_the_end_for_complete(field: FieldBench) -> None:
    entered = []
    field.field.entered.connect(lambda: entered.append(field.field.text()))
    field.type("tram type:image")
    field.press(Key.Key_Return)
    assert field.chips() == ["type:image"]
    assert entered == ["tram type:image"]


def test_what_is_set_is_taken_apart(field: FieldBench) -> None:
    field.field.set_text('type:image -in:~/Photos "old tram" sort:newest')
    assert field.told[0] == ("changed", 'type:image -in:~/Photos "old tram" sort:newest')
    field.settle()
    assert field.chips() == ["type:image", "-in:~/Photos", "sort:newest"]
    assert field.field.edit.text() == '"old tram" '


def test_what_stood_there_before_there_was_an_engine_is_taken_apart_then(field: FieldBench) -> None:
    field.field.connect_engine(field.engine)
    field.field.set_text("tram type:image")
    field.settle()
    assert field.chips() == ["type:image"]


def test_backspace_at_the_beginning_takes_the_last_chip_away(field: FieldBench) -> None:
    field.type("type:image sort:newest tram")
    field.press(Key.Key_Home)
    field.press(Key.Key_Backspace)
    assert field.field.text() == "type:image tram"
    assert field.told[-1] == ("changed", "type:image tram")


def test_a_click_turns_a_chip_to_text_that_stays_text_until_it_is_finished(field: FieldBench) -> None:
    field.type("type:image tram")
    field.field.editor.chips[0].click()
    field.settle()
    assert (field.chips(), field.field.edit.text()) == ([], "tram type:image")
    assert field.field.edit.hasFocus()
    field.type("s ")
    assert field.chips() == ["type:images"]


def test_the_cross_removes_a_chip(field: FieldBench) -> None:
    field.type("type:image tram")
    chip = field.field.editor.chips[0]
    field.qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    field.settle()
    assert field.field.text() == "tram"


def test_chips_are_gone_through_and_removed_with_the_keyboard(field: FieldBench) -> None:
    field.type("type:image sort:newest ")
    field.press(Key.Key_Left)
    first, second = field.field.editor.chips
    assert second.hasFocus()
    field.press(Key.Key_Left)
    assert first.hasFocus()
    field.press(Key.Key_Delete)
    assert field.field.text() == "sort:newest"
    assert field.field.editor.chips[0].hasFocus()
    field.press(Key.Key_Right)
    assert field.field.edit.hasFocus()


def test_letters_typed_on_a_chip_go_into_the_line(field: FieldBench) -> None:
    field.type("type:image ")
    field.press(Key.Key_Left)
    field.press(Key.Key_A)
    assert field.field.text() == "type:image a"
    assert field.field.edit.hasFocus()


def test_undo_brings_back_what_a_chip_was_made_of_and_the_chips_that_were_removed(field: FieldBench) -> None:
    field.type("type:image ")
    field.press(Key.Key_Z, CONTROL)
    assert (field.chips(), field.field.edit.text()) == ([], "type:image ")
    field.press(Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert field.chips() == ["type:image"]
    field.press(Key.Key_Backspace)
    assert field.chips() == []
    field.press(Key.Key_Z, CONTROL)
    assert field.chips() == ["type:image"]


def test_escape_empties_the_field_and_undo_fills_it_again(field: FieldBench) -> None:
    field.type("type:image tram")
    field.press(Key.Key_Escape)
    assert field.told[-1] == ("changed", "")
    field.press(Key.Key_Z, CONTROL)
    assert field.field.text() == "type:image tram"


def test_nothing_becomes_a_chip_while_a_letter_is_being_composed(field: FieldBench) -> None:
    field.field.edit.setText("type:image ")
    QApplication.sendEvent(field.field.edit, QInputMethodEvent("に", []))
    field.settle()
    assert (field.chips(), field.field.edit.composing) == ([], True)
    commit = QInputMethodEvent("", [])
    commit.setCommitString("日")
    QApplication.sendEvent(field.field.edit, commit)
    field.settle()
    assert (field.chips(), field.field.edit.text()) == (["type:image"], "日")


def test_a_mistake_is_underlined_where_it_stands_and_a_half_typed_condition_is_none(field: FieldBench) -> None:
    field.type("sort:newest type:imgae tram")
    assert field.field.edit.mistaken == ((5, 10),)
    field.field.set_text("tram type:")
    field.settle()
    assert field.field.edit.mistaken == ()


def test_a_chip_that_cannot_be_meant_is_marked(field: FieldBench) -> None:
    field.type("type:image tram")
    chip = field.field.editor.chips[0]
    before = chip.grab().toImage()
    (mistake,) = field.engine.read("type:imgae").mistakes
    field.field.show_mistakes("something else", [mistake])
    assert chip.grab().toImage() == before
    field.field.show_mistakes("type:image tram", [mistake])
    assert chip.grab().toImage() != before


# what it looks like


def test_the_star_shows_whether_the_query_is_saved(field: FieldBench) -> None:
    field.field.show_saved([SavedSearch("Pictures", "type:image")])
    field.type("type:image ")
    assert field.button("Rename or remove this saved search").isVisible()
    field.type("tram")
    assert field.button("Save this search").isVisible()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_chips_wrap_and_none_is_cut_off_or_covered(field: FieldBench, direction: Qt.LayoutDirection) -> None:
    field.window.setLayoutDirection(direction)
    field.field.resize(420, field.field.height())
    one_row = field.field.height()
    field.field.set_text(f"type:image in:/{'very long name/' * 9}x".replace(" ", "-") + " sort:newest tram")
    field.settle()
    editor = field.field.editor
    assert field.field.height() > one_row
    places = [chip.geometry() for chip in editor.chips] + [editor.line.geometry()]
    room = editor.content.rect()
    assert all(room.contains(place) for place in places)
    assert not any(a.intersects(b) for at, a in enumerate(places) for b in places[:at])
    first = editor.chips[0].geometry()
    is_right = direction is Qt.LayoutDirection.RightToLeft
    assert (first.right() == room.right()) if is_right else (first.left() == 0)


def test_more_rows_than_there_is_room_for_scroll_and_the_line_stays_in_sight(field: FieldBench) -> None:
    for number in range(40):
        field.field.add_example(os.fsencode(f"/photos/{number}.jpg"))
    field.settle()
    assert field.field.height() < 130
    editor = field.field.editor
    line = editor.line.mapTo(editor.viewport(), QPoint(0, 0)).y()
    assert 0 <= line < editor.viewport().height()


def test_everything_in_the_field_has_a_name_for_those_who_cannot_see_it(field: FieldBench) -> None:
    field.type("type:image ")
    for widget in (field.field.edit, *field.field.findChildren(QAbstractButton)):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
    assert field.field.editor.chips[0].accessibleName() == "Condition type image"


def test_a_query_that_is_set_after_going_back_is_taken_apart_as_ever(field: FieldBench) -> None:
    field.type("type:image ")
    field.press(Key.Key_Z, CONTROL)
    field.field.set_text("tram sort:newest")
    field.settle()
    assert field.chips() == ["sort:newest"]


def test_a_mistake_behind_blanks_and_signs_of_two_units_is_underlined_where_it_stands(field: FieldBench) -> None:
    line = field.field.edit
    field.type("  ")
    line.insert("\N{GRINNING FACE} sise:4")
    wrong = Mistake(2, 8, "There is no field “sise”.", "")
    field.field.show_mistakes("\N{GRINNING FACE} sise:4", [wrong])
    assert line.mistaken == ((4, 10),)
    (area,) = line._areas()
    line.caret = 4
    assert abs(area.left() - line.cursorRect().x() - 5) < 2
