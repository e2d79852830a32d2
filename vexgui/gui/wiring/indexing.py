"""Joins the folders, the desk that speaks to the indexer, and what tells how it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from typing_extensions import override

from vexgui.core.events import Progress
from vexgui.core.paths import name_of, shown
from vexgui.core.reports import RootInfo, Status
from vexgui.engine.api import EngineApi
from vexgui.gui import dialogs
from vexgui.gui.files.dropping import Zone
from vexgui.gui.frame import Frame
from vexgui.gui.keys.commands import Command
from vexgui.gui.language import tr
from vexgui.gui.wiring.paging import Paging
from vexgui.gui.wiring.search import SearchWiring
from vexgui.gui.wiring.wiring import Shortcut, Wiring
from vexgui.gui.wording import is_busy, number


class IndexingWiring(Wiring):
    """From the folders to their files in the index."""

    def __init__(self, frame: Frame, paging: Paging, search: SearchWiring) -> None:
        super().__init__(frame)
        self._paging = paging
        self._search = search
        self._desk = frame.desk
        self._connect_folders()
        self._connect_desk()
        self._connect_bridge()

    @Slot()
    def choose_folders(self) -> None:
        """Open a dialog in which folders to index are chosen."""
        dialogs.choose_folders(self._frame, self._take_chosen)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._frame.drops.enabled = True
        self._frame.parts.bridge.listen(engine)
        self._desk.connect_engine(engine)

    @override
    def shortcuts(self) -> Sequence[Shortcut]:
        return ((Command.ADD_FOLDER, self.choose_folders), (Command.REFRESH, self._reindex))

    def _connect_folders(self) -> None:
        frame, panel, shell = self._frame, self._frame.roots_panel, self._frame.parts.shell
        panel.add_asked.connect(self.choose_folders)
        panel.remove_asked.connect(self._confirm_removal)
        panel.reindex_asked.connect(lambda path: self._desk.reindex([path]))
        panel.open_asked.connect(lambda path: shell.open([path]))
        panel.records_asked.connect(self._desk.set_records)
        panel.copy_asked.connect(lambda path: shell.copy_paths([path]))
        panel.exclude_asked.connect(lambda: frame.preferences.show_page(frame.preferences.folders))
        frame.preferences_made.connect(lambda made: made.folders.add_asked.connect(self.choose_folders))
        frame.pages.first_run.choose_asked.connect(self.choose_folders)
        frame.pages.first_run.add_asked.connect(self._desk.add)
        frame.pages.idle.add_asked.connect(self.choose_folders)
        frame.pages.idle.open_asked.connect(lambda path: shell.open([path]))
        frame.pages.nothing.add_asked.connect(self.choose_folders)
        frame.drops.dropped.connect(self._take_drop)
        frame.menu.add_asked.connect(self.choose_folders)
        frame.menu.refresh_asked.connect(self._desk.bring_up_to_date)

    def _connect_desk(self) -> None:
        frame = self._frame
        self._desk.roots_known.connect(self._take_roots)
        self._desk.status_known.connect(self._take_status)
        self._desk.indexed.connect(lambda _: self._refresh_answer())
        self._desk.troubled.connect(frame.banner.tell)
        frame.status.pause_asked.connect(self._desk.pause)
        frame.status.resume_asked.connect(self._desk.resume)

    def _connect_bridge(self) -> None:
        frame, bridge = self._frame, self._frame.parts.bridge
        bridge.progressed.connect(self._take_progress)
        bridge.index_changed.connect(self._refresh_answer)
        bridge.roots_changed.connect(self._desk.refresh)
        bridge.troubled.connect(frame.banner.tell)

    @Slot()
    def _refresh_answer(self) -> None:
        self._frame.searcher.ask_again()
        self._frame.inspector.look_again()

    @Slot(object)
    def _confirm_removal(self, path: bytes) -> None:
        root = next((root for root in self._desk.roots if root.path == path), None)
        if root is not None:
            dialogs.confirm_removal(self._frame, root, lambda: self._desk.remove(path))

    @Slot(object)
    def _take_roots(self, roots: tuple[RootInfo, ...]) -> None:
        self._frame.roots_panel.show_roots(roots)
        self._frame.status.set_useful(useful=bool(roots))
        self._show_idle()
        self._paging.decide()

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        before = self._frame.status.progress
        self._frame.status.show_progress(progress)
        self._show_idle()
        if is_busy(before) and not is_busy(progress):
            # A folder in which nothing had changed has caught up without any file to tell of.
            self._desk.refresh()
        if (before.activity, before.done, before.total) != (progress.activity, progress.done, progress.total):
            self._paging.decide()

    def _show_idle(self) -> None:
        self._frame.pages.idle.show_state(self._desk.roots, reading=is_busy(self._frame.status.progress))

    @Slot(object)
    def _take_chosen(self, folders: list[bytes]) -> None:
        """Keep chosen folders; on the first start they are put on its list, among the others."""
        pages = self._frame.pages
        if pages.currentWidget() is pages.first_run:
            pages.first_run.offer(folders)
        else:
            self._desk.add(folders)

    @Slot(object)
    def _take_status(self, status: Status) -> None:
        # The engine may have told of progress while it was still gathering its status.
        if not self._frame.status.told:
            self._take_progress(status.progress)
            self._frame.roots_panel.show_progress(status.progress)

    @Slot()
    def _reindex(self) -> None:
        if self._frame.results.hasFocus() and self._frame.results.selected():
            self._frame.actions_on_files.reindex_selected()
        else:
            self._desk.bring_up_to_date()

    @Slot(object, object)
    def _take_drop(self, paths: tuple[bytes, ...], zone: Zone) -> None:
        if zone is Zone.SIMILAR and paths:
            self._search.find_similar(paths)
        elif paths:
            self._desk.take_in(paths)
            many = tr("{count} dropped items").format(count=number(len(paths)))
            what = shown(name_of(paths[0])) if len(paths) == 1 else many
            self._frame.status.show_result(tr("Indexing {what}").format(what=what))
