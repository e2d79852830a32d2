"""The page of files that could not be read: why, since when, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.paths import folder_of, name_of, shown
from vexgui.core.reports import FailedFile
from vexgui.gui.controls import Button, Card, Column, ElidedLabel, Look, heading, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.even_label import EvenLabel
from vexgui.gui.icons import icon, kind_picture
from vexgui.gui.indexing import MOST_FAILURES
from vexgui.gui.language import tr, translated, trn
from vexgui.gui.margins import along
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.theme import scaled
from vexgui.gui.wording import ago, known_as, number

_ICON_PX = 28
_AT_FIRST, _AT_ONCE = 8, 30
"""Files that are shown for a reason at first, and with each wish for more: making so many rows takes some 20 ms."""
_REASONS = 5


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Files that could not be read for the same reason, those tried last first."""

    reason: str
    files: tuple[FailedFile, ...]


def grouped(failures: Sequence[FailedFile]) -> tuple[ReasonGroup, ...]:
    """Return failures by their reasons, the reason with the most files first."""
    reasons: dict[str, list[FailedFile]] = {}
    for failure in failures:
        reasons.setdefault(failure.reason, []).append(failure)
    groups = [ReasonGroup(reason, tuple(files)) for reason, files in reasons.items()]
    return tuple(sorted(groups, key=lambda group: -len(group.files)))


class FailuresPage(QWidget):
    """Lists the files that could not be read, by reasons.

    Signals:
        retry_asked: Files to read once more, a list of paths.
        reveal_asked: Files to show in the file manager, a list of paths.
        copy_asked: Paths to put on the clipboard, a list.
        left: The user wants to go back to where they were.
    """

    retry_asked = Signal(object)
    reveal_asked = Signal(object)
    copy_asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failures: tuple[FailedFile, ...] | None = None
        self._total = 0
        self._waiting: tuple[ReasonGroup, ...] = ()
        self._title = heading("", 1.2)
        self.retry = Button(tr("Try all again"), "refresh")
        self.retry.clicked.connect(lambda: self.retry_asked.emit(self._paths()))
        close = Button(icon="close", look=Look.FLAT, name=tr("Back"))
        close.clicked.connect(self.left)
        top = QHBoxLayout()
        top.setContentsMargins(along(4, 0, 8, 0))
        top.addWidget(self._title, 1)
        top.addWidget(self.retry)
        top.addWidget(close)
        self._note = EvenLabel(role=QPalette.ColorRole.PlaceholderText)
        note = QHBoxLayout()
        note.setContentsMargins(along(4, 0, 8, 4))
        note.addWidget(self._note)
        self._list = Column(tr("Files that could not be read"))
        self._list.rows.setContentsMargins(along(0, 0, 8, 8))
        self._list.rows.setSpacing(12)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self._list.rows.addLayout(self._cards)
        self._more = Button(tr("Show more reasons"))
        self._more.clicked.connect(self._show_more)
        self._none = MessagePage("done", [])
        self._list.rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self._list.rows.addStretch(1)
        self._none.say(tr("All files could be read"), tr("What cannot be read is listed here, with the reason."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._none)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(along(10, 0, 0, 0))
        rows.setSpacing(6)
        rows.addLayout(top)
        rows.addLayout(note)
        rows.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """What is said on top."""
        return self._title.text()

    @property
    def note(self) -> str:
        """What is said beneath."""
        return self._note.text()

    @property
    def cards(self) -> list["ReasonCard"]:
        """What is shown for each reason."""
        return self._list.content.findChildren(ReasonCard)

    def show_failures(self, failures: Sequence[FailedFile]) -> None:
        """Show other failures; which the user has scrolled to, or asked for, is forgotten then."""
        failures = tuple(failures)
        if failures == self._failures:
            return
        self._failures = failures
        empty(self._cards)
        self._waiting = grouped(failures)
        self._show_more()
        self._say()
        for widget in (self.retry, self._note):
            widget.setVisible(bool(failures))
        self._stack.setCurrentWidget(self._list if failures else self._none)

    def show_total(self, files: int) -> None:
        """Take how many files could not be read altogether: of very many not all are listed."""
        self._total = files
        self._say()

    def _say(self) -> None:
        """Say how many files could not be read, and what becomes of them."""
        listed = len(self._failures or ())
        is_cut = self._total > listed >= MOST_FAILURES
        total = self._total if is_cut else listed
        count = trn("{count} file could not be read", "{count} files could not be read", total)
        self._title.setText(count.format(count=number(total)) if listed else "")
        note = tr("They are found by name only. A file is tried again by itself when it changes.")
        if is_cut:
            some = tr("The {count} that were tried last are listed.").format(count=number(listed))
            note = f"{note} {some}"
        self._note.setText(note)
        self.retry.setText(tr("Try these again") if is_cut else tr("Try all again"))
        self.retry.updateGeometry()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._failures:
            self._list.setFocus()  # the arrow keys scroll it

    @Slot()
    def _show_more(self) -> None:
        """Show some more reasons."""
        for group in self._waiting[:_REASONS]:
            self._cards.addWidget(self._card(group))
        self._waiting = self._waiting[_REASONS:]
        self._more.setVisible(bool(self._waiting))

    def _paths(self) -> list[bytes]:
        return [failure.path for failure in self._failures or ()]

    def _card(self, group: ReasonGroup) -> "ReasonCard":
        card = ReasonCard(group)
        card.retry_asked.connect(self.retry_asked)
        card.reveal_asked.connect(self.reveal_asked)
        card.copy_asked.connect(self.copy_asked)
        return card


class ReasonCard(Card):
    """A reason, and the files it holds for."""

    retry_asked = Signal(object)
    reveal_asked = Signal(object)
    copy_asked = Signal(object)

    def __init__(self, group: ReasonGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        reason = EvenLabel(translated(group.reason))
        reason.setFont(scaled(reason.font(), 1.0, bold=True))
        retry = Button(tr("Try again"), "refresh")
        retry.setAccessibleName(tr("Try again: {reason}").format(reason=translated(group.reason)))
        retry.clicked.connect(lambda: self.retry_asked.emit([failure.path for failure in group.files]))
        top = QHBoxLayout()
        top.addWidget(reason, 1)
        if len(group.files) > 1:
            count = muted(number(len(group.files)), wraps=False)
            top.addWidget(count)
            top.addWidget(retry)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(along(14, 10, 10, 10))
        self._column.setSpacing(4)
        self._column.addLayout(top)
        self._files = QVBoxLayout()
        self._files.setSpacing(4)
        self._column.addLayout(self._files)
        self.more = Button(look=Look.FLAT)
        self.more.clicked.connect(lambda: self._show(_AT_ONCE))
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self._shown = 0
        self._show(_AT_FIRST)

    @property
    def rows(self) -> list["FailureRow"]:
        """The files shown."""
        return self.findChildren(FailureRow)

    def _show(self, count: int) -> None:
        """Show so many files more."""
        for failure in self.group.files[self._shown : self._shown + count]:
            row = FailureRow(failure)
            row.retry_asked.connect(self.retry_asked)
            row.reveal_asked.connect(self.reveal_asked)
            row.copy_asked.connect(self.copy_asked)
            self._files.addWidget(row)
        self._shown = min(self._shown + count, len(self.group.files))
        left = len(self.group.files) - self._shown
        words = tr("{count} more").format(count=number(left))
        self.more.setText(words)
        self.more.setAccessibleName(f"{words}: {translated(self.group.reason)}")
        self.more.setVisible(left > 0)


class FailureRow(QWidget):
    """One file that could not be read."""

    retry_asked = Signal(object)
    reveal_asked = Signal(object)
    copy_asked = Signal(object)

    def __init__(self, failure: FailedFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.failure = failure
        name = shown(name_of(failure.path))
        picture = QLabel()
        picture.setPixmap(kind_picture(failure.kind, _ICON_PX, self.devicePixelRatioF()))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(name))
        place = known_as(folder_of(failure.path))
        folder = ElidedLabel(place, role=QPalette.ColorRole.PlaceholderText, is_path=True)
        folder.setFont(scaled(folder.font(), 0.88))
        texts.addWidget(folder)
        since = muted(ago(failure.since_ns), wraps=False)
        since.setFont(scaled(since.font(), 0.88))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(picture)
        row.addLayout(texts, 1)
        row.addWidget(since)
        for icon_name, words, signal in (
            ("refresh", tr("Try {name} again"), self.retry_asked),
            ("folder", tr("Show {name} in its folder"), self.reveal_asked),
        ):
            button = Button(icon=icon_name, look=Look.QUIET, name=words.format(name=name))
            button.clicked.connect(lambda _=False, asked=signal: asked.emit([failure.path]))
            row.addWidget(button)

    def menu(self) -> QMenu:
        """Return what can be done with the file."""
        menu, palette, paths = QMenu(self), self.palette(), [self.failure.path]
        menu.addAction(icon("refresh", palette), tr("Try again"), lambda: self.retry_asked.emit(paths))
        menu.addAction(icon("folder", palette), tr("Show in folder"), lambda: self.reveal_asked.emit(paths))
        menu.addAction(icon("copy", palette), tr("Copy path"), lambda: self.copy_asked.emit(paths))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos() + QPoint(1, 1))
