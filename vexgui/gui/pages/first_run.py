"""The page of the very first start: it asks which folders to search, and says what will happen."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.paths import lies_in, name_of, shown
from vexgui.gui.check_box import CheckBox
from vexgui.gui.controls import Button, Card, Column, Look, fold, heading, muted
from vexgui.gui.even_label import EvenLabel
from vexgui.gui.icons import app_picture
from vexgui.gui.language import tr, trn
from vexgui.gui.margins import along
from vexgui.gui.pages.user_folders import RoughCount, UserFolder
from vexgui.gui.theme import scaled
from vexgui.gui.wording import number, tip_text

_WIDTH = 560
_BESIDE_FROM = 480
_PICTURE_FROM = 560
_PICTURE_PX = 64
_CARD_PX, _BUTTON_PX = 14, 12


class FirstRunPage(QWidget):
    """Asks for folders.

    Signals:
        folders_asked: It shall be looked which folders could be suggested.
        choose_asked: The user wants to choose another folder.
        count_asked: It shall be counted what lies in a folder, by its path.
        add_asked: Folders to add, a list of paths.
    """

    folders_asked = Signal()
    choose_asked = Signal()
    count_asked = Signal(object)
    add_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setPixmap(app_picture(_PICTURE_PX, self.devicePixelRatioF()))
        title = fold(heading(tr("Choose folders to search"), 1.45))
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = _quiet(
            tr("Describe what you remember, and VexGUI finds the file, by its words, its meaning or what it shows.")
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(2)
        card = Card()
        inside = QVBoxLayout(card)
        # The text of a flat button begins further in than the button; its icon stands beneath the boxes.
        inside.setContentsMargins(along(_CARD_PX - _BUTTON_PX, 10, _CARD_PX, 10))
        inside.setSpacing(4)
        self._grid.setContentsMargins(along(_BUTTON_PX, 0, 0, 0))
        inside.addLayout(self._grid)
        self.choose = Button(tr("Another folder…"), "folder-add", look=Look.FLAT)
        self.choose.clicked.connect(self.choose_asked)
        drop = muted(tr("or drop one here"), wraps=False)
        others = QHBoxLayout()
        others.setSpacing(4)
        others.addWidget(self.choose)
        others.addWidget(drop, 1)
        inside.addLayout(others)
        self.start = _StartButton(tr("Start"))
        self.start.clicked.connect(self._start)
        what = _quiet(
            tr(
                "VexGUI reads the files and writes what it learns of each to its attributes and to an index of its "
                "own. Their content stays as it is, and nothing leaves this computer."
            )
        )
        what.setFont(scaled(what.font(), 0.93))
        column = Column(tr("First start"), widest=_WIDTH)
        column.rows.setContentsMargins(20, 12, 20, 12)
        column.rows.setSpacing(10)
        column.rows.addStretch(2)
        for widget in (self._picture, title, text, card):
            column.rows.addWidget(widget)
        column.rows.addSpacing(4)
        column.rows.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        column.rows.addWidget(what)
        column.rows.addStretch(3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(column)
        self._beside = 0
        self._asked = False
        self._rows: dict[bytes, FolderRow] = {}
        self._lay_out()

    @property
    def rows(self) -> list["FolderRow"]:
        """The folders that can be chosen."""
        return list(self._rows.values())

    @property
    def wanted(self) -> list[bytes]:
        """The folders that are chosen now."""
        return [row.folder for row in self._rows.values() if row.box.isChecked()]

    def take_keyboard(self) -> None:
        """Lead the keyboard to what is likely wanted next."""
        (self.start if self.wanted else self.choose).setFocus(Qt.FocusReason.TabFocusReason)

    def suggest(self, folders: Sequence[UserFolder]) -> None:
        """Put folders on the list, those chosen that are likely wanted."""
        for folder in folders:
            if folder.path not in self._rows:
                self._add(folder)
        self._lay_out()
        if self.choose.hasFocus():
            self.take_keyboard()

    def offer(self, folders: Sequence[bytes]) -> None:
        """Put folders on the list, chosen."""
        for path in folders:
            if path not in self._rows:
                self._add(UserFolder(path, is_likely=True))
            self._rows[path].box.setChecked(True)
        self._lay_out()
        self.take_keyboard()

    def show_count(self, folder: bytes, count: RoughCount) -> None:
        """Say how many files lie in a folder."""
        if folder in self._rows:
            self._rows[folder].show_count(count)

    def _add(self, folder: UserFolder) -> None:
        row = FolderRow(folder)
        row.box.toggled.connect(self._take_choice)
        self._rows[folder.path] = row
        self.count_asked.emit(folder.path)

    def _lay_out(self) -> None:
        """Put the folders in two columns where there is room."""
        self._beside = 2 if self.width() >= _BESIDE_FROM and len(self._rows) > 1 else 1
        for row in self._rows.values():
            self._grid.removeWidget(row)
        for at, row in enumerate(self._rows.values()):
            self._grid.addWidget(row, at // self._beside, at % self._beside)
            row.show()
        for at in range(2):
            self._grid.setColumnStretch(at, int(at < self._beside))
        self._take_choice()

    @Slot()
    def _take_choice(self) -> None:
        self.start.setEnabled(bool(self.wanted))

    @Slot()
    def _start(self) -> None:
        wanted = self.wanted
        # A folder inside another one is kept with it.
        self.add_asked.emit(
            [path for path in wanted if not any(lies_in(path, other) for other in wanted if other != path)]
        )

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self.folders_asked.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.height() >= _PICTURE_FROM)
        if self._beside != (2 if self.width() >= _BESIDE_FROM and len(self._rows) > 1 else 1):
            self._lay_out()


class FolderRow(QWidget):
    """A folder that can be chosen, and how many files lie in it."""

    def __init__(self, folder: UserFolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = folder.path
        self._name = shown(name_of(folder.path)) or "/"
        self.box = CheckBox(self._name)
        self.box.setAccessibleName(tr("Search {folder}").format(folder=shown(folder.path)))
        self.box.setToolTip(tip_text(shown(folder.path)))
        self.box.setChecked(folder.is_likely)
        self._count = muted("…", wraps=False)
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._count.setFont(scaled(self._count.font(), 0.88))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(self._count)

    @property
    def count(self) -> str:
        """What is said about the number of files."""
        return self._count.text()

    def show_count(self, count: RoughCount) -> None:
        """Say how many files lie in it."""
        exact = trn("{count} file", "{count} files", count.files)
        words = exact if count.complete else tr("more than {count} files")
        self._count.setText(words.format(count=number(count.files)))


class _StartButton(Button):
    """A primary button that is larger than others."""

    def __init__(self, text: str) -> None:
        super().__init__(text, look=Look.PRIMARY)
        self.setFont(scaled(self.font(), 1.1, bold=True))

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(max(180, size.width()), size.height() + 8)


def _quiet(text: str) -> EvenLabel:
    label = EvenLabel(text, role=QPalette.ColorRole.PlaceholderText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
