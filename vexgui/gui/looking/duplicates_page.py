"""The page of duplicates: what is there more than once, and what could be saved."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.looking import DuplicateFile, DuplicateGroup
from vexgui.gui.controls import Button, Column, Look
from vexgui.gui.details.facts import empty
from vexgui.gui.dialogs import question
from vexgui.gui.language import tr, trn
from vexgui.gui.looking.choice import Choice
from vexgui.gui.looking.duplicate_card import DuplicateCard
from vexgui.gui.looking.head import PlaceHead
from vexgui.gui.margins import along
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.question import Question
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.wording import known_as, number, size

_AT_A_TIME = 30


class DuplicatesPage(QWidget):
    """Lists groups of duplicates; those that go are moved to the trash.

    Signals:
        trash_asked: What is chosen is to go: a tuple of `Choice`.
        reveal_asked: Files to show in the file manager, a list of paths.
        left: The user wants to go back to where they were.
    """

    trash_asked = Signal(object)
    reveal_asked = Signal(object)
    left = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._groups: tuple[DuplicateGroup, ...] | None = None
        self._choices: list[Choice] = []
        self._cards: list[DuplicateCard] = []
        self.trash = Button(tr("Move to the trash…"), "remove", look=Look.PRIMARY)
        self.trash.clicked.connect(lambda: self.trash_asked.emit(self.choices))
        self.head = PlaceHead(tr("Duplicates"), (self.trash,))
        self.head.left.connect(self.left)
        self._list = Column(tr("Duplicates"))
        self._list.rows.setContentsMargins(along(0, 0, 8, 8))
        self._list.rows.setSpacing(10)
        self._message = MessagePage("duplicates")
        self._message.say(tr("Looking for duplicates…"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        self._stack.addWidget(self._list)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(along(8, 0, 0, 0))
        rows.setSpacing(6)
        rows.addWidget(self.head)
        rows.addWidget(self._stack, 1)
        self._sum_up()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is to become of each group."""
        return tuple(self._choices)

    @property
    def cards(self) -> list[DuplicateCard]:
        """What is shown of the groups."""
        return list(self._cards)

    @Slot(object)
    def take_groups(self, groups: Sequence[DuplicateGroup]) -> None:
        """Show other groups; what was chosen in those that stay is kept."""
        groups = tuple(groups)
        if groups == self._groups:
            return
        focused = QApplication.focusWidget()
        had_keyboard = self.hasFocus() or (focused is not None and self._list.isAncestorOf(focused))
        known = {choice.group: choice for choice in self._choices}
        self._groups = groups
        self._choices = [known.get(group) or Choice(group) for group in groups]
        before = max(len(self._cards), _AT_A_TIME)
        empty(self._list.rows)
        self._cards = []
        more = Button(tr("Show more"), look=Look.FLAT)
        more.clicked.connect(lambda: self._show_more(more, _AT_A_TIME))
        self._list.rows.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._list.rows.addStretch(1)
        self._show_more(more, before)
        if not groups:
            self._message.say(
                tr("No file is there twice"),
                tr("Files with the same content, and pictures that look the same, are listed here."),
            )
        self._stack.setCurrentWidget(self._list if groups else self._message)
        if had_keyboard:
            self.setFocus()
        self._sum_up()

    @Slot(object)
    def forget(self, paths: Sequence[bytes]) -> None:
        """Leave files out that have gone; the engine tells the same when it has noticed."""
        gone = frozenset(paths)
        left = (
            DuplicateGroup(tuple(file for file in group.files if file.path not in gone), group.exact)
            for group in self._groups or ()
        )
        self.take_groups([group for group in left if len(group.files) > 1])

    @Slot(object)
    def take_failure(self, error: VexError) -> None:
        """Say why there are no groups."""
        if self._groups is None:
            self._message.say(error.message, error.remedy)

    def _show_more(self, more: Button, count: int) -> None:
        begin = len(self._cards)
        for choice in self._choices[begin : begin + count]:
            card = DuplicateCard(choice, self._loader)
            card.changed.connect(self._sum_up)
            card.reveal_asked.connect(self.reveal_asked)
            self._list.rows.insertWidget(len(self._cards), card)
            self._cards.append(card)
        left = len(self._choices) - len(self._cards)
        more.setVisible(left > 0)
        more.setText(tr("Show more ({count})").format(count=number(left)))

    @Slot()
    def _sum_up(self) -> None:
        spare = sum(choice.group.spare_bytes for choice in self._choices)
        groups = len(self._choices)
        told = trn("{count} group, {size} could be saved", "{count} groups, {size} could be saved", groups)
        self.head.say(told.format(count=number(groups), size=size(spare)) if groups else "")
        leaving = [file for choice in self._choices for file in choice.leaving]
        self.trash.setVisible(bool(groups))
        self.trash.setEnabled(bool(leaving))
        moved = trn("Move {count} file to the trash…", "Move {count} files to the trash…", len(leaving))
        self.trash.setText(moved.format(count=number(len(leaving))))

    def _hand_on(self) -> None:
        """Hand the keyboard to the list, which the arrow keys scroll."""
        if self._groups:
            self._list.setFocus()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._hand_on()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def confirm_trashing(parent: QWidget, files: Sequence[DuplicateFile], confirmed: Callable[[], object]) -> Question:
    """Ask whether files shall go to the trash, and say which, and how much that frees."""
    asked = trn("Move {count} file ({size}) to the trash?", "Move {count} files ({size}) to the trash?", len(files))
    return question(
        parent,
        asked.format(count=number(len(files)), size=size(sum(file.size for file in files))),
        tr("Of each group the file stays that is marked so. What is in the trash can be brought back from there."),
        tr("Move to the trash"),
        confirmed,
        named="\n".join(known_as(file.path) for file in files),
    )
