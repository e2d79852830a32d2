"""The page of the map: all files that have been read, those that are alike near each other."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vexgui.core.errors import VexError
from vexgui.core.events import MapProgress
from vexgui.core.looking import CollectionMap
from vexgui.gui.controls import Button, Look
from vexgui.gui.language import tr, trn
from vexgui.gui.looking.head import PlaceHead
from vexgui.gui.looking.kind_legend import KindLegend
from vexgui.gui.looking.map_view import MapView
from vexgui.gui.pages.message import MessagePage
from vexgui.gui.stripe import ProgressStripe
from vexgui.gui.thumbnails.loader import ThumbnailLoader
from vexgui.gui.wording import number

_PATIENCE_MS = 250


class MapPage(QWidget):
    """Shows the map, or says that it is being drawn, or that there is nothing to draw.

    Signals:
        left: The user wants to go back to where they were.
    """

    left = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView(loader)
        self.legend = KindLegend()
        self.region = Button(icon="region", look=Look.FLAT, name=tr("Choose a region (Shift and drag)"))
        self.region.setCheckable(True)
        buttons = [
            self.region,
            _button("zoom-out", tr("Farther (−)"), lambda: self.view.zoom(-1)),
            _button("zoom-in", tr("Nearer (+)"), lambda: self.view.zoom(1)),
            _button("zoom-fit", tr("Show all (0)"), self.view.show_all),
        ]
        self.head = PlaceHead(tr("Map"), buttons)
        self._tools = (*buttons, self.legend)
        self.message = MessagePage("map")
        self.progress = ProgressStripe(wide=True)
        self.progress.setMaximumWidth(320)
        self.message.column.insertWidget(self.message.column.count() - 1, self.progress)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.message)
        self._stack.addWidget(self.view)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 0, 8, 8)
        rows.setSpacing(6)
        for widget in (self.head, self.legend):
            rows.addWidget(widget)
        rows.addWidget(self._stack, 1)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._connect()
        self._show_tools(shown=False)

    @property
    def shows_map(self) -> bool:
        """Whether there is a map to be seen."""
        return self._stack.currentWidget() is self.view

    @Slot()
    def wait(self) -> None:
        """Take that a map has been asked for."""
        if not self.shows_map and not self.message.title:
            self._patience.start()

    @Slot(object)
    def take_map(self, found: CollectionMap | None) -> None:
        """Show a map, or that there is nothing to draw."""
        self._patience.stop()
        self.progress.show_share(None)
        if found is None or not len(found):
            self.message.say(
                tr("There is nothing to draw yet"),
                tr("Files get their places here once their contents have been read."),
            )
            self._stack.setCurrentWidget(self.message)
            self._show_tools(shown=False)
            return
        self.view.show_map(found)
        assert self.view.scene is not None
        self.legend.show_counts(self.view.scene.counts())
        self.view.show_kinds(self.legend.kinds)
        self._show_tools(shown=True)
        count = trn("{count} file", "{count} files", len(found)).format(count=number(len(found)))
        self.head.say(count if found.complete else tr("{files}, being redrawn…").format(files=count))
        self._stack.setCurrentWidget(self.view)
        if self.hasFocus():
            self._hand_on(Qt.FocusReason.OtherFocusReason)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._hand_on(event.reason())

    @Slot(object)
    def take_progress(self, progress: MapProgress) -> None:
        """Show how far a map is."""
        if self.shows_map:
            self.head.say(tr("Being redrawn: {percent} %").format(percent=number(round(progress.share * 100))))
        else:
            self._say_waiting()
            self.progress.show_share(progress.share)

    @Slot(object)
    def take_failure(self, error: VexError) -> None:
        """Say why there is no map."""
        self._patience.stop()
        self.progress.show_share(None)
        if not self.shows_map:
            self.message.say(error.message, error.remedy)

    def _hand_on(self, reason: Qt.FocusReason) -> None:
        """Hand the keyboard, which this place was given, to the map; nobody else's is taken."""
        if self.shows_map:
            self.view.setFocus(reason)

    def _connect(self) -> None:
        self._patience.timeout.connect(self._say_waiting)
        self.head.left.connect(self.left)
        self.view.left.connect(self.left)
        self.legend.kinds_chosen.connect(self.view.show_kinds)
        self.region.toggled.connect(self._pick_region)
        self.view.region_chosen.connect(lambda _: self.region.setChecked(False))

    @Slot()
    def _say_waiting(self) -> None:
        self.message.say(
            tr("Drawing the map…"), tr("Files that look alike or mean about the same are put near each other.")
        )

    @Slot(bool)
    def _pick_region(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        self.view.picks_region = wanted

    def _show_tools(self, *, shown: bool) -> None:
        for widget in self._tools:
            widget.setVisible(shown)
        if not shown:
            self.head.say("")


def _button(icon: str, name: str, act: Callable[[], object]) -> Button:
    button = Button(icon=icon, look=Look.FLAT, name=name)
    button.clicked.connect(act)
    return button
