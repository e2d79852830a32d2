"""Joins the window with the desktop around it, once it has been shown."""

import time
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from vexgui.core.events import Progress
from vexgui.gui.desktop.bus import Bus, portal
from vexgui.gui.desktop.colours import follow_colours
from vexgui.gui.desktop.endings import Endings
from vexgui.gui.desktop.notices import Notices
from vexgui.gui.desktop.sight import Sight
from vexgui.gui.desktop.tray import Tray
from vexgui.gui.frame import Frame
from vexgui.gui.language import tr, trn
from vexgui.gui.wording import number

_REGISTRY = replace(portal(""), interface="org.freedesktop.host.portal.Registry")
"""https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.host.portal.Registry.html"""
_TRAYS = "org.kde.StatusNotifierWatcher"


class Desktop(QObject):
    """Keeps tray, notifications, colours and timers in step with the desktop and with the window.

    Args:
        frame: The window, which has been shown.
        bus: The desktop's message bus.
        tray: The tray's icon.
    """

    def __init__(self, frame: Frame, bus: Bus, tray: Tray) -> None:
        super().__init__(frame)
        self._frame = frame
        self._memory = frame.parts.memory
        self._notices = Notices(bus, tray, frame.parts.operations, frame.come_to_front)
        self._endings = Endings()
        self._tray = tray
        self.sight = Sight(frame)
        self.sight.changed.connect(frame.parts.bridge.show)
        # Portals know a program by its id only when it tells them, before it asks them for anything else.
        bus.call(_REGISTRY, "Register", [QGuiApplication.desktopFileName(), {}], lambda _: None, lambda: None)
        bus.watch(_TRAYS, self._trays_changed)
        follow_colours(bus, frame.parts.theme.hear_desktop)
        frame.parts.bridge.progressed.connect(self._take_progress)
        frame.vanished.connect(self._tell_it_stays)
        self._connect_tray()

    def _connect_tray(self) -> None:
        tray, frame = self._tray, self._frame
        tray.stay.setChecked(self._memory.stays)
        tray.show_progress(frame.status.progress)
        tray.open_asked.connect(frame.come_to_front)
        tray.pause_asked.connect(frame.desk.pause)
        tray.resume_asked.connect(frame.desk.resume)
        tray.stay_asked.connect(self._stay)
        tray.quit_asked.connect(frame.leave)
        self._trays_changed()

    @Slot()
    def _trays_changed(self) -> None:
        self._tray.appear()
        self._frame.stays = self._tray.available and self._memory.stays
        if not self._tray.available and not self._frame.isVisible():
            self._frame.come_to_front()  # without its icon there is no other way back to it

    @Slot(bool)
    def _stay(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        self._memory.remember_staying(wanted)
        self._trays_changed()

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        self._tray.show_progress(progress)
        files = self._endings.hear(progress, time.monotonic())
        if files is not None and QApplication.activeWindow() is None:
            body = trn("{count} file is up to date.", "{count} files are up to date.", files)
            self._notices.tell("indexing", tr("Indexing has finished"), body.format(count=number(files)))

    @Slot()
    def _tell_it_stays(self) -> None:
        if not self._memory.told_of_staying:
            self._memory.remember_told_of_staying()
            self._notices.tell("staying", tr("VexGUI keeps running"), tr("Its icon in the tray opens it, or ends it."))
