"""Text that wraps into lines of about the same length, so that no word stands alone in the last."""

from bisect import bisect_left

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from vexgui.gui.controls import fold

_SLACK_PX = 4
"""A label may set its words a little wider than they are measured."""


class EvenLabel(QLabel):
    """Plain text in as few lines as its room allows, and these as narrow as they can be."""

    def __init__(
        self, text: str = "", *, role: QPalette.ColorRole = QPalette.ColorRole.WindowText, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        fold(self)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(role)
        self.setText(text)

    @override
    def setText(self, text: str, /) -> None:
        super().setText(text)
        self._even()

    def _even(self) -> None:
        """Leave free what the lines do not need."""
        spare = max(0, self.width() - even_width(self.text(), QFontMetrics(self.font()), self.width()))
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            left, right = spare // 2, spare - spare // 2
        elif self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = spare, 0
        else:
            left, right = 0, spare
        self.setContentsMargins(left, 0, right, 0)

    @override
    def heightForWidth(self, width: int, /) -> int:
        margins = self.contentsMargins()  # which another width does not have
        return super().heightForWidth(width + margins.left() + margins.right())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._even()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange}:
            self._even()


def even_width(text: str, metrics: QFontMetrics, widest: int) -> int:
    """Return the least width, pixels, in which a text takes no more lines than it must in the widest."""

    def height(width: int) -> int:
        return metrics.boundingRect(QRect(0, 0, width, 0), int(Qt.TextFlag.TextWordWrap), text).height()

    lowest = height(widest - _SLACK_PX)
    return bisect_left(range(widest), True, lo=1, key=lambda width: height(width) <= lowest) + _SLACK_PX  # noqa: FBT003
