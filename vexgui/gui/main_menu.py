"""The menu behind the button at the top right."""

from functools import partial

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from vexgui.gui import dialogs
from vexgui.gui.controls import Button, Look
from vexgui.gui.memory import Memory
from vexgui.gui.model_menu import ModelMenu
from vexgui.gui.theme import Appearance, Theme

_APPEARANCES = {
    Appearance.SYSTEM: "Like the desktop",
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
}


class MainMenu(QMenu):
    """Offers what concerns the whole program.

    Signals:
        add_asked, refresh_asked, failures_asked, history_forgotten, quit_asked: The user wants that.
    """

    add_asked = Signal()
    refresh_asked = Signal()
    failures_asked = Signal()
    history_forgotten = Signal()
    quit_asked = Signal()

    def __init__(self, theme: Theme, memory: Memory, models: ModelMenu, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._memory = memory
        self.button = Button(icon="menu", look=Look.FLAT, name="Menu")
        self.button.clicked.connect(self._pop_up)
        self.addAction("Add a folder…\tCtrl+O", self.add_asked.emit)
        self.addAction("Look for changes\tF5", self.refresh_asked.emit)
        self.addAction("Files that could not be read…", self.failures_asked.emit)
        self.addSeparator()
        self.addMenu(models)
        self._add_appearances()
        self.addAction("Forget recent searches", self._forget)
        self.addSeparator()
        self.addAction("Keyboard shortcuts\tF1", lambda: dialogs.show_shortcuts(window))
        self.addAction("About VexGUI", lambda: dialogs.show_about(window))
        self.addAction("Quit\tCtrl+Q", self.quit_asked.emit)

    def _add_appearances(self) -> None:
        menu = self.addMenu("Appearance")
        group = QActionGroup(menu)
        for appearance, words in _APPEARANCES.items():
            action = menu.addAction(words, partial(self._choose, appearance))
            action.setCheckable(True)
            action.setChecked(appearance is self._theme.appearance)
            group.addAction(action)

    def _choose(self, appearance: Appearance) -> None:
        self._theme.choose(appearance)
        self._memory.remember_appearance(appearance)

    @Slot()
    def _forget(self) -> None:
        self._memory.forget_queries()
        self.history_forgotten.emit()

    @Slot()
    def _pop_up(self) -> None:
        corner = self.button.mapToGlobal(QPoint(self.button.width(), self.button.height() + 4))
        self.popup(corner - QPoint(self.sizeHint().width(), 0))
