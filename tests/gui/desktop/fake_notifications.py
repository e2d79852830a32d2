"""A desktop without portals that shows notifications, and a program that has some shown; prints what each hears."""

import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import ClassInfo, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QWidget

from vexgui.gui.desktop.bus import Bus
from vexgui.gui.desktop.notices import Notices
from vexgui.gui.desktop.tray import Tray
from vexgui.gui.operations import Operations
from vexgui.system.notifications import PLACE, SERVICE

_NUMBER = 7


def say(text: str) -> None:
    print(text, flush=True)


@ClassInfo({"D-Bus Interface": SERVICE})
class FakeService(QObject):
    """Shows notifications, all by one number; clicks the one that replaces another."""

    ActionInvoked = Signal("uint", str)

    @Slot(str, "uint", str, str, str, "QStringList", "QVariantMap", int, result="uint")
    def Notify(  # noqa: N802, PLR0913, PLR0917 - the service's own
        self, program: str, replaces: int, icon: str, title: str, body: str, actions: list[str],
        hints: dict[str, object], timeout: int,
    ) -> int:  # fmt: skip
        urgency, known = ("low", "usual")[int(str(hints["urgency"]))], hints["desktop-entry"] == icon
        say(f"{program} replaces {replaces} with {title} / {body} {urgency} {known}")
        if replaces:
            QTimer.singleShot(0, self, lambda: self.ActionInvoked.emit(_NUMBER, actions[0]))
        return _NUMBER


def main() -> None:
    """Be both ends; end when a notification was clicked."""
    app = QApplication([])
    app.setDesktopFileName("io.github.vexgui.VexGUI")
    theirs = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "desktop")
    service = FakeService()
    options = QDBusConnection.RegisterOption.ExportAllSlots | QDBusConnection.RegisterOption.ExportAllSignals
    theirs.registerObject(PLACE, service, options)
    theirs.registerService(SERVICE)
    window, operations = QWidget(), Operations()

    def clicked() -> None:
        say("clicked")
        app.quit()

    notices = Notices(Bus(window), Tray(window), operations, clicked)
    notices.tell("indexing", "Indexing has finished", "3 files are up to date.")

    def again() -> None:
        if any(notices._numbers.values()):
            waiting.stop()
            notices.tell("indexing", "Indexing has finished", "4 files are up to date.")

    waiting = QTimer()
    waiting.timeout.connect(again)
    waiting.start(20)
    QTimer.singleShot(100_000, app, lambda: sys.exit("nothing came"))
    app.exec()
    operations.close()


if __name__ == "__main__":
    main()
