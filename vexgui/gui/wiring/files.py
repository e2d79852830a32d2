"""Joins the results, the details, the large preview and what is done with files."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from typing_extensions import override

from vexgui.core.hits import Hit
from vexgui.engine.api import EngineApi
from vexgui.gui.files.desk import FilesDesk, Tagging
from vexgui.gui.files.errand_dialog import ErrandDialog
from vexgui.gui.files.questions import confirm_stripping
from vexgui.gui.files.tag_dialog import TagDialog
from vexgui.gui.frame import Frame
from vexgui.gui.keys.commands import Command
from vexgui.gui.language import tr
from vexgui.gui.search.examples import USUAL_WEIGHT
from vexgui.gui.side.look import Place
from vexgui.gui.wiring.search import SearchWiring
from vexgui.gui.wiring.wiring import Shortcut, Wiring
from vexgui.gui.wording import number


class FilesWiring(Wiring):
    """From the selected files to what is shown of them and done with them."""

    def __init__(self, frame: Frame, search: SearchWiring) -> None:
        super().__init__(frame)
        self._search = search
        self._current: Hit | None = None
        self._results, self._details, self._preview = frame.results, frame.details, frame.large_preview
        self._actions = frame.actions_on_files
        self._desk = FilesDesk(frame.parts.operations, frame.parts.shell, self)
        self._results.current_changed.connect(self._take_current)
        self._results.activated.connect(lambda _: self._actions.open_selected())
        self._results.customContextMenuRequested.connect(
            lambda at: self._actions.show_menu(self._results.viewport().mapToGlobal(at))
        )
        self._preview.moved.connect(self._go_on)
        self._preview.open_asked.connect(self._actions.open_selected)
        self._actions.lend_keys(self._preview)
        self._details.open_asked.connect(self._actions.open_selected)
        self._details.reveal_asked.connect(self._actions.reveal_selected)
        self._details.similar_asked.connect(self._actions.find_similar)
        self._connect_actions()
        frame.drops.picture_dropped.connect(lambda found: frame.parts.shell.keep(found, search.find_similar))
        frame.closed.connect(frame.parts.shell.close)
        for key, in_results in (("Escape", frame.field.take_focus), ("Space", self._preview_large)):
            shortcut = QShortcut(QKeySequence(key), self._results, in_results)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._desk.connect_engine(engine)
        self._preview.connect_engine(engine)

    @override
    def shortcuts(self) -> Sequence[Shortcut]:
        # The search field has a way of its own to paste, which goes first while it has the keyboard.
        return ((Command.PASTE, self._paste),)

    def _connect_actions(self) -> None:
        frame, actions, desk = self._frame, self._actions, self._desk
        actions.similar_asked.connect(self._search.find_similar)
        actions.more_asked.connect(lambda paths: self._search.add_examples(paths, USUAL_WEIGHT))
        actions.less_asked.connect(lambda paths: self._search.add_examples(paths, -USUAL_WEIGHT))
        actions.reindex_asked.connect(frame.desk.reindex)
        actions.tag_asked.connect(lambda paths: desk.with_tags(paths, self._ask_for_tags))
        actions.rate_asked.connect(desk.rate)
        actions.strip_asked.connect(lambda paths: confirm_stripping(frame, paths, lambda: desk.strip(paths)))
        actions.trash_asked.connect(desk.trash)
        actions.facts_asked.connect(self._show_facts)
        actions.told.connect(frame.toast.show)
        desk.began.connect(lambda errand: ErrandDialog(errand, frame))
        self._results.few_dragged.connect(self._tell_of_few)
        desk.told.connect(frame.toast.show)
        desk.failed.connect(frame.banner.tell)
        desk.changed.connect(frame.inspector.look_again)

    def _ask_for_tags(self, tagging: Tagging) -> None:
        TagDialog(tagging, lambda add, remove: self._desk.tag(tagging.paths, add, remove), self._frame).open()

    @Slot(int, int)
    def _tell_of_few(self, some: int, count: int) -> None:
        told = tr("The first {some} of {count} files are dragged; copying and pasting takes all of them")
        self._frame.toast.show(told.format(some=number(some), count=number(count)))

    @Slot(object)
    def _show_facts(self, _: Sequence[bytes]) -> None:
        if not self._details.isVisible():
            self._frame.workspace.details.button.click()

    @Slot()
    def _paste(self) -> None:
        shell = self._frame.parts.shell
        found = shell.pasted()
        if found.words:
            self._frame.field.append(found.words)
        else:
            shell.keep(found, self._search.find_similar)

    @Slot(object)
    def _take_current(self, hit: Hit | None) -> None:
        self._current = hit
        # On the map that is chosen which is shown.
        if self._preview.isVisible() and self._frame.pages.place != Place.MAP:
            self._preview_hit(hit)

    @Slot()
    def _preview_large(self) -> None:
        if self._preview.isVisible():
            self._preview.close()
        elif self._current is not None:
            self._preview.appear(self._current)

    @Slot(object)
    def _go_on(self, event: QKeyEvent) -> None:
        """Go on to another result; on the map one goes on otherwise."""
        if self._frame.pages.place != Place.MAP:
            self._results.keyPressEvent(event)

    def _preview_hit(self, hit: Hit | None) -> None:
        """Show another file large; with none left there is nothing to show."""
        if hit is None:
            self._preview.close()
        else:
            self._preview.show_hit(hit)
