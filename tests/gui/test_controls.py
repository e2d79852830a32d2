"""What all buttons of the window have in common."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from vexgui.gui.controls import Button, DrawnButton
from vexgui.gui.details.swatches import Swatch
from vexgui.gui.details.tags import TagChip
from vexgui.gui.side.row import Line, SideRow

_BUTTONS: dict[str, Callable[[], DrawnButton]] = {
    "button": lambda: Button("Go on"),
    "swatch": lambda: Swatch("#123456"),
    "tag": lambda: TagChip("lake"),
    "row": lambda: SideRow(Line("Lakes", "search")),
}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("make", _BUTTONS.values(), ids=_BUTTONS)
def test_enter_presses_a_button_once_however_long_it_is_held(
    make: Callable[[], DrawnButton], key: Qt.Key, qtbot: QtBot
) -> None:
    button, clicks = make(), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: clicks.append(key))
    for is_held in (False, True, True):
        pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", is_held)
        QCoreApplication.sendEvent(button, pressed)
    assert clicks == [key]
