"""A window on the engine in memory, with a desktop that only notes what it is asked."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, SignalInstance
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import MultiSignalBlocker, SignalBlocker
from typing_extensions import override

from tests.gui.fake_engine import FakeEngine, FakeFile
from tests.waiting import PATIENCE_S
from vexgui.core.files import FileFacts
from vexgui.core.reports import Failure
from vexgui.gui import toast
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.files.pasting import Pasted
from vexgui.gui.files.trash import Trashed, TrashReport
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Operations
from vexgui.gui.theme import Appearance, Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.window import MainWindow, Parts
from vexgui.system.desktop_entry import Application
from vexgui.system.thumbnails import ThumbnailCache

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Or the window would speak the language of whoever runs the tests.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

_PATIENCE_MS = round(PATIENCE_S * 1000)


@pytest.fixture(autouse=True)
def garbage_waits() -> Iterator[None]:
    """Have garbage collected after each test, on the window's thread, as the program does: see `GarbageCollector`."""
    gc.disable()
    yield
    collect_garbage()


def collect_garbage() -> None:
    """Leave nothing of Qt's to Python's own collector, which runs in any thread; what is in use is kept for good."""
    if QApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def toasts_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what a toast says be there until a test looks at it, however busy the computer is."""
    monkeypatch.setattr(toast, "_LASTS_MS", _PATIENCE_MS)


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_left_empty() -> Iterator[None]:
    """Have what Python put on the clipboard taken apart while there is Python: without a desktop Qt does it later."""
    yield
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()


class PatientQtBot(QtBot):
    """Waits longer than pytest-qt does by itself: that the computer has more to do is no mistake of the window's."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(self, signal: SignalInstance, *, timeout: int = _PATIENCE_MS, **rest: Any) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **rest)

    @override
    def waitSignals(
        self, signals: list[SignalInstance], *, timeout: int = _PATIENCE_MS, **rest: Any
    ) -> MultiSignalBlocker:
        return super().waitSignals(signals, timeout=timeout, **rest)


@pytest.fixture
def operations(qapp: object) -> Iterator[Operations]:
    """Calls off the window's thread."""
    made = Operations()
    yield made
    made.close()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientQtBot(request)


class NotingShell:
    """Notes what the desktop was asked to do.

    Attributes:
        programs: Those that open any file.
        has_file_manager: Whether there is one that shows properties.
        clipboard: What it carries.
        untrashable: What else is told of files that were to go to the trash.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[bytes, ...]]] = []
        self.programs: tuple[Application, ...] = ()
        self.has_file_manager = True
        self.clipboard = Pasted()
        self.untrashable: tuple[Failure, ...] = ()

    def open(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("open", tuple(paths)))

    def reveal(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("reveal", tuple(paths)))

    def copy_paths(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("copy paths", tuple(paths)))

    def copy_files(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("copy files", tuple(paths)))

    def find_openers(self, paths: Sequence[bytes], found: Callable[[tuple[Application, ...]], None]) -> None:
        found(self.programs)

    def open_with(self, application: Application, paths: Sequence[bytes]) -> None:
        self.asked.append((f"open with {application.name}", tuple(paths)))

    def choose_program(self, path: bytes) -> None:
        self.asked.append(("choose", (path,)))

    def show_properties(self, paths: Sequence[bytes], refused: Callable[[], None]) -> None:
        self.asked.append(("properties", tuple(paths)))
        if not self.has_file_manager:
            refused()

    def pasted(self) -> Pasted:
        return self.clipboard

    def keep(self, found: Pasted, kept: Callable[[Sequence[bytes]], None]) -> None:
        self.asked.append(("keep", found.paths))
        if found.paths:
            kept(found.paths)

    def trash(self, paths: Sequence[bytes], done: Callable[[TrashReport], None]) -> None:
        self.asked.append(("trash", tuple(paths)))
        done(TrashReport(tuple(Trashed(path, b"/trash" + path) for path in paths), self.untrashable))

    def bring_back(self, files: Sequence[Trashed], done: Callable[[tuple[Failure, ...]], None]) -> None:
        self.asked.append(("bring back", tuple(file.kept for file in files)))
        done(())

    def close(self) -> None:
        self.asked.append(("close", ()))


class Bench:
    """A window with all that it stands on."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.shell = NotingShell()
        self.engine = FakeEngine()
        self.operations = Operations()
        self.bridge = EngineBridge()
        self.loader = ThumbnailLoader(ThumbnailCache(os.fsencode(folder / "thumbnails")), self._page)
        self.theme = Theme(app, Appearance.LIGHT)
        self.memory = Memory(b"")
        self.window = MainWindow(Parts(self.operations, self.bridge, self.loader, self.shell, self.memory, self.theme))
        self.window.resize(1200, 780)

    def open(self, engine: FakeEngine) -> MainWindow:
        """Give the window an engine, and wait until it has settled."""
        self.engine = engine
        self.window.show()
        self.window.take_engine(engine)
        self.settle()
        return self.window

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: self.window.settled and not self.operations.busy)

    def _page(self, path: bytes, longest_px: int) -> bytes:
        return self.engine.thumbnail(path, longest_px)

    def ask(self, query: str) -> None:
        """Search, and wait for the answer."""
        self.window.ask(query, b"")
        self.settle()

    def shown(self) -> list[bytes]:
        """Return the paths in the grid."""
        return [hit.path for hit in self.window.found.model.hits]

    def close(self) -> None:
        """Let go of everything, as the application does."""
        self.window.close()
        self.bridge.close()
        self.operations.abandon()
        self.engine.close()
        self.operations.close()
        self.loader.close()
        self.window.deleteLater()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setenv("HOME", str(tmp_path))  # or the folders of whoever runs the tests would be suggested
    made = Bench(qtbot, qapp, tmp_path)
    yield made
    made.close()


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., bytes]:
    """Return a function that draws a picture file of a size and colour."""

    def draw(name: str | bytes, width: int = 640, height: int = 400, color: str = "#336699") -> bytes:
        path = os.path.join(os.fsencode(tmp_path), os.fsencode(name))
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor(color))
        plain = os.fsencode(tmp_path / "drawn.jpg")
        assert image.save(os.fsdecode(plain), "JPEG")
        os.replace(plain, path)
        return path

    return draw


@pytest.fixture
def library(tmp_path: Path, picture: Callable[..., bytes]) -> FakeEngine:
    """An engine that knows one root with a few files of several kinds."""
    home = os.fsencode(tmp_path)
    texts = {
        b"bread.md": "A loaf of bread for the lake cabin: flour, water, salt.",
        b"trip.txt": "On the second day we swam in the lake until the sun went down.",
        b"levels.py": "def level(): return 433.9  # metres",
        b"lease.pdf": "The tenant may use the lake house in July.",
    }
    for name, text in texts.items():
        with open(os.path.join(home, name), "w") as file:
            file.write(text)
    facts = FileFacts(width=640, height=400, taken="2023-07-14T18:22:05", camera="Fujifilm X-T4")
    files = [FakeFile(os.path.join(home, name), text) for name, text in texts.items()]
    files.append(FakeFile(picture("evening.jpg"), "", ("water at dusk",), facts))
    files.append(FakeFile(picture("noon.jpg"), "", ("nothing", "water at dusk")))
    return FakeEngine(files, [home])
