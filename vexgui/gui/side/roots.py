"""The folders kept indexed: how each stands, and how to add and remove them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from vexgui.core.events import Activity, Progress
from vexgui.core.paths import shown
from vexgui.core.reports import RootInfo, RootState
from vexgui.gui.controls import Button, Look
from vexgui.gui.icons import icon
from vexgui.gui.language import tr, trn
from vexgui.gui.side.root_words import standing
from vexgui.gui.side.row import Line, SideRow
from vexgui.gui.side.section import Section
from vexgui.gui.wording import number, root_name, tip_text


class RootsSection(Section):
    """Lists the roots.

    Signals:
        add_asked: The user wants to add a folder.
        chosen: The files of a root's path are wanted.
        remove_asked: A root's path is to be forgotten.
        reindex_asked: A root's path is to be indexed anew.
        open_asked: A root's path is to be shown in the file manager.
        copy_asked: A root's path is to be put on the clipboard.
        records_asked: Whether vectors are to be kept in the files of a root: its path, and that.
        exclude_asked: What is left out is to be chosen.
    """

    add_asked = Signal()
    chosen = Signal(object)
    remove_asked = Signal(object)
    reindex_asked = Signal(object)
    open_asked = Signal(object)
    copy_asked = Signal(object)
    records_asked = Signal(object, bool)
    exclude_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        add = Button(icon="folder-add", look=Look.FLAT, name=tr("Add a folder…"))
        super().__init__(tr("Folders"), add, tr("None yet. Drop one here."), parent)
        add.clicked.connect(self.add_asked)
        self._roots: tuple[RootInfo, ...] = ()
        self._progress = Progress(Activity.STOPPED)
        self._rows: list[RootRow] = []

    @property
    def rows(self) -> list["RootRow"]:
        """The rows shown, one a root."""
        return list(self._rows)

    def show_roots(self, roots: Sequence[RootInfo]) -> None:
        """Show other roots, or the same with other counts."""
        same = [root.path for root in roots] == [root.path for root in self._roots]
        self._roots = tuple(roots)
        if not same:
            self._rows = [RootRow(root, self) for root in roots]
            self.show_rows(self._rows)
        self._say()

    def show_progress(self, progress: Progress) -> None:
        """Take what the indexer is doing: that tells how far a folder is, and whether it rests."""
        self._progress = progress
        self._say()

    def _say(self) -> None:
        alone = sum(root.state is RootState.CATCHING_UP for root in self._roots) == 1
        for row, root in zip(self._rows, self._roots, strict=True):
            row.show_root(root, self._progress, alone=alone)


class RootRow(SideRow):
    """One root: its name, how many files it has, how it stands."""

    def __init__(self, root: RootInfo, section: RootsSection) -> None:
        super().__init__(Line(root_name(root.path), "kind-folder"), self._menu)
        self.root = root
        self._section = section
        self.setToolTip(tip_text(shown(root.path)))
        self.clicked.connect(lambda: section.chosen.emit(self.root.path))
        self.delete_asked.connect(self._ask_remove)

    @property
    def counts(self) -> str:
        """What is said about the number of files."""
        return self.line.note

    @property
    def state(self) -> str:
        """What is said about how it stands."""
        return self.line.state

    def show_root(self, root: RootInfo, progress: Progress, *, alone: bool) -> None:
        """Say how the root stands now."""
        self.root = root
        words, mood = standing(root, progress, alone=alone)
        line = Line(root_name(root.path), "kind-folder", number(root.files), words, mood)
        if line != self.line:
            self.say(line)
        files = trn("{count} file", "{count} files", root.files).format(count=number(root.files))
        self.setToolTip(tip_text("\n".join(filter(None, (shown(root.path), files, words)))))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        palette, section = self.palette(), self._section
        path, records = self.root.path, self.root.records
        menu.addAction(icon("folder", palette), tr("Open folder"), lambda: section.open_asked.emit(path))
        menu.addAction(icon("refresh", palette), tr("Re-index"), lambda: section.reindex_asked.emit(path))
        menu.addAction(icon("copy", palette), tr("Copy path"), lambda: section.copy_asked.emit(path))
        keep = menu.addAction(tr("Keep vectors in these files"), lambda: section.records_asked.emit(path, not records))
        keep.setCheckable(True)
        keep.setChecked(records)
        menu.addAction(icon("exclude", palette), tr("Leave files out…"), section.exclude_asked.emit)
        menu.addSeparator()
        menu.addAction(icon("remove", palette), tr("Stop indexing…"), self._ask_remove)
        return menu

    def _ask_remove(self) -> None:
        self._section.remove_asked.emit(self.root.path)
