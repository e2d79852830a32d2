"""Runs the window: from the first paint, before the engine is there, to the exit code."""

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from threading import Event as Flag
from types import FrameType, TracebackType
from typing import Protocol

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from vexgui.core.errors import VexError
from vexgui.engine.api import EngineApi
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.icons import app_icon
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Lane, Operations, OurMistake
from vexgui.gui.screenshot import Photographer
from vexgui.gui.shell import DesktopShell
from vexgui.gui.theme import Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.window import MainWindow, Parts
from vexgui.system.thumbnails import ThumbnailCache, thumbnails_folder

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")
APPLICATION_ID = "io.github.vexgui.VexGUI"
_GRACE_S = 3.0

OpenEngine = Callable[[], EngineApi]


class Presenter(Protocol):
    """The window as other threads see it."""

    def present(self, query: str, similar: bytes) -> None:
        """Bring the window to the front and show a query's answer, or the files like one; from any thread."""
        ...


class WindowHandle(QObject):
    """Carries wishes of other threads to the window."""

    _wished = Signal(str, object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wished.connect(self._present, Qt.ConnectionType.QueuedConnection)

    def present(self, query: str, similar: bytes) -> None:
        """Bring the window to the front and show a query's answer, or the files like one; from any thread."""
        self._wished.emit(query, similar)

    @Slot(str, object)
    def _present(self, query: str, similar: bytes) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._window.ask(query, similar)


class EngineHolder:
    """Opens the engine on a worker thread and closes what was opened, also when the window did not wait for it."""

    def __init__(self, open_engine: OpenEngine) -> None:
        self._open_engine = open_engine
        self._engine: EngineApi | None = None

    def open(self, _stop: Flag) -> EngineApi:
        """Open the engine."""
        self._engine = self._open_engine()
        return self._engine

    def thumbnail(self, path: bytes, longest_px: int) -> bytes:
        """Return a PNG that the engine makes of a file, b"" if it has none or there is no engine yet."""
        engine = self._engine
        return b"" if engine is None else engine.thumbnail(path, longest_px)

    def close(self) -> None:
        """Close the engine if it was opened."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()


def run_window(
    open_engine: OpenEngine,
    *,
    query: str = "",
    similar: bytes = b"",
    screenshot: bytes = b"",
    size: tuple[int, int] = (1200, 780),
    state_file: bytes = b"",
    on_ready: Callable[[Presenter], None] | None = None,
) -> int:
    """Show the window until it is closed, and return the exit code.

    Args:
        open_engine: Opens the engine; called on a worker thread, and the engine is closed at the end.
        query: What to search for at once.
        similar: The file whose like to search for at once.
        screenshot: Save the window here as PNG when it has settled, and end.
        size: Width and height of the window when none was remembered.
        state_file: Where the window's size and recent queries are kept; b"" keeps nothing.
        on_ready: Called with the window's handle once it is shown.
    """
    app = _application()
    memory = Memory(state_file)
    theme = Theme(app, memory.appearance)
    operations = Operations()
    bridge = EngineBridge()
    holder = EngineHolder(open_engine)
    loader = ThumbnailLoader(ThumbnailCache(thumbnails_folder(os.environb)), holder.thumbnail)
    window = MainWindow(Parts(operations, bridge, loader, DesktopShell(operations), memory, theme))
    code = 0

    def failed(error: VexError) -> None:
        nonlocal code
        window.show_failure(error)
        if screenshot:
            sys.stderr.write(f"{error}\n")
            code = error.exit_code

    def photographed(error: VexError | None) -> None:
        nonlocal code
        if error is not None:
            sys.stderr.write(f"{error}\n")
            code = error.exit_code
        window.close()

    def open_again() -> None:
        operations.start(Lane.ERRANDS, holder.open, window.take_engine, failed)

    if not state_file or memory.geometry("window").isEmpty() or screenshot:
        window.resize(*size)
    window.retry_asked.connect(open_again)
    # A loop of our own: after the application's own loop has quit, no other loop of this process would run.
    loop = QEventLoop()
    app.setQuitOnLastWindowClosed(False)
    window.closed.connect(loop.quit)
    with _qt_logged(), _mistakes_shown(window), _ended_by_signals(window):
        open_again()  # it is loaded while the window is drawn
        window.show()
        window.field.setFocus()
        window.ask(query, similar)
        if screenshot:
            Photographer(window, screenshot, photographed)
        if on_ready is not None:
            on_ready(WindowHandle(window))
        loop.exec()
    bridge.close()
    operations.abandon()
    # Calls that end by themselves may do so in peace; closing the engine ends the others.
    operations.wait(_GRACE_S)
    holder.close()
    operations.close()
    loader.close()
    holder.close()
    window.deleteLater()
    return code


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


def _application() -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("vexgui")
    app.setApplicationDisplayName("VexGUI")
    app.setDesktopFileName(APPLICATION_ID)
    app.setWindowIcon(app_icon())
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
        mistake = OurMistake(f"Something went wrong inside VexGUI: {error}.", "The log has the details.")
        window.banner.tell(mistake)

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


@contextlib.contextmanager
def _ended_by_signals(window: MainWindow) -> Iterator[None]:
    """Close the window on SIGINT and SIGTERM; Python by itself would notice only after the next Qt event."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reading, writing = socket.socketpair()
    writing.setblocking(False)  # noqa: FBT003 - the socket's own signature
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)

    def close_window() -> None:
        reading.recv(1)
        window.close()

    def received(_number: int, _frame: FrameType | None) -> None:
        """Do nothing: the descriptor that Python writes to wakes Qt."""

    notifier.activated.connect(close_window)
    before = {number: signal.signal(number, received) for number in (signal.SIGINT, signal.SIGTERM)}
    waker = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(waker)
        for number, handler in before.items():
            signal.signal(number, handler)
        reading.close()
        writing.close()
