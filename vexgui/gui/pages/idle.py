"""The page between searches: how much can be searched, and what to try."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.wording import counted

_EXAMPLES = ("sunset at the sea", "invoice from last spring", "how to bake bread")
_MOST_RECENT = 6
_BUTTON_SIGNS = 24
_ROOMY = 600


class IdlePage(MessagePage):
    """Invites to search.

    Signals:
        query_chosen: A query to ask.
    """

    query_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("vexgui", (), parent)
        self._queries: tuple[str, ...] = ()
        self._narrow = False
        self._caption = muted("", wraps=False)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        before_last = self.column.count() - 1
        self.column.insertWidget(before_last, self._caption)
        self.column.insertSpacing(before_last + 1, 4)
        self.column.insertLayout(before_last + 2, self._choices)
        self.show_counts(0)
        self.show_recent(())

    def show_counts(self, files: int) -> None:
        """Say how much can be searched."""
        title = f"Search {counted(files, 'file', 'files')} by what they mean" if files else "Nothing is indexed yet"
        text = (
            "Describe what you remember. A file need not contain the words, and pictures are found too."
            if files
            else "Files can be found as soon as the first of them have been read."
        )
        self.say(title, text)

    def show_recent(self, recent: Sequence[str]) -> None:
        """Offer earlier queries, or examples when there are none."""
        self._caption.setText("Searched before" if recent else "For example")
        self._queries = tuple(recent[:_MOST_RECENT]) or _EXAMPLES
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the queries in rows, one a row where there is little room."""
        self._narrow = self.width() < _ROOMY
        empty(self._choices)
        beside = 1 if self._narrow else 3
        for start in range(0, len(self._queries), beside):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addStretch(1)
            for query in self._queries[start : start + beside]:
                row.addWidget(self._button(query))
            row.addStretch(1)
            self._choices.addLayout(row)

    def _button(self, query: str) -> Button:
        short = query if len(query) <= _BUTTON_SIGNS else query[: _BUTTON_SIGNS - 1] + "…"
        button = Button(short, "search", name=f"Search for {query}")
        button.clicked.connect(lambda: self.query_chosen.emit(query))
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._narrow != (self.width() < _ROOMY):
            self._lay_out()
