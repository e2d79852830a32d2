"""Chips lie one after another in lines, none on another."""

import itertools

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vexgui.gui.controls import Button
from vexgui.gui.details.tags import TagRow
from vexgui.gui.flow import FlowLayout

TAGS = (
    "lake",
    "a tag of a few words",
    "red",
    "summer 2023",
    "family",
    "a tag that is so long that it cannot be shown whole",
)


@pytest.fixture
def row(qtbot: QtBot) -> TagRow:
    made = TagRow()
    qtbot.addWidget(made)
    made.resize(242, 200)
    made.show()
    return made


@pytest.mark.parametrize("width", [242, 600])
def test_chips_and_field_lie_beside_each_other(row: TagRow, width: int) -> None:
    row.resize(width, 200)
    for tags in (TAGS[:1], TAGS, TAGS[1:3]):
        row.show_tags(tags)
        widgets = [*row.chips, row.field]
        # What was added wants to be laid out; the event loop would do so at its next turn.
        QApplication.sendPostedEvents(row, QEvent.Type.LayoutRequest)
        for one, other in itertools.combinations(widgets, 2):
            assert not one.geometry().intersects(other.geometry())
        assert all(row.rect().contains(widget.geometry()) for widget in widgets)
        lowest = max(widget.geometry().bottom() for widget in widgets)
        assert row.heightForWidth(width) == lowest + 1


def test_from_right_to_left_the_first_chip_is_at_the_right(row: TagRow, qtbot: QtBot) -> None:
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row.show_tags(TAGS[:1])
    qtbot.waitUntil(lambda: row.chips[0].geometry().right() == row.rect().right())
    assert row.field.geometry().right() < row.chips[0].geometry().left()


def test_the_keyboard_stays_among_the_chips_when_one_goes(row: TagRow, qtbot: QtBot) -> None:
    row.show_tags(("a", "b", "c"))
    row.activateWindow()
    row.chips[1].setFocus()
    qtbot.waitUntil(row.chips[1].hasFocus)
    row.show_tags(("a", "c"))
    assert row.chips[1].hasFocus()
    row.show_tags(())
    assert row.field.hasFocus()


@pytest.mark.parametrize(
    ("words", "rows"), [(("Open", "Similar"), 1), (("Neu indizieren, bitte", "Alle Vektoren entfernen"), 2)]
)
def test_buttons_fill_their_row_and_long_ones_get_rows_of_their_own(
    qtbot: QtBot, words: tuple[str, str], rows: int
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=8, fills=True)
    buttons = [Button(word) for word in words]
    for button in buttons:
        flow.addWidget(button)
    flow.setGeometry(QRect(0, 0, 262, 200))
    got = [(button.x(), button.y(), button.width()) for button in buttons]
    assert len({y for _, y, _ in got}) == rows
    assert got[-1][0] + got[-1][2] in {262, 261}
    assert all(width >= button.sizeHint().width() for button, (_, _, width) in zip(buttons, got, strict=True))
