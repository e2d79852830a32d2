"""Files that were pasted, dropped or named as examples are chips with a weight."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.search.conftest import PICTURE, FieldBench
from vexgui.gui.files.uris import drag_data, mime_of
from vexgui.gui.search.examples import Written

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


# files that others are to be like


def test_an_example_is_a_chip_and_counts_once(field: FieldBench) -> None:
    field.field.add_example(b"/photos/the sea.jpg")
    field.field.add_example(b"/photos/crowd.jpg", -1)
    field.field.add_example(b"/photos/the sea.jpg", 2)
    field.settle()
    assert field.field.text() == '-like:"/photos/crowd.jpg" like:"/photos/the sea.jpg"^2'


def chosen(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_menu_of_an_example_changes_its_weight_and_turns_it_round(field: FieldBench) -> None:
    field.field.add_example(b"/photos/sea.jpg")
    chosen(field.field.editor.chips[0].menu(), "Counts half")
    assert field.chips() == ['like:"/photos/sea.jpg"^0.5']
    chosen(field.field.editor.chips[0].menu(), "Less like this")
    assert field.chips() == ['-like:"/photos/sea.jpg"^0.5']
    chosen(field.field.editor.chips[0].menu(), "Counts normally")
    assert field.chips() == ['-like:"/photos/sea.jpg"']
    chosen(field.field.editor.chips[0].menu(), "Remove")
    assert field.field.text() == ""


def test_an_example_shows_its_thumbnail(field: FieldBench, picture: Callable[..., bytes]) -> None:
    path = picture("sea.jpg", color="#ff0000")
    field.field.add_example(path)
    field.qtbot.waitUntil(lambda: not field.loader.busy and not field.operations.busy)

    def color() -> QColor:
        return field.field.editor.chips[0].grab().toImage().pixelColor(14, 14)

    field.qtbot.waitUntil(lambda: color().red() > 200 and color().blue() < 80)


def test_a_name_that_is_no_text_is_kept_byte_for_byte(field: FieldBench) -> None:
    field.field.add_example(b"/photos/\xff.jpg")
    field.type("tram ")
    assert Written(b"/photos/\xff.jpg").text in field.chips()
    assert field.told[-1][1].startswith('like:"file:///photos/%FF.jpg"')


def test_files_that_are_pasted_become_examples_and_text_is_taken_apart(field: FieldBench) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(mime_of(drag_data([b"/photos/sea.jpg"])))
    field.press(Key.Key_V, CONTROL)
    assert field.chips() == ['like:"/photos/sea.jpg"']
    clipboard.setText("tram type:image")
    field.press(Key.Key_V, CONTROL)
    assert (field.chips()[1:], field.field.edit.text()) == (["type:image"], "tram ")


def test_a_picture_that_is_pasted_becomes_an_example_unless_words_come_with_it(field: FieldBench) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    QGuiApplication.clipboard().setImage(image)
    field.press(Key.Key_V, CONTROL)
    assert field.chips() == [Written(PICTURE).text]
    cells = QMimeData()
    cells.setImageData(image)
    cells.setText("total")
    QGuiApplication.clipboard().setMimeData(cells)
    field.press(Key.Key_V, CONTROL)
    assert (len(field.chips()), field.field.edit.text()) == (1, "total")


def drop(field: FieldBench, mime: QMimeData) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place, actions = QPointF(200, 20), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    QApplication.sendEvent(field.field, QDragEnterEvent(place.toPoint(), actions, mime, left, none))
    event = QDropEvent(place, actions, mime, left, none, QEvent.Type.Drop)
    QApplication.sendEvent(field.field, event)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    field.settle()


def test_what_is_dropped_on_the_field_is_asked_for(field: FieldBench) -> None:
    drop(field, mime_of(drag_data([b"/photos/sea.jpg", b"/photos/beach.jpg"])))
    assert field.chips() == ['like:"/photos/sea.jpg"', 'like:"/photos/beach.jpg"']
    words = QMimeData()
    words.setText("old\ntram type:image")
    drop(field, words)
    assert (field.chips()[2:], field.field.edit.text()) == (["type:image"], "old tram ")
    links = QMimeData()
    links.setUrls([QUrl("https://example.org/sea")])
    links.setText("sea")
    drop(field, links)
    assert field.field.edit.text().endswith("sea")
