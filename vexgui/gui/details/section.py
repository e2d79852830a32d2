"""Cards with a heading; one with blocks of text, each with a quiet title: reasons, passages."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vexgui.gui.controls import Button, Card, Look, fold, heading, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.language import tr
from vexgui.gui.theme import scaled
from vexgui.gui.wording import number

Block = tuple[str, str]
"""A title in plain text, and rich text beneath it."""


class HeadedCard(Card):
    """A card with a heading.

    Attributes:
        head: The heading's line, to which signs may be added.
        rows: That line, and what is added beneath it.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QHBoxLayout()
        self.head.addWidget(heading(title), 1)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(14, 12, 14, 14)
        self.rows.setSpacing(8)
        self.rows.addLayout(self.head)


class Section(HeadedCard):
    """Blocks of text; where there are many, the first few until more are asked for.

    Args:
        title: The heading.
        few: How many blocks are shown at first.
    """

    def __init__(self, title: str, few: int, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._few = few
        self._blocks: list[Block] = []
        self._body = QVBoxLayout()
        self._body.setSpacing(3)
        self.more = Button(look=Look.QUIET)
        self.more.clicked.connect(lambda: self._set(len(self._blocks)))
        self.rows.addLayout(self._body)
        self.rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)

    def texts(self) -> list[str]:
        """Return the texts of the blocks as rich text."""
        return [text for _, text in self._blocks]

    def show_blocks(self, blocks: list[Block]) -> None:
        """Show other blocks."""
        self.setVisible(bool(blocks))
        if blocks != self._blocks:
            self._blocks = blocks
            self._set(self._few)

    def _set(self, most: int) -> None:
        """Put at most so many blocks on the card."""
        empty(self._body)
        small = scaled(self.font(), 0.93)
        for place, (title, text) in enumerate(self._blocks[:most]):
            if place:
                self._body.addSpacing(6)
            label = fold(muted(title))
            label.setFont(scaled(self.font(), 0.85))
            self._body.addWidget(label)
            if text:
                self._body.addWidget(_rich(text, small))
        left = len(self._blocks) - most
        self.more.setVisible(left > 0)
        self.more.setText(tr("Show {count} more").format(count=number(left)))
        self.more.setAccessibleName(self.more.text())


def _rich(text: str, font: QFont) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setFont(font)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return fold(label)
