"""A window on the engine in memory, with a desktop that only notes what it is asked."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.fake_engine import FakeEngine, FakeFile
from vexgui.core.files import FileFacts
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Operations
from vexgui.gui.theme import Appearance, Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.window import MainWindow, Parts
from vexgui.system.thumbnails import ThumbnailCache

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class NotingShell:
    """Notes what the desktop was asked to do."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[bytes, ...]]] = []

    def open(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("open", tuple(paths)))

    def reveal(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("reveal", tuple(paths)))

    def copy_paths(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("copy paths", tuple(paths)))

    def copy_files(self, paths: Sequence[bytes]) -> None:
        self.asked.append(("copy files", tuple(paths)))


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
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
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
