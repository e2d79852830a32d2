"""A page of results on the engine in memory."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.fake_engine import FakeEngine, many_hits
from vexgui.core.hits import Answer, Band, Hit
from vexgui.core.query import Order
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Operations
from vexgui.gui.results.page import ResultsPage
from vexgui.gui.thumbnails.loader import ThumbnailLoader

_NONE = Qt.KeyboardModifier.NoModifier


class Shown:
    """A page of results over an engine in memory."""

    def __init__(self, qtbot: QtBot, operations: Operations, loader: ThumbnailLoader) -> None:
        self.qtbot = qtbot
        self.engine = FakeEngine()
        self.page = ResultsPage(loader, operations, Memory(b""))
        qtbot.addWidget(self.page)
        self.page.connect_engine(self.engine)
        self.page.resize(820, 600)
        self.page.show()
        self.view = self.page.view

    def answer(self, hits: tuple[Hit, ...], *, again: bool = False, order: Order | None = None) -> None:
        """Show hits as the answer to a question, wait until what is in sight is there."""
        self.engine.answers["?"] = Answer(hits)
        self.page.show_answer(self.engine.search("?", 100, order=order), keep_place=again)
        self.settle()

    def settle(self) -> None:
        """Wait until what is looked at has come."""
        self.qtbot.waitUntil(lambda: self.view.settled)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.qtbot.keyClick(self.view, key, modifier)

    def click(self, row: int, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """Click on a row."""
        at = self.view.visualRect(self.page.model.index(row)).center()
        self.qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    @property
    def rows(self) -> list[int]:
        """The selected rows."""
        return sorted(index.row() for index in self.view.selectionModel().selectedIndexes())

    @property
    def row(self) -> int:
        """The current row."""
        return self.view.currentIndex().row()


def banded(*counts: int) -> tuple[Hit, ...]:
    """Return hits of which so many are in each band."""
    bands = [band for band, count in zip(Band, counts, strict=False) for _ in range(count)]
    return tuple(replace(hit, band=band) for hit, band in zip(many_hits(len(bands)).hits, bands, strict=True))
