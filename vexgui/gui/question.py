"""A question that opens over the window, and is answered with one of two buttons."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, Look, ThinScrollBar, focus_ring, fold, heading, muted
from vexgui.gui.details.facts import breakable
from vexgui.gui.language import tr
from vexgui.gui.margins import rows_of

_WIDTH = 440
_MOST_LINES = 7
_MARGIN_PX = 8


class Question(QDialog):
    """Asks whether something shall be done.

    Args:
        title: The question.
        text: What it means.
        yes: What the button says that does it.
        named: What it is done to, a line each; nothing is shown for "".
        risky: Whether Enter leaves it alone as long as no other button was gone to.
        parent: The window.

    Signals:
        confirmed: It shall be done.
    """

    confirmed = Signal()

    def __init__(self, title: str, text: str, yes: str, *, named: str, risky: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        self.text = text
        self.named = named
        self.yes = Button(yes, look=Look.PRIMARY)
        self.no = Button(tr("Cancel"))
        self.setWindowTitle("VexGUI")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self._lay_out()
        (self.no if risky else self.yes).setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def accept(self) -> None:
        super().accept()
        self.confirmed.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        rows = rows_of(self)
        rows.addWidget(fold(heading(breakable(self.title), 1.1)))
        rows.addWidget(fold(muted(breakable(self.text))))
        if self.named:
            rows.addWidget(_Lines(self.named))
        rows.addStretch(1)
        rows.addSpacing(6)
        rows.addLayout(buttons)
        self.resize(_WIDTH, rows.totalHeightForWidth(_WIDTH))


class _Lines(QPlainTextEdit):
    """Lines that can be read, scrolled and copied, and leave Tab to the buttons."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Files"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical, self))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(_MARGIN_PX)
        lines = text.count("\n") + 1
        self.setFixedHeight((self.fontMetrics().lineSpacing() + 1) * min(_MOST_LINES, lines) + 2 * _MARGIN_PX)
        if lines <= _MOST_LINES:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            focus_ring(painter, QRectF(self.viewport().rect()), self.palette())
            painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
