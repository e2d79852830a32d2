"""A desktop's file manager and its portal, and a window that asks them over the session bus: prints what each hears."""

import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import ClassInfo, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor
from PySide6.QtWidgets import QApplication

from vexgui.core.errors import WorldProblem
from vexgui.gui.files.file_manager import FileManager
from vexgui.gui.files.program_chooser import ProgramChooser, opened_to_choose

_NAME = "org.freedesktop.FileManager1"
_PLACE = "/org/freedesktop/FileManager1"
_PORTAL = "/org/freedesktop/portal/desktop"


@ClassInfo({"D-Bus Interface": _NAME})
class FakeFileManager(QObject):
    """Shows nothing, and says what it was asked to show."""

    @Slot("QStringList", str)
    def ShowItems(self, uris: list[str], _startup: str) -> None:  # noqa: N802 - the specification's name
        print("items", *uris, flush=True)

    @Slot("QStringList", str)
    def ShowItemProperties(self, uris: list[str], _startup: str) -> None:  # noqa: N802 - the specification's name
        print("properties", *uris, flush=True)


@ClassInfo({"D-Bus Interface": "org.freedesktop.portal.OpenURI"})
class FakePortal(QObject):
    """Opens nothing, and says which file it was handed."""

    heard = Signal()

    @Slot(str, QDBusUnixFileDescriptor, "QVariantMap")
    def OpenFile(self, _window: str, file: QDBusUnixFileDescriptor, wishes: dict[str, object]) -> None:  # noqa: N802
        print("choose for", os.readlink(f"/proc/self/fd/{file.fileDescriptor()}"), wishes, flush=True)
        self.heard.emit()


def main() -> None:
    """Be both ends, first with nobody there; end when nobody is there again."""
    app = QApplication([])
    theirs = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "file manager")
    fake, portal, asking, chooser = FakeFileManager(), FakePortal(), FileManager(), ProgramChooser()
    theirs.registerObject(_PORTAL, portal, QDBusConnection.RegisterOption.ExportAllSlots)
    theirs.registerObject(_PLACE, fake, QDBusConnection.RegisterOption.ExportAllSlots)

    def nobody() -> None:
        print("nobody", flush=True)
        chooser.choose(opened_to_choose(b"/etc/passwd"), come)

    def come(problem: WorldProblem) -> None:
        print(problem.message, flush=True)
        theirs.registerService(_NAME)
        theirs.registerService("org.freedesktop.portal.Desktop")
        asking.show_items([b"/a b", b"/\xff"], lambda: print("refused"))
        asking.show_properties([b"/a b"], lambda: print("refused"))
        chooser.choose(opened_to_choose(b"/etc/passwd"), print)

    def leave() -> None:
        theirs.unregisterService(_NAME)
        asking.show_items([b"/c"], app.quit)

    # What is asked arrives in the order it was asked in: with the last of it, all has.
    portal.heard.connect(leave, Qt.ConnectionType.QueuedConnection)
    asking.show_items([b"/a"], nobody)
    QTimer.singleShot(100_000, app, lambda: sys.exit("nothing came"))
    app.exec()


if __name__ == "__main__":
    main()
