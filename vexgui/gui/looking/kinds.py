"""The colours of kinds of files on maps and charts: those of their icons."""

from PySide6.QtGui import QColor

from vexgui.core.files import Kind

KIND_COLORS = {
    Kind.IMAGE: QColor("#12a594"),
    Kind.DOCUMENT: QColor("#3e83ee"),
    Kind.TEXT: QColor("#7688a3"),
    Kind.CODE: QColor("#8e63ea"),
    Kind.AUDIO: QColor("#dd4f92"),
    Kind.VIDEO: QColor("#e8613c"),
    Kind.ARCHIVE: QColor("#a9804c"),
    Kind.OTHER: QColor("#8a929c"),
}
