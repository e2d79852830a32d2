"""The search field: an icon, the text, a sign that an answer is awaited, and a button that clears."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QConicalGradient, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, Look, focus_ring
from vexgui.gui.icons import tinted
from vexgui.gui.theme import scaled, tones

_HEIGHT = 42
_BUSY_AFTER_MS = 500
_TURN_MS = 40
_RADIUS = 12.0
_INVITATION = "Describe what you are looking for…"
_TOKEN_SIGNS = 40


class SearchField(QFrame):
    """Takes the query.

    Signals:
        changed: The text, whenever it changes.
        entered: Enter was pressed.
        down: The user wants into the results: with Down or Page down.
        escaped: Escape was pressed in the empty field.
    """

    changed = Signal(str)
    entered = Signal()
    down = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setFrame(False)
        self.edit.setPlaceholderText(_INVITATION)
        self.edit.setAccessibleName("Search")
        self.edit.setAccessibleDescription("Finds files by name, by their words and by what they mean")
        self.edit.setFont(scaled(self.edit.font(), 1.15))
        clear = QPalette(self.edit.palette())
        clear.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.edit.setPalette(clear)
        self.edit.setAutoFillBackground(False)
        self._clear = Button(icon="close", look=Look.FLAT, name="Clear the search")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._clear.clicked.connect(self.clear)
        self._spinner = _Spinner(self)
        self._token = Button(icon="close", look=Look.PLAIN)
        self._token.setFont(scaled(self.font(), 0.93))
        self._token.hide()
        self._token.clicked.connect(self.escaped)
        row = QHBoxLayout(self)
        row.setContentsMargins(42, 0, 5, 0)
        row.setSpacing(4)
        row.addWidget(self._token)
        row.addWidget(self.edit, 1)
        row.addWidget(self._spinner)
        row.addWidget(self._clear)
        self.setFixedHeight(_HEIGHT)
        self.setFocusProxy(self.edit)
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.returnPressed.connect(self.entered)

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Replace what is typed, as if typed."""
        self.edit.setText(text)

    def set_quietly(self, text: str) -> None:
        """Replace what is typed without asking the engine."""
        self.edit.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.edit.setText(text)
        self.edit.blockSignals(False)  # noqa: FBT003
        self._clear.setVisible(bool(text))

    def show_token(self, text: str) -> None:
        """Show what is searched for instead of words, or with "" nothing; clicking it leaves that search."""
        short = text if len(text) <= _TOKEN_SIGNS else f"{text[: _TOKEN_SIGNS - 12]}…{text[-11:]}"
        self._token.setText(short)
        self._token.setAccessibleName(f"Leave the search for {text}")
        self._token.setVisible(bool(text))
        self._token.updateGeometry()
        self.edit.setPlaceholderText("" if text else _INVITATION)

    def take_focus(self) -> None:
        """Put the keyboard here, with all text selected."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def append(self, text: str) -> None:
        """Put the keyboard at the end of the text and type there."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.end(False)  # noqa: FBT003 - Qt's own signature
        self.edit.insert(text)

    @Slot()
    def clear(self) -> None:
        """Empty the field."""
        self.edit.clear()
        self.changed.emit("")

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        """Show, after a moment, that an answer is awaited."""
        self._spinner.run(busy)

    @Slot(str)
    def _text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.changed.emit(text)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
                self.down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.edit.text():
                    self.edit.clear()
                else:
                    self.escaped.emit()
                return True
        if isinstance(event, QFocusEvent):
            self.update()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(tones(self.palette()).outline, 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if self.edit.hasFocus():
            focus_ring(painter, area, self.palette(), _RADIUS)
        color = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.drawPixmap(14, (self.height() - 20) // 2, tinted("search", 20, color, self.devicePixelRatioF()))
        painter.end()


class _Spinner(QWidget):
    """A turning ring that appears only when waiting takes a while."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._angle = 0
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_BUSY_AFTER_MS)
        self._delay.timeout.connect(self._appear)
        self._turning = QTimer(self)
        self._turning.setInterval(_TURN_MS)
        self._turning.timeout.connect(self._turn)
        self.setFixedSize(QSize(22, 22))

    def run(self, running: bool) -> None:  # noqa: FBT001 - follows a signal
        if not running:
            self._delay.stop()
            self._turning.stop()
            self.update()
        elif not self._turning.isActive() and not self._delay.isActive():
            self._delay.start()

    @Slot()
    def _appear(self) -> None:
        self._turning.start()

    @Slot()
    def _turn(self) -> None:
        self._angle = (self._angle - 14) % 360
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._turning.isActive():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        fading = QConicalGradient(area.center(), self._angle)
        fading.setColorAt(0, self.palette().color(QPalette.ColorRole.Accent))
        fading.setColorAt(1, Qt.GlobalColor.transparent)
        painter.setPen(QPen(fading, 2.4))
        painter.drawEllipse(area)
        painter.end()
