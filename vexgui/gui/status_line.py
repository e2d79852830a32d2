"""The line at the bottom: what was found, what the indexer is doing, and the button that pauses it."""

import math

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.events import Activity, ModelProgress, Progress
from vexgui.core.paths import name_of, shown
from vexgui.gui.controls import Button, ElidedLabel, Look, muted
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import fetched, is_busy, progress_line, waiting_line

_STRIPE_SIZE = QSize(96, 6)
_HOUR_S = 3600.0


class StatusLine(QWidget):
    """Shows two texts and a thin bar.

    Attributes:
        pauses: What the button offers while nothing is paused.
        told: Whether anything was said about the indexer yet.

    Signals:
        pause_asked: Hold the indexer, for so many seconds; infinity until it is resumed.
        resume_asked: Let it go on.
    """

    pause_asked = Signal(float)
    resume_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = Progress(Activity.STOPPED)
        self._fetching: ModelProgress | None = None
        self.told = False
        role = QPalette.ColorRole.PlaceholderText
        self._result = ElidedLabel(role=role, mode=Qt.TextElideMode.ElideRight)
        self._result.setAccessibleName("Result count")
        self._current = ElidedLabel(role=role, mode=Qt.TextElideMode.ElideMiddle)
        self._current.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._current.setAccessibleName("File being indexed")
        self._doing = muted(wraps=False)
        self._doing.setAccessibleName("Indexing progress")
        small = scaled(self.font(), 0.93)
        for label in (self._result, self._current, self._doing):
            label.setFont(small)
        self._bar = ProgressStripe()
        self._pause = Button(icon="pause", look=Look.FLAT, name="Pause indexing")
        self._pause.clicked.connect(self._toggle)
        self._pause.setEnabled(False)
        self.pauses = QMenu(self)
        self.pauses.addAction("Pause", lambda: self.pause_asked.emit(math.inf))
        self.pauses.addAction("Pause for an hour", lambda: self.pause_asked.emit(_HOUR_S))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 8, 4)
        row.setSpacing(12)
        row.addWidget(self._result, 1)
        row.addWidget(self._current, 1)
        row.addWidget(self._doing)
        row.addWidget(self._bar)
        row.addWidget(self._pause)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def progress(self) -> Progress:
        """Where the indexer stood when it last spoke."""
        return self._progress

    @property
    def doing(self) -> str:
        """The text about the indexer."""
        return self._doing.text()

    @property
    def current(self) -> str:
        """The name of the file in hand."""
        return self._current.text()

    @property
    def result(self) -> str:
        """The text about the answer."""
        return self._result.text()

    def show_result(self, text: str) -> None:
        """Say what was found."""
        if text != self._result.text():
            self._result.setText(text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._result, text))

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Say what the indexer is doing."""
        self.told = True
        self._progress = progress
        self._show_doing()
        self._current.setText(shown(name_of(progress.current)) if is_busy(progress) and progress.current else "")
        paused = progress.activity is Activity.PAUSED
        self._pause.show_icon("play" if paused else "pause")
        name = "Resume indexing" if paused else "Pause indexing"
        self._pause.setAccessibleName(name)
        self._pause.setToolTip(name)
        self._pause.setEnabled(progress.activity is not Activity.STOPPED)
        self._doing.setToolTip(waiting_line(progress))

    @Slot(object)
    def show_fetching(self, fetching: ModelProgress | None) -> None:
        """Say how far the download of a model is, while the indexer has nothing to say."""
        self._fetching = fetching
        self._show_doing()

    def _show_doing(self) -> None:
        progress, fetching = self._progress, self._fetching
        if fetching is not None and not is_busy(progress):
            self._doing.setText(f"Downloading {fetching.name}, {fetched(fetching)}")
            self._bar.show_share(fetching.done_bytes / fetching.total_bytes if fetching.total_bytes else None)
        else:
            self._doing.setText(progress_line(progress))
            self._bar.show_share(progress.done / progress.total if is_busy(progress) and progress.total else None)

    @Slot()
    def _toggle(self) -> None:
        if self._progress.activity is Activity.PAUSED:
            self.resume_asked.emit()
        else:
            self.pauses.popup(self._pause.mapToGlobal(QPoint(0, -self.pauses.sizeHint().height())))


class ProgressStripe(QWidget):
    """A thin bar of what is done, as wide as there is room if wanted; nothing is drawn when nothing is under way."""

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        self._share: float | None = None
        if wide:
            self.setFixedHeight(_STRIPE_SIZE.height())
        else:
            self.setFixedSize(_STRIPE_SIZE)
        self.hide()

    def show_share(self, share: float | None) -> None:
        """Show a share between 0 and 1, or nothing."""
        self._share = share
        self.setVisible(share is not None)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._share is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(tones(self.palette()).outline)
        painter.drawRoundedRect(area, 3, 3)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
        painter.drawRoundedRect(QRectF(0, 0, max(6.0, area.width() * min(1.0, self._share)), 6), 3, 3)
        painter.end()
