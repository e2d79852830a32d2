"""A strip above the results that tells of trouble until it is dismissed."""

from PySide6.QtCore import QEvent, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.events import Trouble
from vexgui.gui.controls import RADIUS, Button, Look, fold
from vexgui.gui.icons import tinted
from vexgui.gui.theme import tones
from vexgui.gui.wording import counted


class Banner(QFrame):
    """Shows the newest trouble in words; earlier ones that were not dismissed are counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[str] = []
        self._icon = QLabel(self)
        self._text = QLabel(self)
        fold(self._text)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName("Trouble")
        close = Button(icon="close", look=Look.FLAT, name="Dismiss")
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._dress()
        self.hide()

    @property
    def message(self) -> str:
        """What is shown now."""
        return self._text.text() if self._messages else ""

    @Slot(object)
    def tell(self, trouble: Trouble | VexError) -> None:
        """Show a sentence and its remedy."""
        message = f"{trouble.message} {trouble.remedy}".strip()
        if message in self._messages:
            self._messages.remove(message)
        self._messages.append(message)
        more = len(self._messages) - 1
        self._text.setText(
            message if not more else f"{message} (And {counted(more, 'message', 'messages')} before it.)"
        )
        self._text.setToolTip("\n".join(reversed(self._messages)) if more else "")
        self.show()

    @Slot()
    def dismiss(self) -> None:
        """Forget what was told."""
        self._messages.clear()
        self.hide()

    def _dress(self) -> None:
        self._icon.setPixmap(tinted("warning", 20, tones(self.palette()).warning, self.devicePixelRatioF()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tones(self.palette()).warning_ground)
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.end()
