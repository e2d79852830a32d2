"""Somebody at the window: types, adds a folder, looks through very many results, and waits some minutes."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea
from typing_extensions import override

from vexgui.core.events import Activity, Progress
from vexgui.gui.window import MainWindow
from vexgui.probe.ticks import Ticks, memory_mb, since_start_s

_LOOK_MS = 25
_BETWEEN_LETTERS_S = 0.12
_READS_S = 1.0
_FRAME_S = 0.025
_IDLE_S = 5.0
_SCREENFULS = 150
_ANSWER_PATIENCE_S = 60.0
_INDEXES_S = 180.0

Wait = float | Callable[[], bool]
"""So many seconds, or until something holds."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is done in the window.

    Attributes:
        new: A folder to index meanwhile.
        listing: A query that very many files answer.
        typed: What to type.
    """

    new: bytes
    listing: str
    typed: Sequence[str]


class TookTooLong(Exception):
    """Something did not come about."""


class Session(QObject):
    """Plays the session in a window, and closes the window.

    Args:
        window: The window, which has just been shown.
        script: What to do in it; None: wait until it is open, and no more.
    """

    def __init__(self, window: MainWindow, script: Script | None) -> None:
        super().__init__(window)
        self.found: dict[str, object] = {}
        self.failure = ""
        self._window = window
        self._ticks = Ticks(self)
        self._indexed = False
        self._wait: Wait = 0.0
        self._since_s = time.monotonic()
        self._patience_s = _ANSWER_PATIENCE_S
        self._play = self._whole(script)
        window.installEventFilter(self)
        window.parts.bridge.progressed.connect(self._take_progress)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._timer.start(0)

    def _whole(self, script: Script | None) -> Generator[Wait, None, None]:
        window = self._window
        yield lambda: window.settled
        if script is None:
            return
        self._ticks.begin("typing while models are loaded")
        yield from self._type(script.typed[0])
        self._ticks.begin("typing while files are indexed")
        window.desk.add([script.new])
        for query in script.typed:
            yield from self._type(query)
        self._ticks.begin("listing all files")
        window.ask(script.listing, b"")
        yield 0.1
        yield lambda: window.settled
        self.found["listed"] = window.results.model().rowCount()
        self._ticks.begin("scrolling while files are indexed")
        yield from self._scroll(window.results)
        self.found["memory_mb"] = memory_mb()
        self._ticks.begin("waiting while files are indexed")
        over_s = time.monotonic() + _INDEXES_S
        self._patience_s = 2 * _INDEXES_S
        yield lambda: self._indexed or time.monotonic() > over_s
        self._ticks.begin("typing")
        for query in script.typed:
            yield from self._type(query)
        self.found["ticks"] = self._ticks.end()
        seen = yield from self._rest()
        window.hide()
        hidden = yield from self._rest()
        self.found["idle_share"] = {"seen": seen, "hidden": hidden}

    def _type(self, query: str) -> Generator[Wait, None, None]:
        self._window.ask("", b"")
        self._window.field.take_focus()
        for letter in query:
            QTest.keyClicks(self._window.field.edit, letter)
            yield _BETWEEN_LETTERS_S
        yield _READS_S
        yield lambda: self._window.settled
        QTest.keyClick(self._window.field.edit, Qt.Key.Key_Escape)
        yield _BETWEEN_LETTERS_S

    def _scroll(self, results: QAbstractScrollArea) -> Generator[Wait, None, None]:
        """Drag the scroll bar from one end to the other, then go on by pages."""
        bar = results.verticalScrollBar()
        for step in range(_SCREENFULS + 1):
            bar.setValue(bar.maximum() * step // _SCREENFULS)
            yield _FRAME_S
        for _ in range(_SCREENFULS):
            bar.setValue(bar.value() - bar.pageStep())
            yield _FRAME_S
        yield _READS_S

    def _rest(self) -> Generator[Wait, None, float]:
        """Do nothing for a while, and return the share of a processor that the window's process takes meanwhile."""
        yield _READS_S
        before_s = time.process_time()
        yield _IDLE_S
        return (time.process_time() - before_s) / _IDLE_S

    def _look(self) -> None:
        waits = not isinstance(self._wait, float) and not self._wait()
        if waits and time.monotonic() - self._since_s < self._patience_s:
            self._timer.start(_LOOK_MS)
            return
        try:
            if waits:
                raise TookTooLong
            self._wait = next(self._play)
            self._since_s = time.monotonic()
            self._timer.start(round(self._wait * 1000) if isinstance(self._wait, float) else _LOOK_MS)
        except StopIteration:
            self._end()
        except TookTooLong:
            self.failure = "Something took too long in the window."
            self._end()

    def _end(self) -> None:
        self._window.leave()

    def _take_progress(self, progress: Progress) -> None:
        if progress.activity is Activity.IDLE and progress.done >= progress.total:
            self._indexed = True
        elif progress.activity is Activity.INDEXING:
            self._indexed = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.found["first_paint_s"] = since_start_s()
            watched.removeEventFilter(self)
        return False
