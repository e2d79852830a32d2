"""Runs the window: from the first paint, before the engine is there, to the exit code."""

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Iterator
from threading import Event as Flag
from types import TracebackType

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from vexgui.core.errors import EngineLost, VexError
from vexgui.engine.api import EngineApi
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.files.shell import DesktopShell
from vexgui.gui.frame import Parts
from vexgui.gui.garbage import GarbageCollector
from vexgui.gui.icons import app_icon
from vexgui.gui.language import set_language, wanted_language
from vexgui.gui.memory import Memory
from vexgui.gui.opening import OpenEngine, Opening
from vexgui.gui.operations import Lane, Operations, OurMistake
from vexgui.gui.screenshot import Photographer
from vexgui.gui.theme import Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.window import MainWindow
from vexgui.system.ending import EndSignals
from vexgui.system.thumbnails import ThumbnailCache, thumbnails_folder

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")
APPLICATION_ID = "io.github.vexgui.VexGUI"
_GRACE_S = 1.5
_SHOWN_MS = 300


class WindowHandle(QObject):
    """Carries wishes of other threads to the window."""

    _wished = Signal(str, object, str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wished.connect(self._present, Qt.ConnectionType.QueuedConnection)

    def present(self, query: str, similar: bytes, activation: str = "") -> None:
        """Bring the window to the front and show a query's answer, or the files like one; from any thread."""
        self._wished.emit(query, similar, activation)

    @Slot(str, object, str)
    def _present(self, query: str, similar: bytes, activation: str) -> None:
        if activation:
            # Where Qt looks for it when a window is activated.
            os.environ["XDG_ACTIVATION_TOKEN"] = activation
        self._window.come_to_front()
        self._window.ask(query, similar)


class EngineHolder:
    """Opens the engine on a worker thread and closes what was opened, also when the window did not wait for it."""

    def __init__(self, open_engine: OpenEngine, give_up: Callable[[], None] | None = None) -> None:
        self._open_engine = open_engine
        self._give_up = give_up
        self._engine: EngineApi | None = None

    def open(self, _stop: Flag) -> EngineApi:
        """Open the engine."""
        self._engine = self._open_engine()
        return self._engine

    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        """Return a PNG that the engine makes of a file, b"" if it has none.

        Raises:
            EngineLost: There is no engine yet, or none any more.
        """
        engine = self._engine
        if engine is None:
            raise EngineLost
        return engine.thumbnail(path, longest_px)

    def close(self) -> None:
        """Close the engine if it was opened; else it is not waited for any more, where one can give it up."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()
        elif self._give_up is not None:
            self._give_up()


def run_window(opening: Opening) -> int:
    """Show the window until it is closed, and return the exit code."""
    memory = Memory(opening.state_file)
    app = _application(wanted_language(memory.choice("language"), os.environ))
    theme = Theme(app, memory.appearance)
    operations = Operations()
    bridge = EngineBridge()
    holder = EngineHolder(opening.open_engine, opening.give_up)
    loader = ThumbnailLoader(ThumbnailCache(thumbnails_folder(os.environb)), holder.thumbnail)
    window = MainWindow(Parts(operations, bridge, loader, DesktopShell(operations), memory, theme))
    code = 0

    def failed(error: VexError) -> None:
        nonlocal code
        window.show_failure(error)
        if opening.screenshot:
            sys.stderr.write(f"{error}\n")
            code = error.exit_code

    def photographed(error: VexError | None) -> None:
        nonlocal code
        if error is not None:
            sys.stderr.write(f"{error}\n")
            code = error.exit_code
        window.leave()

    def open_again() -> None:
        operations.start(Lane.ERRANDS, holder.open, window.take_engine, failed)

    if not opening.state_file or memory.geometry("window").isEmpty() or opening.screenshot:
        window.resize(*opening.size)
    window.retry_asked.connect(open_again)
    # A loop of our own: after the application's own loop has quit, no other loop of this process would run.
    loop = QEventLoop()
    app.setQuitOnLastWindowClosed(False)
    window.closed.connect(loop.quit)
    with (
        GarbageCollector(window, window.isVisible),
        _qt_logged(),
        _mistakes_shown(window),
        _left_on(opening.ended, window),
    ):
        open_again()  # it is loaded while the window is drawn
        window.show()
        window.field.setFocus()
        window.ask(opening.query, opening.similar)
        if opening.screenshot:
            Photographer(window, opening.screenshot, photographed)
        else:
            QTimer.singleShot(_SHOWN_MS, window, lambda: _join_desktop(window))
        if opening.on_ready is not None:
            opening.on_ready(WindowHandle(window))
        loop.exec()
        _end(bridge, operations, holder, loader)
    window.deleteLater()
    return code


def _end(bridge: EngineBridge, operations: Operations, holder: EngineHolder, loader: ThumbnailLoader) -> None:
    """End all that goes on beside the window."""
    bridge.close()
    operations.abandon()
    # Calls that end by themselves may do so in peace; closing the engine ends the others.
    operations.wait(_GRACE_S)
    holder.close()
    operations.close()
    loader.close()
    holder.close()


def _join_desktop(window: MainWindow) -> None:
    """Look at the desktop around the window; what that takes is loaded only when the window stands."""
    from vexgui.gui.desktop.bus import Bus
    from vexgui.gui.desktop.desktop import Desktop
    from vexgui.gui.desktop.tray import Tray

    Desktop(window, Bus(window), Tray(window))


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@contextlib.contextmanager
def _qt_logged() -> Iterator[None]:
    """Write what Qt has to say to the log instead of the terminal, but for a line that says nothing.

    Only once there is an application: why there can be none belongs on the terminal.
    """

    def heard(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        # Said of every window that is not on a screen, with --screenshot.
        if "propagateSizeHints" not in message:
            _qt_log.log(_LEVELS[kind], "%s", message)

    before = qInstallMessageHandler(heard)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _application(language: str) -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("vexgui")
    app.setApplicationDisplayName("VexGUI")
    app.setDesktopFileName(APPLICATION_ID)
    app.setWindowIcon(app_icon())
    set_language(app, language)
    return app


@contextlib.contextmanager
def _mistakes_shown(window: MainWindow) -> Iterator[None]:
    """Log what goes wrong in our own code on the window's thread, and tell the user that something did."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        _log.critical("an exception in the window", exc_info=(kind, error, trace))
        window.banner.tell(OurMistake(error))

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


@contextlib.contextmanager
def _left_on(ended: EndSignals | None, window: MainWindow) -> Iterator[None]:
    """Close the window on what ends a program.

    Python by itself would notice only after the next Qt event.
    """
    if ended is None:
        yield
        return
    notifier = QSocketNotifier(ended.descriptor, QSocketNotifier.Type.Read)

    def leave() -> None:
        ended.take()
        window.leave()

    notifier.activated.connect(leave)
    try:
        yield
    finally:
        notifier.setEnabled(False)
