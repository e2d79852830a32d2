"""Where screenshots are taken: one application, dressed the same on every machine."""

import gc
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.conftest import NotingShell, collect_garbage
from tests.gui.golden.collection import Home
from tests.gui.golden.scenes import Scene
from tests.waiting import PATIENCE_S
from vexgui.gui import toast
from vexgui.gui.bridge import EngineBridge
from vexgui.gui.frame import Parts
from vexgui.gui.language import set_language
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Operations
from vexgui.gui.theme import Appearance, Theme
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.window import MainWindow
from vexgui.system import thumbnails
from vexgui.system.thumbnails import ThumbnailCache

_TYPEFACE = Path(__file__).parent / "font"
_TEXT_PX = 13
_LOOK_S = 0.012
_CALM_LOOKS = 5


def surroundings(home: Path, scale: int) -> dict[str, str]:
    """Return the environment of a process that takes screenshots in a home that it is to make, and in a scale."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.fspath(home),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_FONT_DPI": "96",
        "QT_SCALE_FACTOR": str(scale),
    }


class Stage:
    """Takes screenshots in one look, light or dark."""

    def __init__(self, app: QApplication, appearance: Appearance, home: Home) -> None:
        gc.disable()  # in this window's threads
        self._app = app
        self._home = home
        self._theme = Theme(app, appearance)
        app.setCursorFlashTime(0)
        app.setFont(_typeface())
        self._thumbnails = tempfile.mkdtemp(dir=home.folder.parent)
        toast._LASTS_MS = round(PATIENCE_S * 1000)
        thumbnails._LEAST_FREE = 0  # a thumbnail that was kept looks a little other than one that was just made

    def photograph(self, scene: Scene) -> QImage:
        """Return how a scene looks."""
        try:
            return self._photograph(scene)
        finally:
            collect_garbage()

    def _photograph(self, scene: Scene) -> QImage:
        set_language(self._app, scene.language)
        operations, bridge = Operations(), EngineBridge(meanwhile_ms=10)
        engine = scene.engine(self._home)
        loader = ThumbnailLoader(ThumbnailCache(os.fsencode(self._thumbnails)), engine.thumbnail)
        window = MainWindow(Parts(operations, bridge, loader, NotingShell(), Memory(b""), self._theme))
        try:
            window.resize(*scene.size)
            window.show()
            window.activateWindow()
            window.field.setFocus()
            window.take_engine(engine)
            self._settle(window, operations)
            for act in scene.acts:
                act(window, engine)
                self._settle(window, operations)
            return _together(scene.shown(window), window)
        finally:
            self._strike(window, (bridge.close, operations.abandon, engine.close, operations.close, loader.close))

    def _settle(self, window: MainWindow, operations: Operations) -> None:
        """Wait until nothing in the window changes any more."""
        until_s, calm = time.monotonic() + PATIENCE_S, 0
        while calm < _CALM_LOOKS:
            assert time.monotonic() < until_s, "the window does not come to rest"
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            is_calm = window.settled and window.details.settled and not operations.busy
            calm = calm + 1 if is_calm else 0
            time.sleep(_LOOK_S)

    def _strike(self, window: MainWindow, closing: tuple[Callable[[], object], ...]) -> None:
        window.leave()
        for close in closing:
            close()
        window.deleteLater()


def _together(widget: QWidget, window: QWidget) -> QImage:
    """Return a widget with what has popped up before it."""
    picture = widget.grab()
    painter = QPainter(picture)
    corner = widget.mapToGlobal(QPoint(0, 0))
    for other in window.findChildren(QWidget):
        if other.isWindow() and other.isVisible() and other is not widget:
            painter.drawPixmap(other.mapToGlobal(QPoint(0, 0)) - corner, other.grab())
    painter.end()
    return picture.toImage()


def _typeface() -> QFont:
    families = set()
    for file in sorted(_TYPEFACE.glob("*.ttf")):
        families.update(QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(os.fspath(file))))
    (family,) = families
    font = QFont(family)
    font.setPixelSize(_TEXT_PX)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
