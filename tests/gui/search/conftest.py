"""A search field on the engine in memory."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.fake_engine import FakeEngine
from vexgui.gui.files.pasting import Pasted
from vexgui.gui.operations import Operations
from vexgui.gui.search.field import SearchField
from vexgui.gui.theme import Appearance, Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.system.thumbnails import ThumbnailCache

PICTURE = b"/kept/pasted picture 1.png"


class FieldBench:
    """A field in a window of its own, and what it told.

    Attributes:
        told: What the signals `changed` and `rephrased` brought, by name.
    """

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.engine = FakeEngine()
        Theme(app, Appearance.LIGHT)
        self.window = QWidget()
        self.window.resize(900, 500)
        # Both go with the window: Python could take them away on a thread that is not theirs.
        self.operations = Operations(self.window)
        cache = ThumbnailCache(os.fsencode(folder / "thumbnails"))
        self.loader = ThumbnailLoader(cache, lambda _path, _px: b"", self.window)
        self.field = SearchField(self.operations, self.loader, self._keep)
        self.field.setParent(self.window)
        self.field.setGeometry(10, 10, 880, self.field.height())
        self.field.editor.reflowed.connect(lambda: self.field.resize(self.field.width(), self.field.height()))
        self.told: list[tuple[str, str]] = []
        self.field.changed.connect(lambda text: self.told.append(("changed", text)))
        self.field.rephrased.connect(lambda text: self.told.append(("rephrased", text)))
        self.field.connect_engine(self.engine)
        self.window.show()
        self.window.activateWindow()
        self.field.edit.setFocus()
        qtbot.waitUntil(self.field.edit.hasFocus)

    def type(self, text: str) -> None:
        """Type, and wait until what was typed has been read."""
        self.qtbot.keyClicks(self.field.edit, text)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        focus = self.window.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, modifier)
        self.settle()

    def button(self, name: str) -> QAbstractButton:
        """Return a button by what it is called."""
        return next(one for one in self.field.findChildren(QAbstractButton) if one.accessibleName() == name)

    def settle(self) -> None:
        """Wait until the engine has answered."""
        self.qtbot.waitUntil(lambda: not self.operations.busy)

    def chips(self) -> list[str]:
        """Return the conditions that are chips, as they are written."""
        return [chip.token.text for chip in self.field.editor.chips]

    def offered(self) -> list[str]:
        """Return what the list under the field shows."""
        return [row.label for row in self.field.completion.list.rows]

    def close(self) -> None:
        """Let go of everything."""
        self.window.close()
        self.operations.close()
        self.loader.close()
        self.window.deleteLater()

    @staticmethod
    def _keep(found: Pasted, kept: Callable[[Sequence[bytes]], None]) -> None:
        kept(found.paths or [PICTURE])


@pytest.fixture
def field(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[FieldBench]:
    made = FieldBench(qtbot, qapp, tmp_path)
    yield made
    made.close()
