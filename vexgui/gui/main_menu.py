"""The menu behind the button at the top right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from vexgui.gui.controls import Button, Look
from vexgui.gui.keys.commands import Command
from vexgui.gui.keys.keymap import Keymap
from vexgui.gui.language import tr
from vexgui.gui.side.look import Place


class MainMenu(QMenu):
    """Offers what concerns the whole program.

    Signals:
        look_asked: A place to look is wanted, by its name.
        add_asked, refresh_asked, failures_asked, preferences_asked, keys_asked, about_asked, quit_asked: The user
            wants that.
    """

    look_asked = Signal(str)
    add_asked = Signal()
    refresh_asked = Signal()
    failures_asked = Signal()
    preferences_asked = Signal()
    keys_asked = Signal()
    about_asked = Signal()
    quit_asked = Signal()

    def __init__(self, window: QWidget, keymap: Keymap) -> None:
        super().__init__(window)
        self._keymap = keymap
        self._keyed: list[tuple[QAction, str, Command]] = []
        self.button = Button(icon="menu", look=Look.FLAT, name=tr("Menu"))
        self.button.clicked.connect(self._pop_up)
        self._add(tr("Add a folder…"), Command.ADD_FOLDER, self.add_asked.emit)
        self._add(tr("Look for changes"), Command.REFRESH, self.refresh_asked.emit)
        self.addAction(tr("Files that could not be read…"), self.failures_asked.emit)
        self.addSeparator()
        for place, name, command in (
            (Place.MAP, tr("Map"), Command.MAP),
            (Place.TIMELINE, tr("Timeline"), Command.TIMELINE),
            (Place.DUPLICATES, tr("Duplicates"), Command.DUPLICATES),
        ):
            self._add(name, command, partial(self.look_asked.emit, place.value))
        self.addSeparator()
        self._add(tr("Preferences…"), Command.PREFERENCES, self.preferences_asked.emit)
        self.addSeparator()
        self._add(tr("Keyboard shortcuts"), Command.SHORTCUTS, self.keys_asked.emit)
        self.addAction(tr("About VexGUI"), self.about_asked.emit)
        self._add(tr("Quit"), Command.QUIT, self.quit_asked.emit)
        keymap.changed.connect(self._name_keys)
        self._name_keys()

    def _add(self, words: str, command: Command, call: Callable[[], object]) -> None:
        self._keyed.append((self.addAction(words, call), words, command))

    @Slot()
    def _name_keys(self) -> None:
        for action, words, command in self._keyed:
            keys = self._keymap.first(command)
            # Only shown: a shortcut of the menu's own would be a second one.
            action.setText(f"{words}\t{keys}" if keys else words)

    @Slot()
    def _pop_up(self) -> None:
        rightwards = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        corner = self.button.mapToGlobal(QPoint(0 if rightwards else self.button.width(), self.button.height() + 4))
        self.popup(corner if rightwards else corner - QPoint(self.sizeHint().width(), 0))
