"""The panel alone, on an engine in memory."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.fake_engine import FakeEngine, FakeFile
from vexgui.core.files import FileFacts
from vexgui.core.hits import Band, Hit, Why
from vexgui.gui.details.panel import DetailsPanel
from vexgui.gui.operations import Operations
from vexgui.gui.theme import palette_for
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.system.thumbnails import ThumbnailCache


class PanelBench:
    """A panel with all that it stands on."""

    def __init__(self, qtbot: QtBot, engine: FakeEngine, folder: Path) -> None:
        self.qtbot = qtbot
        self.engine = engine
        self.operations = Operations()
        self.loader = ThumbnailLoader(ThumbnailCache(os.fsencode(folder / "thumbnails")), engine.thumbnail)
        self.panel = DetailsPanel(self.loader, self.operations)
        self.panel.similar.rest.setInterval(0)
        self.panel.connect_engine(engine)
        self.panel.resize(308, 700)
        self.panel.setPalette(palette_for(dark=False))
        self.panel.show()

    def add(self, name: str, facts: FileFacts | None = None, tags: tuple[str, ...] = (), text: str = "") -> Hit:
        """Have the engine know a file, and return it as a hit."""
        path = f"/home/ana/{name}".encode()
        file = FakeFile(path, text, facts=facts or FileFacts(), tags=tags)
        self.engine.files[path] = file
        return Hit(path, 0.9, Band.STRONG, (Why("name", 0, name),), file.kind, 1000, 1)

    def show(self, hit: Hit) -> None:
        """Show a file, and what the engine knows of it."""
        self.panel.show_hit(hit)
        self.panel.show_inspection(self.engine.inspect(hit.path))

    def settle(self) -> None:
        """Wait until all has been answered."""
        self.qtbot.waitUntil(lambda: not self.operations.busy)

    def close(self) -> None:
        """Let go of everything."""
        self.operations.abandon()
        for gate in self.engine.gates.values():
            gate.set()
        self.operations.close()
        self.loader.close()
        self.panel.deleteLater()


@pytest.fixture
def alone(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., PanelBench]]:
    """Return a function that makes a panel on an engine."""
    made: list[PanelBench] = []

    def make(engine: FakeEngine | None = None) -> PanelBench:
        made.append(PanelBench(qtbot, engine or FakeEngine(), tmp_path))
        return made[-1]

    yield make
    for bench in made:
        bench.close()
