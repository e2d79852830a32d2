"""What the window asks about settings: how they stand, that one be set otherwise, what is left out."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from vexgui.core.care import StripReport
from vexgui.core.exclusions import Exclusions, Weight
from vexgui.core.settings import KeyChoice, Settings
from vexgui.engine.api import EngineApi
from vexgui.gui.language import tr, trn
from vexgui.gui.memory import Memory
from vexgui.gui.operations import Lane, Operations
from vexgui.gui.preferences.choices import ENGINE_NAMES
from vexgui.gui.theme import Appearance, Theme
from vexgui.gui.wording import number

_T = TypeVar("_T")
_LANGUAGE = "language"


class SettingsDesk(QObject):
    """Knows the settings of the engine and those of the window, and sets both; the engine's off the window's thread.

    Signals:
        changed: Something is set otherwise now.
        weighed: Patterns would take much from the index: the patterns, and a `Weight`; `exclude` is how to insist.
        told: A sentence about what has happened.
        failed: A wish could not be carried out; a `VexError`.
        zoom_chosen: The results shall have another size, a step of the slider.
        history_forgotten: Recent searches are forgotten.
    """

    changed = Signal()
    weighed = Signal(object, object)
    told = Signal(str)
    failed = Signal(object)
    zoom_chosen = Signal(int)
    history_forgotten = Signal()

    def __init__(self, operations: Operations, theme: Theme, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._theme = theme
        self._memory = memory
        self._engine: EngineApi | None = None
        self._settings = Settings()
        self._exclusions = Exclusions((), (), gitignore=True)
        self._zoom = 0

    @property
    def values(self) -> dict[str, object]:
        """All that is set, by name."""
        own: dict[str, object] = {
            "appearance": self._theme.appearance,
            "language": self._memory.choice(_LANGUAGE),
            "zoom": self._zoom,
            "remembers_queries": self._memory.remembers_queries,
        }
        return {**{name: getattr(self._settings, name) for name in ENGINE_NAMES}, **own}

    @property
    def keys(self) -> tuple[KeyChoice, ...]:
        """The keys that were chosen."""
        return self._settings.keys

    @property
    def patterns(self) -> tuple[str, ...]:
        """The patterns of what is left out that can be changed."""
        return self._exclusions.patterns

    def connect_engine(self, engine: EngineApi) -> None:
        """Take the engine, and ask it for what holds in the open window, too."""
        self._engine = engine
        self._in_turn(lambda engine: engine.settings(), self._take_settings)

    @Slot()
    def refresh(self) -> None:
        """Ask how things are set."""
        self._in_turn(lambda engine: (engine.settings(), engine.exclusions()), self._take_known)

    @Slot(int)
    def take_zoom(self, zoom: int) -> None:
        """Take how large the results are."""
        self._zoom = zoom
        self.changed.emit()

    def choose(self, name: str, value: object) -> None:
        """Set something otherwise."""
        match name, value:
            case "appearance", Appearance():
                self._theme.choose(value)
                self._memory.remember_appearance(value)
            case "language", str():
                self._memory.remember_choice(_LANGUAGE, value)
            case "zoom", int():
                self.zoom_chosen.emit(value)
            case "remembers_queries", bool():
                self._memory.remember_remembering(value)
            case _:
                self._in_turn(lambda engine: engine.change(**{name: value}), self._take_settings)
                return
        self.changed.emit()

    def forget_history(self) -> None:
        """Forget recent searches."""
        self._memory.forget_queries()
        self.history_forgotten.emit()
        self.told.emit(tr("Recent searches are forgotten"))

    def leave_out(self, patterns: Sequence[str]) -> None:
        """Leave out what patterns fit, but ask first where that is much of what is indexed."""

        def take(weight: Weight) -> None:
            if weight.is_heavy:
                self.weighed.emit(tuple(patterns), weight)
            else:
                self.exclude(add=patterns)

        self._start(lambda engine: engine.weigh_exclusion(patterns), take)

    def exclude(self, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Change the patterns of what is left out."""
        self._start(lambda engine: engine.exclude(add=add, remove=remove), lambda _: self.refresh())

    def restore_patterns(self) -> None:
        """Leave out what is left out by default, and nothing else."""
        default = Settings().exclude
        self.exclude(
            add=tuple(pattern for pattern in default if pattern not in self.patterns),
            remove=tuple(pattern for pattern in self.patterns if pattern not in default),
        )

    def strip_all(self, roots: Sequence[bytes]) -> None:
        """Remove the vectors that lie on files of some folders, and write none from now on."""

        def strip(settings: Settings) -> None:
            self._take_settings(settings)
            self._start(lambda engine: engine.strip(roots), self._take_stripped)

        self._in_turn(lambda engine: engine.change(write_records=False), strip)

    def _in_turn(self, call: Callable[[EngineApi], _T], done: Callable[[_T], None]) -> None:
        """Ask or set something after what was asked and set before, so that the last answer is how things are set."""
        self._start(call, done, Lane.SETTINGS)

    def _start(self, call: Callable[[EngineApi], _T], done: Callable[[_T], None], lane: Lane = Lane.ERRANDS) -> None:
        engine = self._engine
        if engine is not None:
            self._operations.start(lane, lambda _: call(engine), done, self._take_failure)

    def _take_failure(self, error: object) -> None:
        self.failed.emit(error)
        self.changed.emit()  # what was clicked is shown as it is

    def _take_known(self, known: tuple[Settings, Exclusions]) -> None:
        self._settings, self._exclusions = known
        self.changed.emit()

    def _take_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.changed.emit()

    def _take_stripped(self, report: StripReport) -> None:
        files = trn("{count} file", "{count} files", report.stripped).format(count=number(report.stripped))
        self.told.emit(tr("Vectors removed from {files}").format(files=files))
        if report.failed:
            count = len(report.failed)
            kept = trn("{count} file keeps its vectors.", "{count} files keep their vectors.", count)
            self.told.emit(kept.format(count=number(count)))
