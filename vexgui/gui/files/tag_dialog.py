"""The dialog in which files are given tags, or lose them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, Chip, ElidedLabel, Look, heading, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.details.tags import TagRow
from vexgui.gui.even_label import EvenLabel
from vexgui.gui.files.desk import Tagging, files_named, one
from vexgui.gui.flow import FlowLayout
from vexgui.gui.language import tr
from vexgui.gui.margins import rows_of
from vexgui.gui.theme import scaled

_WIDTH = 440
_MOST_OFFERED = 10

Decided = Callable[[Sequence[str], Sequence[str]], None]
"""Takes the tags to give and those to take away."""


class TagDialog(QDialog):
    """Shows the tags that all of some files have; nothing is changed before it is closed with "Save".

    Args:
        tagging: The files and their tags.
        decided: Called with what is to change.
        parent: The window.
    """

    def __init__(self, tagging: Tagging, decided: Decided, parent: QWidget) -> None:
        super().__init__(parent)
        self._tagging = tagging
        self._decided = decided
        self._tags = list(tagging.common)
        self._just_entered = False
        self._chips: list[Chip] = []
        self.setWindowTitle(tr("Tags"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.row = TagRow()
        self.row.show_tags(self._tags)
        self.row.field.offer(tagging.known)
        self.row.added.connect(self._add)
        self.row.removed.connect(self._remove)
        self.row.field.entered.connect(self._note_entered)
        self.offers = QWidget()
        self._offered = FlowLayout(self.offers)
        self._offers_title = muted(tr("On some of them, and often used") if tagging.some else tr("Often used"))
        self.save = Button(tr("Save"), look=Look.PRIMARY)
        self.save.clicked.connect(self.accept)
        self.cancel = Button(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._show_offers()
        self.resize(_WIDTH, self._rows.totalHeightForWidth(_WIDTH))
        self.row.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def offered(self) -> list[str]:
        """The tags that a click would add."""
        return [chip.text() for chip in self._chips]

    @override
    def accept(self) -> None:
        typed = self.row.field.text()
        if typed.strip():
            self.row.field.clear()
            self.row.field.entered.emit(typed)
        add = [tag for tag in self._tags if tag not in self._tagging.common]
        remove = [tag for tag in self._tagging.common if tag not in self._tags]
        super().accept()
        self._decided(add, remove)

    def _lay_out(self) -> None:
        paths = self._tagging.paths
        title = ElidedLabel(tr("Tags of {files}").format(files=files_named(paths)), mode=Qt.TextElideMode.ElideMiddle)
        title.setFont(scaled(heading("").font(), 1.15, bold=True))
        note = EvenLabel(
            tr("Tags are kept on the file itself, where file managers see them.")
            if one(paths)
            else tr("Tags are kept on the files themselves, where file managers see them."),
            role=QPalette.ColorRole.PlaceholderText,
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        self._rows = rows = rows_of(self)
        rows.addWidget(title)
        rows.addWidget(note)
        rows.addSpacing(2)
        rows.addWidget(self.row)
        rows.addWidget(self._offers_title)
        rows.addWidget(self.offers)
        rows.addStretch(1)
        rows.addSpacing(6)
        rows.addLayout(buttons)

    @Slot()
    def _note_entered(self) -> None:
        self._just_entered = True
        QTimer.singleShot(0, self, self._forget_entered)

    @Slot()
    def _forget_entered(self) -> None:
        self._just_entered = False

    @Slot(str)
    def _add(self, tag: str) -> None:
        self._show([*self._tags, tag])

    @Slot(str)
    def _remove(self, tag: str) -> None:
        self._show([other for other in self._tags if other != tag])

    def _show(self, tags: list[str]) -> None:
        self._tags = list(dict.fromkeys(tags))
        self.row.show_tags(self._tags)
        self._show_offers()

    def _show_offers(self) -> None:
        empty(self._offered)
        self._chips = []
        wanted = dict.fromkeys((*self._tagging.some, *self._tagging.known))
        for tag in [tag for tag in wanted if tag not in self._tags][:_MOST_OFFERED]:
            chip = Chip(tag)
            chip.setCheckable(False)
            chip.setAccessibleName(tr("Add the tag {tag}").format(tag=tag))
            chip.clicked.connect(lambda *_, tag=tag: self._add(tag))
            self._offered.addWidget(chip)
            self._chips.append(chip)
        self._offers_title.setVisible(bool(self._chips))
        self.offers.setVisible(bool(self._chips))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter comes here from the field, too, after the field has taken what was typed.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self._just_entered:
                self.accept()
        else:
            super().keyPressEvent(event)
