"""What the indexer is doing and why, in a small window above the status line, with the buttons that hold it."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.events import Activity, ModelProgress, Progress
from vexgui.core.files import Kind
from vexgui.gui.controls import RADIUS, Button, ElidedLabel, fold, heading, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.icons import kind_picture, tinted
from vexgui.gui.language import tr, translated
from vexgui.gui.standing.conditions import FETCHING, Condition, Weight
from vexgui.gui.stripe import ProgressStripe
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import (
    fetched,
    is_busy,
    kind_counted,
    kind_plural,
    known_as,
    number,
    rate,
    span,
    with_keys,
)

_WIDTH, _EDGE_PX = 380, 8
_HOUR_S = 3600.0
_KIND_PX = 20


class ActivityPopover(QFrame):
    """Tells what is done, why, how far it is, what waits, and what is not as it should be.

    Signals:
        pause_asked: Hold the indexer, for so many seconds; infinity until it is resumed.
        resume_asked: Let it go on.
        refresh_asked: Look for changes now.
        act_asked: Something is to be done about a `Condition`.
    """

    pause_asked = Signal(float)
    resume_asked = Signal()
    refresh_asked = Signal()
    act_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(tr("What the indexer is doing"))
        self._title = heading("", 1.1)
        self._why = fold(muted())
        self._stripe = ProgressStripe(wide=True)
        self._file = ElidedLabel(role=QPalette.ColorRole.PlaceholderText, is_path=True)
        self._file.setAccessibleName(tr("File being indexed"))
        self._pace = muted(wraps=False)
        self._waiting = QGridLayout()
        self._waiting.setContentsMargins(0, 4, 0, 0)
        self._waiting.setHorizontalSpacing(10)
        self._waiting.setVerticalSpacing(3)
        self._waiting.setColumnStretch(1, 1)
        self._fetching = muted(wraps=False)
        self._fetching_stripe = ProgressStripe(wide=True)
        self._concerns = QVBoxLayout()
        self._shown: tuple[Condition, ...] = ()
        self._counts: dict[str, str] = {}
        self._concerns.setSpacing(8)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(6)
        for widget in (self._title, self._why, self._stripe, self._file, self._pace):
            rows.addWidget(widget)
        rows.addLayout(self._waiting)
        rows.addWidget(self._fetching)
        rows.addWidget(self._fetching_stripe)
        rows.addLayout(self._concerns)
        rows.addSpacing(6)
        rows.addLayout(self._buttons())
        self.show_fetching(None)
        self.show_progress(Progress(Activity.STOPPED))

    @property
    def said(self) -> tuple[str, str, str, str]:
        """What is done, why, the file in hand, and the pace."""
        return self._title.text(), self._why.text(), self._file.text(), self._pace.text()

    @property
    def waiting(self) -> dict[str, str]:
        """What waits: a number for each kind."""
        return dict(self._counts)

    def show_progress(self, progress: Progress) -> None:
        """Say what the indexer is doing."""
        busy, paused = is_busy(progress), progress.activity is Activity.PAUSED
        self._title.setText(doing(progress))
        _say(self._why, reason(progress))
        self._stripe.show_share(progress.done / progress.total if busy and progress.total else None)
        _say(self._file, known_as(progress.current) if busy else "")
        _say(self._pace, pace(progress) if busy else "")
        self._show_waiting(progress.waiting)
        for button in (self.pause, self.pause_hour):
            button.setVisible(not paused)
            button.setEnabled(progress.activity is not Activity.STOPPED)
        self.resume.setVisible(paused)
        self._fit()

    def show_fetching(self, fetching: ModelProgress | None) -> None:
        """Say how far the download of a model is."""
        _say(self._fetching, _download(fetching) if fetching else "")
        share = fetching.done_bytes / fetching.total_bytes if fetching and fetching.total_bytes else None
        self._fetching_stripe.show_share(share)
        self._fit()

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Say what is not as it should be; downloads are told elsewhere here."""
        if tuple(conditions) == self._shown:
            return
        self._shown = tuple(conditions)
        empty(self._concerns)
        for condition in conditions:
            if condition.name != FETCHING:
                self._concerns.addWidget(_Concern(condition, self.act_asked.emit))
        self._fit()

    def show_refresh_keys(self, keys: str) -> None:
        """Name the keys that look for changes, "" for none."""
        self.refresh.call(with_keys(self.refresh.text(), keys))

    def open_above(self, widget: QWidget) -> None:
        """Open above the end of a widget."""
        layout = self.layout()
        if layout is not None:
            self._take_size(layout)
        is_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = _EDGE_PX if is_left else widget.width() - self.width() - _EDGE_PX
        self.move(widget.mapToGlobal(QPoint(left, -self.height() - 6)))
        self.show()
        first = self.resume if self.resume.isVisible() else self.pause
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _buttons(self) -> QHBoxLayout:
        self.pause = Button(tr("Pause"), "pause")
        self.pause_hour = Button(tr("For an hour"))
        self.pause_hour.setAccessibleName(tr("Pause for an hour"))
        self.pause_hour.setToolTip(tr("Pause for an hour"))
        self.resume = Button(tr("Resume"), "play")
        self.refresh = Button(tr("Look for changes"), "refresh")
        self.pause.clicked.connect(lambda: self.pause_asked.emit(math.inf))
        self.pause_hour.clicked.connect(lambda: self.pause_asked.emit(_HOUR_S))
        self.resume.clicked.connect(self.resume_asked)
        self.refresh.clicked.connect(self._refresh)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.pause, self.pause_hour, self.resume):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.refresh)
        return row

    @Slot()
    def _refresh(self) -> None:
        self.refresh_asked.emit()
        self.close()

    def _show_waiting(self, waiting: Sequence[tuple[Kind, int]]) -> None:
        counts = {kind_plural(kind): number(count) for kind, count in waiting}
        if counts == self._counts:
            return
        self._counts = counts
        empty(self._waiting)
        for row, (kind, count) in enumerate(waiting):
            picture = QLabel()
            picture.setPixmap(kind_picture(kind, _KIND_PX, self.devicePixelRatioF()))
            many = QLabel(number(count))
            many.setAccessibleName(kind_counted(kind, count))
            self._waiting.addWidget(picture, row, 0)
            self._waiting.addWidget(QLabel(tr("{kind} waiting").format(kind=kind_plural(kind))), row, 1)
            self._waiting.addWidget(many, row, 2, Qt.AlignmentFlag.AlignTrailing)

    def _fit(self) -> None:
        """Take the height that is needed, upwards."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            bottom = self.geometry().bottom()
            self._take_size(layout)
            self.move(self.x(), bottom - self.height() + 1)

    def _take_size(self, layout: QLayout) -> None:
        layout.activate()
        width = max(_WIDTH, layout.totalMinimumSize().width())
        self.setFixedSize(width, max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tones(self.palette()).outline, 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS + 2, RADIUS + 2)
        painter.end()


class _Concern(QWidget):
    """A condition with the button that does something about it."""

    def __init__(self, condition: Condition, act: Callable[[Condition], None]) -> None:
        super().__init__()
        palette = self.palette()
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        color = tones(palette).warning if condition.weight is Weight.WARNING else quiet
        picture = QLabel()
        picture.setPixmap(tinted("warning" if condition.weight is Weight.WARNING else "info", 18, color))
        text = fold(QLabel(condition.text))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setFont(scaled(text.font(), 0.93))
        row = QGridLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setHorizontalSpacing(10)
        row.setColumnStretch(1, 1)
        row.addWidget(picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 0, 1)
        if condition.act is not None:
            button = Button(condition.button)
            button.clicked.connect(lambda: act(condition))
            row.addWidget(button, 1, 1, Qt.AlignmentFlag.AlignLeading)


def doing(progress: Progress) -> str:
    """Return what the indexer is doing, as a title."""
    words = {
        Activity.IDLE: tr("Everything is up to date"),
        Activity.STOPPED: tr("The indexer does not run"),
        Activity.PAUSED: tr("Indexing is paused"),
        Activity.SCANNING: tr("Looking for files"),
        Activity.INDEXING: tr("Reading files: {done} of {total}"),
        Activity.FILLING: tr("Reading for meaning: {done} of {total}"),
        Activity.RESTORING: tr("Reading the vectors on files: {done} so far"),
        Activity.FORGETTING: tr("Removing vectors: {done} of {total}"),
        Activity.COMPACTING: tr("Tidying the index: {done} %"),
    }
    return words[progress.activity].format(done=number(progress.done), total=number(progress.total))


def reason(progress: Progress) -> str:
    """Return why the indexer does what it does, a sentence, or ""."""
    if progress.activity is Activity.IDLE:
        return tr("Changes to files are taken in as they happen.")
    if progress.activity is Activity.PAUSED:
        left = progress.total - progress.done
        files = tr("{count} files wait.").format(count=number(left)) if left > 0 else ""
        return f"{_sentence(translated(progress.why))} {files}".strip()
    return _sentence(translated(progress.why))


def pace(progress: Progress) -> str:
    """Return how quickly it goes, and how long it takes."""
    parts = []
    if progress.rate > 0:
        parts.append(tr("{rate} files a second").format(rate=rate(progress.rate)))
    if progress.eta_s is not None:
        parts.append(tr("about {time} left").format(time=span(progress.eta_s)))
    return " · ".join(parts)


def _download(fetching: ModelProgress) -> str:
    return tr("Downloading {name}: {amount}").format(name=fetching.name, amount=fetched(fetching))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
