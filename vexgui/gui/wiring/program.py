"""Joins what concerns the whole program: menu, preferences, models, panels, the engine that is lost or opened again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from typing_extensions import override

from vexgui.core.errors import EngineLost
from vexgui.engine.api import EngineApi
from vexgui.gui.desktop.about import AboutDialog
from vexgui.gui.frame import Frame
from vexgui.gui.keys.commands import Command
from vexgui.gui.wiring.wiring import Shortcut, Wiring

if TYPE_CHECKING:
    from vexgui.gui.preferences.window import PreferencesWindow


class ProgramWiring(Wiring):
    """From the menu and the keys to the program."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        parts = frame.parts
        frame.pages.retry_asked.connect(frame.retry_asked)
        frame.pages.quit_asked.connect(frame.leave)
        parts.operations.trouble.connect(frame.banner.tell)
        parts.bridge.lost.connect(self._take_loss)
        parts.bridge.model_told.connect(frame.models.hear)
        frame.preferences_made.connect(self._take_preferences)
        frame.models.told.connect(frame.status.show_result)
        frame.models.failed.connect(frame.banner.tell)
        frame.models.fetching.connect(frame.status.show_fetching)
        self._join_settings()
        self._join_keys()
        frame.menu.preferences_asked.connect(frame.present_preferences)
        frame.menu.keys_asked.connect(self._show_keys)
        frame.menu.about_asked.connect(self._show_about)
        frame.menu.quit_asked.connect(frame.leave)

    @override
    def take_engine(self, engine: EngineApi) -> None:
        self._frame.models.connect_engine(engine)
        self._frame.settings.connect_engine(engine)

    @override
    def shortcuts(self) -> Sequence[Shortcut]:
        frame = self._frame
        return (
            (Command.FOLDERS, frame.workspace.side.button.click),
            (Command.MENU, frame.menu.button.click),
            (Command.PREFERENCES, frame.present_preferences),
            (Command.DETAILS, frame.workspace.details.button.click),
            (Command.QUIT, frame.leave),
            (Command.CLOSE, frame.close),
            (Command.SHORTCUTS, self._show_keys),
        )

    def _join_settings(self) -> None:
        frame, settings = self._frame, self._frame.settings
        settings.told.connect(frame.status.show_result)
        settings.failed.connect(frame.banner.tell)
        view = frame.found.view
        settings.zoom_chosen.connect(lambda zoom: view.arrange(view.layout_kind, zoom))
        settings.take_zoom(view.zoom)
        view.zoomed.connect(settings.take_zoom)

    @Slot()
    def _take_loss(self) -> None:
        self._frame.pages.show_failure(EngineLost())

    def _join_keys(self) -> None:
        keys, settings = self._frame.keys, self._frame.settings
        settings.changed.connect(lambda: keys.take(settings.keys))
        keys.mistaken.connect(self._frame.banner.tell)
        keys.changed.connect(self._name_keys)
        self._name_keys()

    @Slot()
    def _name_keys(self) -> None:
        """Have the tool tips name the keys in force; menus do so by themselves."""
        frame, keys = self._frame, self._frame.keys
        frame.workspace.side.button.call(keys.named(Command.FOLDERS))
        frame.workspace.details.button.call(keys.named(Command.DETAILS))
        frame.menu.button.call(keys.named(Command.MENU))
        frame.field.show_save_keys(keys.first(Command.SAVE_SEARCH))
        frame.status.activity.show_refresh_keys(keys.first(Command.REFRESH))

    @Slot()
    def _show_keys(self) -> None:
        self._frame.preferences.show_page(self._frame.preferences.keys)

    @Slot(object)
    def _take_preferences(self, preferences: "PreferencesWindow") -> None:
        self._frame.parts.bridge.index_changed.connect(preferences.refresh)

    @Slot()
    def _show_about(self) -> None:
        models = self._frame.models.known.models
        AboutDialog(self._frame, tuple(model.name for model in models if model.answering or model.active)).open()
