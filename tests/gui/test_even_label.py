"""Text wraps into as few lines as it can, and these are about as long as one another."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vexgui.gui.even_label import EvenLabel, even_width

TEXT = "The model that looks at pictures is being downloaded. Search as before meanwhile."


def lines(text: str, metrics: QFontMetrics, width: int) -> int:
    area = metrics.boundingRect(QRect(0, 0, width, 0), int(Qt.TextFlag.TextWordWrap), text)
    return round(area.height() / metrics.lineSpacing())


def shown(qtbot: QtBot, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight) -> tuple[QWidget, EvenLabel]:
    page, label = QWidget(), EvenLabel(TEXT)
    page.setLayoutDirection(direction)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(QFontMetrics(label.font()).horizontalAdvance(TEXT) - 20, 200)
    page.show()
    return page, label


def test_the_last_word_is_not_left_alone(qtbot: QtBot) -> None:
    page, label = shown(qtbot)
    metrics = QFontMetrics(label.font())
    assert lines(TEXT, metrics, page.width()) == lines(TEXT, metrics, label.contentsRect().width()) == 2
    assert label.contentsRect().width() < page.width() * 0.6


def test_it_is_as_high_as_its_lines_whatever_width_it_had_before(qtbot: QtBot) -> None:
    page, label = shown(qtbot)
    line_px = QFontMetrics(label.font()).lineSpacing()
    narrow_px = page.width()
    for width_px, count in ((narrow_px, 2), (2 * narrow_px, 1), (narrow_px, 2), (narrow_px // 2, 3)):
        page.resize(width_px, 200)
        qtbot.waitUntil(lambda count=count: round(label.height() / line_px) == count)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_lines_begin_where_one_begins_to_read(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    page, label = shown(qtbot, direction)
    room = label.contentsRect()
    begins_left = direction is Qt.LayoutDirection.LeftToRight
    assert (room.left() == 0, room.right() == page.width() - 1) == (begins_left, not begins_left)


def test_one_line_is_as_wide_as_it_is(qtbot: QtBot) -> None:
    _page, label = shown(qtbot)
    metrics = QFontMetrics(label.font())
    assert even_width("One line", metrics, 600) < metrics.horizontalAdvance("One line") + 8
