"""The icon in the desktop's tray, where there is one."""

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from vexgui.core.events import Activity, Progress
from vexgui.gui.icons import app_icon
from vexgui.gui.language import tr
from vexgui.gui.wording import progress_line


class Tray(QObject):
    """Shows how the indexer stands while the window may be closed, and offers to open it, to pause and to quit.

    Args:
        window: Whose menu it is.
        available: Whether the desktop has a tray now.

    Signals:
        open_asked: The window is wanted.
        pause_asked: Hold the indexer, for so many seconds; infinity until it is resumed.
        resume_asked: Let it go on.
        stay_asked: Whether to keep running when the window is closed.
        quit_asked: End the program.
    """

    open_asked = Signal()
    pause_asked = Signal(float)
    resume_asked = Signal()
    stay_asked = Signal(bool)
    quit_asked = Signal()

    def __init__(self, window: QWidget, available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable) -> None:
        super().__init__(window)
        self._available = available
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._icon.setToolTip("VexGUI")
        self._icon.activated.connect(self._activated)
        self.menu = QMenu(window)
        self.status = self.menu.addAction("")
        self.status.setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(tr("Open VexGUI"), self.open_asked.emit)
        self.pause = self.menu.addAction(tr("Pause indexing"))
        self.pause.setCheckable(True)
        self.pause.triggered.connect(self._pause_or_resume)
        self.stay = self.menu.addAction(tr("Keep running when the window is closed"))
        self.stay.setCheckable(True)
        self.stay.triggered.connect(self.stay_asked)
        self.menu.addSeparator()
        self.menu.addAction(tr("Quit"), self.quit_asked.emit)
        self._icon.setContextMenu(self.menu)
        self.show_progress(Progress(Activity.STOPPED))
        self.appear()

    @property
    def available(self) -> bool:
        """Whether there is a tray, and so a way back to a window that was closed."""
        return self._available()

    @Slot()
    def appear(self) -> None:
        """Show the icon, now that there is a tray or none any more."""
        self._icon.setVisible(self.available)

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Say how the indexer stands."""
        line = progress_line(progress) or "VexGUI"
        if line != self.status.text():
            self.status.setText(line)
            self._icon.setToolTip(line if line == "VexGUI" else f"VexGUI – {line}")
        self.pause.setChecked(progress.activity is Activity.PAUSED)
        self.pause.setEnabled(progress.activity is not Activity.STOPPED)

    def tell(self, title: str, body: str) -> None:
        """Show a notification beside the icon; nothing where there is no tray."""
        if self._icon.isVisible():
            self._icon.showMessage(title, body, app_icon())

    @Slot(bool)
    def _pause_or_resume(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        if wanted:
            self.pause_asked.emit(math.inf)
        else:
            self.resume_asked.emit()

    @Slot(object)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.open_asked.emit()
