"""The page of what is kept where: vectors in files or not, folders to forget, searches to forget."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vexgui.core.paths import shown
from vexgui.core.reports import RootInfo
from vexgui.gui.check_box import CheckBox
from vexgui.gui.controls import Button, Look, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.language import tr
from vexgui.gui.margins import along
from vexgui.gui.preferences.choices import query_choices, record_choices
from vexgui.gui.preferences.choices_page import ChoicesPage, beside
from vexgui.gui.preferences.settings_desk import SettingsDesk
from vexgui.gui.wording import known_as


class PrivacyPage(ChoicesPage):
    """Sets folder by folder whether files carry vectors, and forgets what is to be forgotten.

    Signals:
        records_asked: Whether vectors are to be kept in the files of a root: its path, and that.
        remove_asked: A root's path is to be forgotten.
        strip_asked: The vectors on all files are to be removed.
    """

    records_asked = Signal(object, bool)
    remove_asked = Signal(object)
    strip_asked = Signal()

    def __init__(self, desk: SettingsDesk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Privacy"), desk, parent)
        self.boxes: list[CheckBox] = []
        self._paths: list[bytes] = []
        self._folders = QVBoxLayout()
        self._folders.setSpacing(4)
        self._folders.setContentsMargins(along(27, 0, 0, 0))
        self.strip = Button(tr("Remove all vectors from files…"), "strip")
        self.strip.clicked.connect(self.strip_asked)
        self.forget = Button(tr("Forget recent searches"), "history")
        self.forget.clicked.connect(desk.forget_history)
        self.rows.addWidget(muted(tr("Nothing about your files leaves this computer.")))
        whole, *others = record_choices()
        self.add_groups([(tr("Vectors in files"), (whole,))])
        self.rows.addLayout(self._folders)
        for choice in others:
            self.add_choice(choice)
        self.rows.addLayout(beside(self.strip))
        self.add_groups([(tr("Searches"), query_choices())])
        self.rows.addLayout(beside(self.forget))
        self.rows.addStretch(1)
        desk.changed.connect(self._show_what_can_be_done)
        self._show_what_can_be_done()

    def show_roots(self, roots: Sequence[RootInfo]) -> None:
        """Show the folders kept indexed."""
        if [root.path for root in roots] != self._paths:
            self._paths = [root.path for root in roots]
            empty(self._folders)
            self.boxes = [self._add_root(root.path) for root in roots]
        for root, box in zip(roots, self.boxes, strict=True):
            box.setChecked(root.records)
        self._show_what_can_be_done()

    def _add_root(self, path: bytes) -> CheckBox:
        box = CheckBox(known_as(path), is_path=True)
        box.setAccessibleName(tr("Keep vectors in the files of {folder}").format(folder=shown(path)))
        box.clicked.connect(lambda checked: self.records_asked.emit(path, checked))
        forget = Button(tr("Forget…"), look=Look.FLAT)
        forget.setAccessibleName(tr("Stop indexing {folder}…").format(folder=shown(path)))
        forget.clicked.connect(lambda: self.remove_asked.emit(path))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(box, 1)
        row.addWidget(forget)
        self._folders.addLayout(row)
        return box

    @Slot()
    def _show_what_can_be_done(self) -> None:
        writes = self.desk.values["write_records"] is True
        for box in self.boxes:
            box.setEnabled(writes)
        self.strip.setEnabled(bool(self._paths))
