"""The page between searches: how much can be searched, and what to try."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.reports import RootInfo
from vexgui.gui.controls import Button, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.language import tr, trn
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.wording import number, query_known_as, root_name

_MOST_RECENT = 6
_BUTTON_SIGNS = 24
_ROOMY = 600


class IdlePage(MessagePage):
    """Invites to search.

    Signals:
        query_chosen: A query to ask.
        add_asked: The user wants to add a folder.
        open_asked: The folder of a path is to be shown in the file manager.
    """

    query_chosen = Signal(str)
    add_asked = Signal()
    open_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.open = Button(tr("Open folder"), "folder")
        self.add = Button(tr("Add another folder…"), "folder-add")
        super().__init__("vexgui", (self.open, self.add), parent)
        self._folder = b""
        self.open.clicked.connect(lambda: self.open_asked.emit(self._folder))
        self.add.clicked.connect(self.add_asked)
        self._queries: tuple[str, ...] = ()
        self._narrow = False
        self._caption = muted("", wraps=False)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        self._invitation = QWidget()
        queries = QVBoxLayout(self._invitation)
        queries.setContentsMargins(0, 0, 0, 0)
        queries.setSpacing(14)
        queries.addWidget(self._caption)
        queries.addLayout(self._choices)
        self.column.insertWidget(self.column.count() - 1, self._invitation)
        self.show_state((), reading=True)
        self.show_recent(())

    def show_state(self, roots: Sequence[RootInfo], *, reading: bool) -> None:
        """Say how much can be searched.

        Args:
            roots: The folders kept indexed.
            reading: Whether files are being looked for or read.
        """
        files = sum(root.files for root in roots)
        empty_roots = bool(roots) and not files and not reading
        if files:
            title = trn("Search {count} file by what it means", "Search {count} files by what they mean", files)
            text = tr("Describe what you remember. A file need not contain the words, and pictures are found too.")
        elif empty_roots:
            title = trn("There are no files in {folder} yet", "There are no files in your folders yet", len(roots))
            text = tr("Files that you put there are found within seconds. Hidden files are left out.")
        else:
            title = tr("Looking for files…")
            text = tr("Files can be found as soon as the first of them have been read.")
        self._folder = roots[0].path if roots else b""
        folder = root_name(self._folder) if self._folder else ""
        self.say(title.format(count=number(files), folder=folder), text)
        for button in (self.open, self.add):
            button.setVisible(empty_roots)
        self._invitation.setVisible(bool(files))

    def show_recent(self, recent: Sequence[str]) -> None:
        """Offer earlier queries, or examples when there are none."""
        self._caption.setText(tr("Searched before") if recent else tr("For example"))
        self._queries = tuple(recent[:_MOST_RECENT]) or examples()
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
        known = query_known_as(query)
        short = known if len(known) <= _BUTTON_SIGNS else known[: _BUTTON_SIGNS - 1] + "…"
        button = Button(short, "search", name=tr("Search for {query}").format(query=known))
        button.clicked.connect(lambda: self.query_chosen.emit(query))
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._narrow != (self.width() < _ROOMY):
            self._lay_out()


def examples() -> tuple[str, ...]:
    """Return queries that show what can be asked."""
    return tr("sunset at the sea"), tr("invoice from last spring"), tr("how to bake bread")
