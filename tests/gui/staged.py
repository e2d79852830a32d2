"""A window over the collection of the golden screenshots, in any of their states."""

import os
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import NotingShell
from tests.gui.golden.collection import Home
from tests.gui.golden.scenes import Act, Scene
from tests.waiting import PATIENCE_S
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.frame import Parts
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Operations
from vexgui.gui.theme import Appearance, Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.window import MainWindow
from vexgui.system.thumbnails import ThumbnailCache


class Staged:
    """The window in a scene, with all that it stands on; closed by `close`."""

    def __init__(self, qtbot: QtBot, app: QApplication, home: Home, scene: Scene, thumbnails: Path) -> None:
        self._qtbot = qtbot
        self._app = app
        self.operations = Operations()
        self._bridge = EngineBridge(meanwhile_ms=10)
        self.engine = scene.engine(home)
        self._loader = ThumbnailLoader(ThumbnailCache(os.fsencode(thumbnails)), self.engine.thumbnail)
        self._theme = Theme(app, Appearance.LIGHT)
        parts = Parts(self.operations, self._bridge, self._loader, NotingShell(), Memory(b""), self._theme)
        self.window = MainWindow(parts)
        self.window.resize(*scene.size)
        self.window.show()
        self.window.activateWindow()
        self.window.take_engine(self.engine)
        self.settle()
        for act in scene.acts:
            self.do(act)

    def do(self, act: Act) -> None:
        """Have something happen, and wait until the window has come to rest."""
        act(self.window, self.engine)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way, all is laid out, and what was let go of is gone."""
        until_s = time.monotonic() + PATIENCE_S
        while True:
            assert time.monotonic() < until_s, "the window does not come to rest"
            self._qtbot.waitUntil(self._rests)
            self._tidy()
            if self._rests():  # or what was tidied up has brought something about
                return

    def close(self, *kept: QObject) -> None:
        """Let go of everything but what is kept, as the application does."""
        self.window.leave()
        self._bridge.close()
        self.operations.abandon()
        self.engine.close()
        self.operations.close()
        self._loader.close()
        # The program has one of each for as long as it runs; what they call would keep the window.
        for each in (self.window, self._theme, self._bridge, self.operations, self._loader):
            if each not in kept:
                each.deleteLater()
        self._tidy()

    def _rests(self) -> bool:
        return self.window.settled and self.window.details.settled and not self.operations.busy

    def _tidy(self) -> None:
        self._app.processEvents()
        self._app.sendPostedEvents()  # answers that came last have not been laid out
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
