"""Joins the side list and the places to look with the window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from typing_extensions import override

from vexgui.core.paths import quoted
from vexgui.core.reports import RootInfo
from vexgui.core.settings import SavedSearch
from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame
from vexgui.gui.language import tr
from vexgui.gui.search.searcher import Question, Reply
from vexgui.gui.side.desk import TagDesk
from vexgui.gui.side.look import Place
from vexgui.gui.wiring.paging import Paging
from vexgui.gui.wiring.search import SearchWiring
from vexgui.gui.wiring.wiring import Wiring


class SideWiring(Wiring):
    """From the side list to queries and places."""

    def __init__(self, frame: Frame, paging: Paging, search: SearchWiring) -> None:
        super().__init__(frame)
        self._before = Question()
        self._desk = TagDesk(frame.parts.operations, self)
        side, desk, pages = frame.side, self._desk, frame.pages
        side.query_chosen.connect(search.ask)
        side.roots.chosen.connect(lambda path: search.ask(f"in:{quoted(path)}"))
        side.searches.renamed.connect(lambda search, name: frame.searches.save(name, search.query))
        side.searches.removed.connect(self._remove)
        side.look_asked.connect(self._look)
        frame.searches.changed.connect(side.searches.show_searches)
        desk.known.connect(side.tags.show_tags)
        frame.parts.bridge.index_changed.connect(desk.refresh)
        frame.parts.bridge.progressed.connect(side.roots.show_progress)
        frame.menu.look_asked.connect(self.show_place)
        frame.menu.failures_asked.connect(lambda: self.show_place(Place.FAILURES))
        self._connect_failures()
        pages.place_changed.connect(side.look.show_place)
        pages.place_changed.connect(lambda _: paging.decide())
        pages.place_changed.connect(self._take_place)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), side, self._escape)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        frame.searcher.replied.connect(self._take_reply)
        frame.searcher.cleared.connect(pages.leave_place)

    def _connect_failures(self) -> None:
        frame, page, desk = self._frame, self._frame.failures, self._frame.desk
        desk.failures_known.connect(page.show_failures)
        desk.roots_known.connect(self._count_failures)
        # While many files are read the list is asked for as their counts are.
        desk.roots_known.connect(lambda _: desk.ask_failures() if frame.pages.place == Place.FAILURES else None)
        page.retry_asked.connect(desk.reindex)
        page.reveal_asked.connect(frame.parts.shell.reveal)
        page.copy_asked.connect(frame.parts.shell.copy_paths)
        page.left.connect(frame.pages.leave_place)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._desk.connect_engine(engine)

    def show_place(self, place: str) -> None:
        """Show a place to look."""
        if place == Place.FAILURES:
            self._frame.desk.ask_failures()
        self._frame.pages.show_place(place)

    @Slot()
    def _escape(self) -> None:
        """Leave the place that is in sight, or else the list."""
        if self._frame.pages.place:
            self._frame.pages.leave_place()
        else:
            self._frame.field.take_focus()

    @Slot(object)
    def _count_failures(self, roots: Sequence[RootInfo]) -> None:
        failed = sum(root.failed for root in roots)
        self._frame.side.look.show_failed(failed)
        self._frame.failures.show_total(failed)

    @Slot(str)
    def _look(self, place: str) -> None:
        pages = self._frame.pages
        if pages.place == place:
            pages.leave_place()
        else:
            self.show_place(place)
        self._frame.side.look.show_place(pages.place)

    @Slot()
    def _take_place(self) -> None:
        self._before = self._frame.searcher.question

    @Slot(object)
    def _take_reply(self, reply: Reply) -> None:
        # What was asked before the place was opened, and is answered late or because files changed, stays behind it.
        if reply.question is not self._before and reply.tells:
            self._frame.pages.leave_place()

    @Slot(object)
    def _remove(self, search: SavedSearch) -> None:
        searches, at = self._frame.searches, self._frame.side.searches.names.index(search.name)
        searches.remove(search.name)
        removed = tr("“{name}” is removed").format(name=search.name)
        self._frame.toast.show(removed, lambda: searches.put_back(search, at))
