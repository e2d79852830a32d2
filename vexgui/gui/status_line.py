"""The line at the bottom: what was found, what the indexer is doing, and the buttons that tell more and pause it."""

import math

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vexgui.core.events import Activity, ModelProgress, Progress
from vexgui.core.paths import name_of, shown
from vexgui.gui.controls import Button, ElidedLabel, Look
from vexgui.gui.language import tr
from vexgui.gui.margins import along
from vexgui.gui.standing.activity import ActivityPopover
from vexgui.gui.stripe import ProgressStripe
from vexgui.gui.theme import scaled
from vexgui.gui.wording import fetched, is_busy, progress_line, waiting_line

_HOUR_S = 3600.0
_NAME_FROM = 900
"""Width, pixels, from which there is room for the name of the file in hand; it is told above the line, too."""


class StatusLine(QWidget):
    """Shows two texts and a thin bar.

    Attributes:
        pauses: What the button offers while nothing is paused.
        told: Whether anything was said about the indexer yet.
        activity: Tells more about the indexer.

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
        self._is_useful = True
        role = QPalette.ColorRole.PlaceholderText
        self._result = ElidedLabel(role=role, mode=Qt.TextElideMode.ElideRight)
        self._result.setAccessibleName(tr("Result count"))
        self._current = ElidedLabel(role=role, mode=Qt.TextElideMode.ElideMiddle)
        self._current.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._current.setAccessibleName(tr("File being indexed"))
        self._doing = Button(icon="up", look=Look.QUIET)
        self._doing.clicked.connect(self.show_activity)
        self._doing.hide()
        self.activity = ActivityPopover(self)
        self.activity.pause_asked.connect(self.pause_asked)
        self.activity.resume_asked.connect(self.resume_asked)
        small = scaled(self.font(), 0.93)
        for label in (self._result, self._current, self._doing):
            label.setFont(small)
        self._bar = ProgressStripe()
        self._pause = Button(icon="pause", look=Look.FLAT, name=tr("Pause indexing"))
        self._pause.clicked.connect(self._toggle)
        self._pause.setEnabled(False)
        self.pauses = QMenu(self)
        self.pauses.addAction(tr("Pause"), lambda: self.pause_asked.emit(math.inf))
        self.pauses.addAction(tr("Pause for an hour"), lambda: self.pause_asked.emit(_HOUR_S))
        row = QHBoxLayout(self)
        row.setContentsMargins(along(16, 2, 8, 4))
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
        name = tr("Resume indexing") if paused else tr("Pause indexing")
        self._pause.setAccessibleName(name)
        self._pause.setToolTip(name)
        self._pause.setEnabled(progress.activity is not Activity.STOPPED)
        self._doing.setToolTip(waiting_line(progress))
        self.activity.show_progress(progress)

    @Slot(object)
    def show_fetching(self, fetching: ModelProgress | None) -> None:
        """Say how far the download of a model is, while the indexer has nothing to say."""
        self._fetching = fetching
        self.activity.show_fetching(fetching)
        self._show_doing()

    def _show_doing(self) -> None:
        progress, fetching = self._progress, self._fetching
        if fetching is not None and not is_busy(progress):
            self._say(tr("Downloading {name}, {amount}").format(name=fetching.name, amount=fetched(fetching)))
            self._bar.show_share(fetching.share)
        else:
            self._say(progress_line(progress))
            self._bar.show_share(progress.done / progress.total if is_busy(progress) and progress.total else None)

    def set_useful(self, *, useful: bool) -> None:
        """Take whether there is anything that the indexer could do."""
        self._is_useful = useful
        self._doing.setVisible(useful and bool(self._doing.text()))
        self._pause.setVisible(useful)

    @Slot()
    def show_activity(self) -> None:
        """Tell more about the indexer."""
        self.activity.open_above(self)

    def _say(self, text: str) -> None:
        if text != self._doing.text():
            self._doing.setText(text)
            self._doing.setAccessibleName(tr("Indexing progress: {progress}").format(progress=text))
            self._doing.setVisible(bool(text) and self._is_useful)
            self._doing.updateGeometry()

    @Slot()
    def _toggle(self) -> None:
        if self._progress.activity is Activity.PAUSED:
            self.resume_asked.emit()
        else:
            self.pauses.popup(self._pause.mapToGlobal(QPoint(0, -self.pauses.sizeHint().height())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._current.setVisible(self.width() >= _NAME_FROM)
