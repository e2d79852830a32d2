"""Joins what tells how things stand: the conditions above the results, and the activity beneath them."""

from PySide6.QtCore import QElapsedTimer, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from vexgui.core.events import Activity, ModelProgress, Progress
from vexgui.core.reports import Status
from vexgui.gui.frame import Frame
from vexgui.gui.language import tr
from vexgui.gui.standing.conditions import OFFLINE, Act, Condition, conditions
from vexgui.gui.wiring.wiring import Wiring

_LOOK_AGAIN_MS = 2000
_APART_MS = 15_000
"""How things stand is counted out of the whole index, and not asked for more often than that."""


class StandingWiring(Wiring):
    """From the engine's state to what is said about it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._status: Status | None = None
        self._progress = Progress(Activity.STOPPED)
        self._fetching: ModelProgress | None = None
        self._asked = QElapsedTimer()
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(frame.desk.ask_status)
        bridge = frame.parts.bridge
        for happened in (bridge.index_changed, bridge.roots_changed, bridge.troubled, bridge.model_told):
            happened.connect(self._look_again)
        bridge.progressed.connect(self._take_progress)
        bridge.lost.connect(self._take_loss)
        frame.pages.currentChanged.connect(self._show)
        frame.desk.status_known.connect(self._take_status)
        frame.desk.roots_known.connect(lambda _: self._show())
        frame.models.fetching.connect(self._take_fetching)
        frame.strip.act_asked.connect(self._act)
        frame.strip.all_asked.connect(frame.status.show_activity)
        frame.status.activity.act_asked.connect(self._act)
        frame.status.activity.refresh_asked.connect(frame.desk.bring_up_to_date)

    @Slot()
    def _look_again(self) -> None:
        if not self._again.isActive():
            left_ms = _APART_MS - self._asked.elapsed() if self._asked.isValid() else 0
            self._again.start(max(_LOOK_AGAIN_MS, left_ms))

    @Slot(object)
    def _take_status(self, status: Status) -> None:
        self._status = status
        self._asked.start()
        self._show()

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        if progress.activity is not self._progress.activity:
            self._look_again()
        self._progress = progress
        self._show()

    @Slot(object)
    def _take_fetching(self, fetching: ModelProgress | None) -> None:
        self._fetching = fetching
        self._show()

    @Slot()
    def _take_loss(self) -> None:
        """Say no more of an engine that is gone; its page does."""
        self._status, self._fetching = None, None
        self._again.stop()
        self._progress = Progress(Activity.STOPPED)
        self._frame.status.show_progress(self._progress)
        self._frame.status.told = False
        self._frame.workspace.set_useful(side=False, details=False)
        self._show()

    @Slot()
    def _show(self) -> None:
        pages = self._frame.pages
        found = conditions(self._status, self._frame.desk.roots, self._progress, self._fetching)
        answers = pages.shows_results or pages.currentWidget() is pages.nothing
        urgent = [condition for condition in found if answers or condition.name != OFFLINE]
        self._frame.strip.show_conditions(() if pages.failed else urgent)
        self._frame.status.activity.show_conditions(found)
        for condition in found:
            self._frame.banner.withdraw(condition.sentence)

    @Slot(object)
    def _act(self, condition: Condition) -> None:
        frame = self._frame
        match condition.act:
            case Act.COPY:
                QGuiApplication.clipboard().setText(condition.command)
                frame.toast.show(tr("The command is on the clipboard"))
            case Act.MODELS:
                frame.status.activity.close()
                frame.preferences.show_page(frame.preferences.models)
            case None:
                pass
