"""Margins lie where one begins to read."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QApplication

from vexgui.gui.margins import along


@pytest.fixture
def rightwards(qapp: QApplication) -> Iterator[QApplication]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_line_begins_on_the_left_in_most_languages(qapp: QApplication) -> None:
    assert along(1, 2, 3, 4) == QMargins(1, 2, 3, 4)


def test_a_line_begins_on_the_right_where_one_reads_from_there(rightwards: QApplication) -> None:
    assert along(1, 2, 3, 4) == QMargins(3, 2, 1, 4)
