"""What is known of a file that is neither picture nor text, beside the first picture of a video or a cover."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.files import Kind
from vexgui.gui.controls import Column, fold, muted
from vexgui.gui.details.facts import FactsGrid, breakable, wrapped
from vexgui.gui.language import tr
from vexgui.gui.margins import along
from vexgui.gui.preview.content import Picture
from vexgui.gui.preview.picture_view import PictureView
from vexgui.gui.theme import scaled

_SIDE_BY_SIDE_FROM = 620
_FACTS_WIDTH = 300


class FactsView(QWidget):
    """A picture or the sign of a kind of file, and rows of facts beside it, or beneath it where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = PictureView()
        self.picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.grid = FactsGrid()
        self._title = wrapped()
        self._title.setFont(scaled(self.font(), 1.2, bold=True))
        self._note = fold(muted())
        self._column = Column(tr("What is known of the file"))
        self._column.rows.setContentsMargins(20, 20, 20, 20)
        self._column.rows.setSpacing(12)
        self._column.rows.addWidget(self._title)
        self._column.rows.addWidget(self._note)
        self._column.rows.addWidget(self.grid)
        self._column.rows.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(along(16, 4, 0, 16))
        self._box.setSpacing(0)
        self._box.addWidget(self.picture, 1)
        self._box.addWidget(self._column)

    @property
    def note(self) -> str:
        """The sentence on why there is no more to be seen, or ""."""
        return self._note.text()

    def show_facts(self, kind: Kind, title: str, note: str, rows: Sequence[tuple[str, str]]) -> None:
        """Show facts, without a picture yet."""
        self.picture.clear(kind)
        self._title.setText(breakable(title))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.grid.show_rows(rows)

    def show_small(self, pixmap: QPixmap) -> None:
        """Show a small picture until the other comes."""
        self.picture.show_small(pixmap, pixmap.size(), is_page=True)

    def show_picture(self, picture: Picture) -> None:
        """Show a picture beside the facts."""
        self.picture.show_picture(picture, is_page=True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= _SIDE_BY_SIDE_FROM
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        if wide:
            self._column.setFixedWidth(_FACTS_WIDTH)
            self._column.setMaximumHeight(self.maximumHeight())
        else:
            self._column.setMinimumWidth(0)
            self._column.setMaximumWidth(self.maximumWidth())
            self._column.setMaximumHeight(self.height() // 2)
        super().resizeEvent(event)
