"""Widgets that keep their shape: as wide as their column is, and as high as goes with that."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

_USUAL_WIDTH = 250


class Shaped(QWidget):
    """A widget that takes what width there is.

    Args:
        share: Its height as a share of its width.
        highest_px: Its greatest height.
        parent: What it lies in.
    """

    def __init__(self, share: float, highest_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self._highest_px = highest_px
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return min(self._highest_px, round(width * self._share))

    @override
    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))
