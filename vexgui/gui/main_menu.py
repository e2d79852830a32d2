"""The menu behind the button at the top right."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from vexgui.gui import dialogs
from vexgui.gui.controls import Button, Look


class MainMenu(QMenu):
    """Offers what concerns the whole program.

    Signals:
        add_asked, refresh_asked, failures_asked, preferences_asked, quit_asked: The user wants that.
    """

    add_asked = Signal()
    refresh_asked = Signal()
    failures_asked = Signal()
    preferences_asked = Signal()
    quit_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.button = Button(icon="menu", look=Look.FLAT, name="Menu")
        self.button.clicked.connect(self._pop_up)
        self.addAction("Add a folder…\tCtrl+O", self.add_asked.emit)
        self.addAction("Look for changes\tF5", self.refresh_asked.emit)
        self.addAction("Files that could not be read…", self.failures_asked.emit)
        self.addSeparator()
        self.addAction("Preferences…\tCtrl+,", self.preferences_asked.emit)
        self.addSeparator()
        self.addAction("Keyboard shortcuts\tF1", lambda: dialogs.show_shortcuts(window))
        self.addAction("About VexGUI", lambda: dialogs.show_about(window))
        self.addAction("Quit\tCtrl+Q", self.quit_asked.emit)

    @Slot()
    def _pop_up(self) -> None:
        corner = self.button.mapToGlobal(QPoint(self.button.width(), self.button.height() + 4))
        self.popup(corner - QPoint(self.sizeHint().width(), 0))
