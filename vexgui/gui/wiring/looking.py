"""Joins the map, the timeline and the duplicates with the window."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from typing_extensions import override

from vexgui.core.errors import WorldProblem
from vexgui.core.hits import Hit
from vexgui.core.looking import DuplicateFile
from vexgui.engine.api import EngineApi
from vexgui.gui.frame import Frame
from vexgui.gui.keys.commands import Command
from vexgui.gui.language import tr, trn
from vexgui.gui.looking.choice import Choice, surely_leaving
from vexgui.gui.looking.desk import LookingDesk
from vexgui.gui.operations import Lane
from vexgui.gui.side.look import Place
from vexgui.gui.wiring.search import SearchWiring
from vexgui.gui.wiring.wiring import Shortcut, Wiring
from vexgui.gui.wording import number

if TYPE_CHECKING:  # made when it is wanted: only then NumPy is loaded
    from vexgui.gui.looking.map_page import MapPage
    from vexgui.gui.looking.map_view import MapView

_LOOK_AGAIN_MS = 10_000
"""While files are read, what is in sight is brought up to date so often."""


class LookingWiring(Wiring):
    """From the places to look to what is found there; the pages are made when they are first wanted."""

    def __init__(self, frame: Frame, search: SearchWiring) -> None:
        super().__init__(frame)
        self._search = search
        self._desk = LookingDesk(frame.parts.operations, self)
        self._made: set[str] = set()
        self._place = ""
        self._changed = False
        self._hit: Hit | None = None
        self._large_wanted = b""
        self._again = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._again.timeout.connect(self._ask_if_changed)
        # Before the side list has the place shown: then there is a page to show.
        frame.side.look_asked.connect(self._make)
        frame.menu.look_asked.connect(self._make)
        frame.pages.place_changed.connect(self._take_place)
        frame.parts.bridge.index_changed.connect(self._look_again)
        self._desk.hit_known.connect(self._take_hit)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._desk.connect_engine(engine)
        self._ask()

    @override
    def shortcuts(self) -> Sequence[Shortcut]:
        places = ((Command.MAP, Place.MAP), (Command.TIMELINE, Place.TIMELINE), (Command.DUPLICATES, Place.DUPLICATES))
        return [(command, partial(self._frame.menu.look_asked.emit, place.value)) for command, place in places]

    @Slot(str)
    def _make(self, place: str) -> None:
        makers = {
            Place.MAP: self._make_map,
            Place.TIMELINE: self._make_timeline,
            Place.DUPLICATES: self._make_duplicates,
        }
        if place in makers and place not in self._made:
            self._made.add(place)
            makers[Place(place)]()

    def _make_map(self) -> None:
        from vexgui.gui.looking.map_page import MapPage

        frame, desk = self._frame, self._desk
        page = MapPage(frame.parts.loader)
        desk.map_known.connect(page.take_map)
        desk.map_failed.connect(page.take_failure)
        frame.parts.bridge.map_told.connect(page.take_progress)
        page.left.connect(frame.pages.leave_place)
        self._connect_map(page)
        frame.pages.add_place(Place.MAP, page)
        page.wait()

    def _connect_map(self, page: "MapPage") -> None:
        frame, view = self._frame, page.view
        view.selected.connect(self._select)
        view.large_asked.connect(self._show_large)
        frame.large_preview.moved.connect(lambda event: self._walk(view, event.key()))
        view.opened.connect(lambda path: frame.parts.shell.open([path]))
        view.menu_asked.connect(frame.actions_on_files.show_menu)
        view.region_chosen.connect(self._show_region)

    def _make_timeline(self) -> None:
        from vexgui.gui.looking.timeline_page import TimelinePage

        frame, desk = self._frame, self._desk
        page = TimelinePage()
        desk.months_known.connect(page.take_months)
        desk.months_failed.connect(page.take_failure)
        page.left.connect(frame.pages.leave_place)
        page.query_chosen.connect(self._search.ask)
        frame.pages.add_place(Place.TIMELINE, page)

    def _make_duplicates(self) -> None:
        from vexgui.gui.looking.duplicates_page import DuplicatesPage, confirm_trashing

        frame, desk = self._frame, self._desk
        page = DuplicatesPage(frame.parts.loader)

        def trash(paths: list[bytes]) -> None:
            frame.actions_on_files.trash_asked.emit(paths)
            page.forget(paths)
            self._changed = True  # for those that the trash has not taken
            self._again.start()

        def confirm(files: tuple[DuplicateFile, ...]) -> None:
            if self._place != Place.DUPLICATES:  # left meanwhile
                return
            if files:
                confirm_trashing(frame, files, lambda: trash([file.path for file in files]))
            else:
                changed = WorldProblem(
                    tr("These files have changed since they were compared."), tr("They are compared anew: look again.")
                )
                frame.banner.tell(changed)
                desk.ask_groups()

        def look(choices: Sequence[Choice]) -> None:
            frame.parts.operations.start(Lane.DISK, lambda _: surely_leaving(choices), confirm, frame.banner.tell)

        desk.groups_known.connect(page.take_groups)
        desk.groups_failed.connect(page.take_failure)
        page.trash_asked.connect(look)
        page.reveal_asked.connect(frame.parts.shell.reveal)
        page.left.connect(frame.pages.leave_place)
        frame.pages.add_place(Place.DUPLICATES, page)

    @Slot(str)
    def _take_place(self, place: str) -> None:
        self._place = place
        self._ask()
        if place == Place.MAP:
            self._frame.tell_of(self._hit)

    @Slot()
    def _ask(self) -> None:
        """Ask for what is in sight."""
        match self._place:
            case Place.MAP:
                self._desk.ask_map()
            case Place.TIMELINE:
                self._desk.ask_months()
            case Place.DUPLICATES:
                self._desk.ask_groups()

    @Slot()
    def _look_again(self) -> None:
        """Ask once more because files have changed: at once, and then not again for a while."""
        self._changed = True
        if not self._again.isActive():
            self._ask_if_changed()

    @Slot()
    def _ask_if_changed(self) -> None:
        if self._changed:
            self._changed = False
            self._ask()
            self._again.start()

    @Slot(bytes)
    def _select(self, path: bytes) -> None:
        self._frame.chosen_on_map, self._hit, self._large_wanted = path, None, b""
        if path:
            self._desk.ask_hit(path)
        else:
            self._desk.leave_hit()
            self._take_hit(None)

    @Slot(object)
    def _take_hit(self, hit: Hit | None) -> None:
        self._hit = hit
        if self._place != Place.MAP:
            return
        self._frame.tell_of(hit)
        preview = self._frame.large_preview
        if hit is None:
            preview.close()
        elif preview.isVisible():
            preview.show_hit(hit)
        elif hit.path == self._large_wanted:
            preview.appear(hit)
        self._large_wanted = b""

    @Slot(bytes)
    def _show_large(self, path: bytes) -> None:
        """Show the chosen file large, or as soon as it is known."""
        if self._hit is not None and self._hit.path == path:
            self._frame.large_preview.appear(self._hit)
        else:
            self._large_wanted = path

    def _walk(self, view: "MapView", key: int) -> None:
        if self._place == Place.MAP:
            view.walk(key)

    @Slot(object)
    def _show_region(self, paths: tuple[bytes, ...]) -> None:
        count = trn("{count} file", "{count} files", len(paths)).format(count=number(len(paths)))
        self._search.show_files(paths, count)
