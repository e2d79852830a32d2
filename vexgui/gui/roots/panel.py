"""The folders kept indexed, with their counts, and how to add and remove them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.paths import shown
from vexgui.core.reports import RootInfo
from vexgui.gui.controls import RADIUS, Button, Column, ElidedLabel, Look, heading, muted
from vexgui.gui.details.facts import empty
from vexgui.gui.icons import folder_picture, icon
from vexgui.gui.theme import scaled, tones
from vexgui.gui.wording import counted, number, root_name

_ICON_PX = 24


class RootsPanel(QWidget):
    """Lists the roots.

    Signals:
        add_asked: The user wants to add a folder.
        remove_asked: A root's path is to be forgotten.
        reindex_asked: A root's path is to be indexed anew.
        open_asked: A root's path is to be shown in the file manager.
        copy_asked: A root's path is to be put on the clipboard.
        records_asked: Whether vectors are to be kept in the files of a root: its path, and that.
    """

    add_asked = Signal()
    remove_asked = Signal(object)
    reindex_asked = Signal(object)
    open_asked = Signal(object)
    copy_asked = Signal(object)
    records_asked = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roots: tuple[RootInfo, ...] = ()
        self._rows: list[RootRow] = []
        add = Button(icon="folder-add", look=Look.FLAT, name="Add a folder…")
        add.clicked.connect(self.add_asked)
        top = QHBoxLayout()
        top.setContentsMargins(10, 0, 0, 0)
        top.addWidget(heading("Folders"), 1)
        top.addWidget(add)
        self._list = Column("Folders kept indexed")
        self._list.rows.setContentsMargins(0, 0, 8, 0)
        self._list.rows.setSpacing(2)
        self._promise = muted("Nothing leaves this computer.")
        self._promise.setFont(scaled(self.font(), 0.88))
        self._promise.setContentsMargins(10, 6, 10, 4)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 4, 0, 4)
        rows.setSpacing(6)
        rows.addLayout(top)
        rows.addWidget(self._list, 1)
        rows.addWidget(self._promise)

    @property
    def rows(self) -> list["RootRow"]:
        """The rows shown, one a root."""
        return list(self._rows)

    def show_roots(self, roots: Sequence[RootInfo]) -> None:
        """Show other roots, or the same with other counts."""
        roots = tuple(roots)
        if roots == self._roots:
            return
        same = [root.path for root in roots] == [root.path for root in self._roots]
        self._roots = roots
        if same:
            for row, root in zip(self._rows, roots, strict=True):
                row.show_root(root)
            return
        empty(self._list.rows)
        self._rows = [self._row(root) for root in roots]
        for row in self._rows:
            self._list.rows.addWidget(row)
        self._list.rows.addStretch(1)

    def _row(self, root: RootInfo) -> "RootRow":
        row = RootRow(root)
        row.remove_asked.connect(self.remove_asked)
        row.reindex_asked.connect(self.reindex_asked)
        row.open_asked.connect(self.open_asked)
        row.copy_asked.connect(self.copy_asked)
        row.records_asked.connect(self.records_asked)
        return row


class RootRow(QWidget):
    """One root: its name, its counts, and a button that removes it."""

    remove_asked = Signal(object)
    reindex_asked = Signal(object)
    open_asked = Signal(object)
    copy_asked = Signal(object)
    records_asked = Signal(object, bool)

    def __init__(self, root: RootInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn anew when the pointer comes and goes
        self.root = root
        self._name = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._counts = ElidedLabel(role=QPalette.ColorRole.PlaceholderText, mode=Qt.TextElideMode.ElideRight)
        self._counts.setFont(scaled(self.font(), 0.88))
        picture = QLabel()
        picture.setPixmap(folder_picture(_ICON_PX, self.devicePixelRatioF()))
        self.remove = Button(icon="remove", look=Look.QUIET)
        self.remove.clicked.connect(self._ask_remove)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._name)
        texts.addWidget(self._counts)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 4, 7)
        row.setSpacing(8)
        row.addWidget(picture)
        row.addLayout(texts, 1)
        row.addWidget(self.remove)
        self.show_root(root)

    @property
    def counts(self) -> str:
        """What is said about the number of files."""
        return self._counts.text()

    def show_root(self, root: RootInfo) -> None:
        """Show other counts."""
        self.root = root
        name = root_name(root.path)
        self._name.setText(name)
        self._counts.setText(root_counts(root))
        self.setToolTip(shown(root.path))
        words = f"Stop indexing {name}…"
        self.remove.setAccessibleName(words)
        self.remove.setToolTip(words)

    def menu(self) -> QMenu:
        """Return what can be done with the root."""
        menu = QMenu(self)
        palette = self.palette()
        path, records = self.root.path, self.root.records
        menu.addAction(icon("folder", palette), "Open folder", lambda: self.open_asked.emit(path))
        menu.addAction(icon("refresh", palette), "Re-index", lambda: self.reindex_asked.emit(path))
        menu.addAction(icon("copy", palette), "Copy path", lambda: self.copy_asked.emit(path))
        keep = menu.addAction("Keep vectors in these files", lambda: self.records_asked.emit(path, not records))
        keep.setCheckable(True)
        keep.setChecked(records)
        menu.addSeparator()
        menu.addAction(icon("remove", palette), "Stop indexing…", self._ask_remove)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _ask_remove(self) -> None:
        self.remove_asked.emit(self.root.path)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos() + QPoint(1, 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tones(self.palette()).hover)
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
            painter.end()


def root_counts(root: RootInfo) -> str:
    """Return what is known of a root in a few words."""
    if not root.present:
        return "Not connected"
    files = counted(root.files, "file", "files")
    return f"{files}, {number(root.failed)} unreadable" if root.failed else files
