"""The desktop's own dialog in which a program is chosen for a file, asked for through its portal."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vexgui.core.errors import WorldProblem
from vexgui.gui.language import tr, translated
from vexgui.system.opening import open_regular

if TYPE_CHECKING:
    from vexgui.gui.desktop.bus import Bus


class ProgramChooser(QObject):
    """Asks the portal to open files; it is handed each one open, so that no name is lost on the way."""

    _bus: "Bus | None" = None

    def choose(self, descriptor: int, refused: Callable[[WorldProblem], None]) -> None:
        """Have the user choose a program for an open file, which is closed here; tell where no desktop does that."""
        # imported late: the window opens sooner without it
        from PySide6.QtDBus import QDBusUnixFileDescriptor

        from vexgui.gui.desktop.bus import Bus, portal

        problem = WorldProblem(
            tr("This desktop has no dialog in which a program can be chosen."),
            tr("Choose one for the file in the file manager."),
        )
        handed = QDBusUnixFileDescriptor(descriptor)
        os.close(descriptor)
        bus = self._bus = self._bus or Bus(self)
        asked = ["", handed, {"ask": True}]
        bus.call(portal("OpenURI"), "OpenFile", asked, lambda _: None, lambda: refused(problem))


def opened_to_choose(path: bytes) -> int:
    """Return a descriptor of a file for which a program is to be chosen.

    Raises:
        WorldProblem: It is gone, may not be read, or is no regular file.
    """
    try:
        return open_regular(os.path.realpath(path))
    except OSError as error:
        raise WorldProblem(
            tr("The file cannot be opened: {reason}.").format(reason=translated(error.strerror or ""))
        ) from error
