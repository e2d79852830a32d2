"""A desktop's portal, and a program that speaks to it over the session bus: prints what each hears."""

import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import ClassInfo, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant
from PySide6.QtWidgets import QApplication, QWidget

from vexgui.gui.desktop.bus import Bus
from vexgui.gui.desktop.colours import follow_colours
from vexgui.gui.desktop.notices import Notices
from vexgui.gui.desktop.tray import Tray
from vexgui.gui.operations import Operations

_PATH = "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"


def say(text: str) -> None:
    print(text, flush=True)


@ClassInfo({"D-Bus Interface": "org.freedesktop.portal.Notification"})
class FakePortal(QObject):
    """Takes notifications, and changes the colours after each."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._bus = bus

    @Slot(str, "QVariantMap")
    def AddNotification(self, name: str, notice: dict[str, str]) -> None:  # noqa: N802 - the portal's name
        say(f"notice {name} {notice['title']} / {notice['body']}")
        invoked = QDBusMessage.createSignal(_PATH, "org.freedesktop.portal.Notification", "ActionInvoked")
        invoked.setArguments([name, notice["default-action"], []])
        self._bus.send(invoked)
        self.change_colours(2)

    def change_colours(self, scheme: int) -> None:
        signal = QDBusMessage.createSignal(_PATH, _SETTINGS, "SettingChanged")
        signal.setArguments(["org.freedesktop.appearance", "color-scheme", QDBusVariant(scheme)])
        self._bus.send(signal)


def main() -> None:
    """Be both ends; end when the colours are light."""
    app = QApplication([])
    theirs = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "portal")
    portal = FakePortal(theirs)
    theirs.registerObject(_PATH, portal, QDBusConnection.RegisterOption.ExportAllSlots)
    theirs.registerService("org.freedesktop.portal.Desktop")
    window = QWidget()
    bus = Bus(window)
    operations = Operations()
    notices = Notices(bus, Tray(window), operations, lambda: say("clicked"))

    def told(dark: bool | None) -> None:
        if dark is None:
            return
        say(f"dark {dark}")
        if dark:
            notices.tell("indexing", "Indexing has finished", "3 files are up to date.")
        else:
            app.quit()

    follow_colours(bus, told)
    QTimer.singleShot(0, app, lambda: portal.change_colours(1))
    QTimer.singleShot(100_000, app, lambda: sys.exit("nothing came"))
    app.exec()
    operations.close()


if __name__ == "__main__":
    main()
