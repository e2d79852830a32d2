"""Dragging results out of the window."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QDrag, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from vexgui.core.hits import Hit
from vexgui.gui.files.uris import drag_data, mime_of
from vexgui.gui.icons import kind_picture
from vexgui.gui.theme import scaled
from vexgui.gui.wording import number

DRAG_PX = 96
"""Longest side of the picture under the pointer, device-independent pixels."""


def drag_out(source: QWidget, hits: Sequence[Hit], picture: QPixmap | None, actions: Qt.DropAction) -> None:
    """Drag files, until they are dropped; never offers to move them."""
    drag = QDrag(source)
    drag.setMimeData(mime_of(drag_data([hit.path for hit in hits])))
    drag.setPixmap(_drag_picture(hits, picture, source.font()))
    drag.exec(actions, Qt.DropAction.CopyAction)


def _drag_picture(hits: Sequence[Hit], picture: QPixmap | None, font: QFont) -> QPixmap:
    """Return the first picture with the number of files on it."""
    drawn = picture or kind_picture(hits[0].kind, DRAG_PX // 2)
    drawn = drawn.scaled(
        QSize(DRAG_PX, DRAG_PX), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    if len(hits) > 1:
        painter = QPainter(drawn)
        painter.setFont(scaled(font, 1.0, bold=True))
        area = drawn.rect().adjusted(0, drawn.height() - 24, 0, 0)
        painter.fillRect(area, QColor(0, 0, 0, 160))
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number(len(hits)))
        painter.end()
    return drawn
