"""The three panels side by side, folders, pages and details, and which of them there is room for."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget
from typing_extensions import override

from vexgui.gui.controls import Button, Look
from vexgui.gui.details.panel import DetailsPanel
from vexgui.gui.language import tr
from vexgui.gui.side.panel import SidePanel

_WIDTHS = (232, 660, 308)
_NARROWEST = (180, 284)
_NARROWEST_PAGE, _LOWEST_PAGE = 300, 200


class Panel:
    """One side panel: the button that shows and hides it, and when it is shown unasked.

    Args:
        widget: The panel.
        icon: Icon of its button.
        name: Name of its button.
        from_width: Width of the window from which there is room for it, device-independent pixels.

    Attributes:
        wished: Whether the user wants it shown; None as long as that was not said.
    """

    def __init__(self, widget: QWidget, icon: str, name: str, from_width: int) -> None:
        self.widget = widget
        self.button = Button(icon=icon, look=Look.FLAT, name=name)
        self.button.setCheckable(True)
        self._from_width = from_width
        self.wished: bool | None = None
        self._useful = False

    def wish(self, shown: bool) -> None:  # noqa: FBT001 - follows a signal
        """Take what the user wants, whatever room there is."""
        self.wished = shown

    def set_useful(self, *, useful: bool) -> None:
        """Take whether the panel has anything to show now."""
        self._useful = useful

    def place(self, width: int) -> None:
        """Show or hide the panel in a window of a width."""
        wished = width >= self._from_width if self.wished is None else self.wished
        visible = self._useful and wished
        self.widget.setVisible(visible)
        self.button.setChecked(visible)
        self.button.setEnabled(self._useful)


class Workspace(QSplitter):
    """Folders at the left, one of the pages in the middle, details at the right."""

    def __init__(self, side: SidePanel, pages: QWidget, details: DetailsPanel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.side = Panel(side, "folder", tr("Folders"), 900)
        self.details = Panel(details, "panel", tr("Details"), 760)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(6)
        for widget in (side, pages, details):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        pages.setMinimumSize(_NARROWEST_PAGE, _LOWEST_PAGE)
        side.setMinimumWidth(_NARROWEST[0])
        details.setMinimumWidth(_NARROWEST[1])
        self.setSizes(list(_WIDTHS))
        for panel in (self.side, self.details):
            panel.button.clicked.connect(panel.wish)
            panel.button.clicked.connect(self._place)

    def restore(self, state: QByteArray) -> None:
        """Take the panels' widths as they were kept."""
        if not state.isEmpty():
            self.restoreState(state)
            self.setHandleWidth(6)

    def set_useful(self, *, side: bool, details: bool) -> None:
        """Take which panels have anything to show now."""
        self.side.set_useful(useful=side)
        self.details.set_useful(useful=details)
        self._place()

    def _place(self) -> None:
        for panel in (self.side, self.details):
            panel.place(self.width())

    @override
    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)

    @override
    def minimumSizeHint(self) -> QSize:
        # Without the side panels: they are hidden where there is no room, and must not keep the window wide.
        return QSize(_NARROWEST_PAGE, _LOWEST_PAGE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


class _Handle(QSplitterHandle):
    """The gap between two panels, which can be dragged; the pointer's shape tells so."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing."""
