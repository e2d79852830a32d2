"""A part of the side list: a heading, a button beside it perhaps, and rows."""

from collections.abc import Sequence

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vexgui.gui.controls import Button, fold, muted
from vexgui.gui.margins import along
from vexgui.gui.side.row import RowColumn, SideRow
from vexgui.gui.theme import scaled


class Section(QWidget):
    """Rows of one kind under a heading; hidden while it has none, unless it says so instead.

    Args:
        title: The heading.
        button: What stands beside the heading.
        hint: What is said in place of rows where there are none; "" hides the section then.
    """

    def __init__(self, title: str, button: Button | None = None, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        name = QLabel(title)
        name.setFont(scaled(name.font(), 0.9, bold=True))
        name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        top = QHBoxLayout()
        top.setContentsMargins(along(10, 0, 0, 0))
        top.addWidget(name, 1)
        if button is not None:
            top.addWidget(button)
        self.column = RowColumn()
        self._hint = fold(muted(hint))
        self._hint.setFont(scaled(self._hint.font(), 0.88))
        self._hint.setContentsMargins(along(10, 0, 6, 4))
        self._has_hint = bool(hint)
        self.parts = QVBoxLayout(self)
        self.parts.setContentsMargins(0, 0, 0, 0)
        self.parts.setSpacing(2)
        self.parts.addLayout(top)
        self.parts.addWidget(self.column)
        self.parts.addWidget(self._hint)
        self.show_rows(())

    def show_rows(self, rows: Sequence[SideRow]) -> None:
        """Show other rows instead."""
        self.column.show_rows(rows)
        self._hint.setVisible(self._has_hint and not rows)
        self.setVisible(self._has_hint or bool(rows))
