"""The order in which the Tab key goes through widgets: the one in which they lie, also for those that came later."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QSplitter, QWidget

_AROUND_PX = 24
"""How much above and below a widget is to be seen, too."""


def set_tab_order(root: QWidget) -> None:
    """Have the Tab key go through what lies in a widget in the order of its layouts."""
    for one, other in pairwise(_stops(root)):
        QWidget.setTabOrder(one, other)


def go_on(root: QWidget, *, forth: bool) -> bool:
    """Hand the keyboard to what comes next in a widget in the order of its layouts, or before; return whether it could.

    Qt's own chain has at its end what came later, and a widget that hands the keyboard on to another leads past all
    between the two.
    """
    stops = [widget for widget in _stops(root) if widget.isVisible() and widget.isEnabled()]
    focused = QApplication.focusWidget()
    if focused not in stops:
        return False
    at = stops.index(focused) + (1 if forth else -1)
    reason = Qt.FocusReason.TabFocusReason if forth else Qt.FocusReason.BacktabFocusReason
    lead_to(stops[at % len(stops)], reason)
    return True


def lead_to(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Hand the keyboard to a widget, and scroll it into sight."""
    widget.setFocus(reason)
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, _AROUND_PX)
        around = around.parentWidget()


def _stops(root: QWidget) -> list[QWidget]:
    """Return where the Tab key stops in a widget, the hidden ones too."""
    return [
        widget
        for widget in _widgets(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]


def _widgets(widget: QWidget) -> Iterator[QWidget]:
    """Yield a widget and what lies in it; what no layout places comes last, from the lowest to the topmost."""
    yield widget
    placed = list(_placed(widget))
    others = (child for child in widget.children() if isinstance(child, QWidget) and child not in placed)
    for child in (*placed, *others):
        if not child.isWindow():
            yield from _widgets(child)


def _placed(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widgets that a widget places, in their order."""
    layout = widget.layout()
    if layout is not None:
        yield from _laid_out(layout)
    elif isinstance(widget, QSplitter):
        yield from filter(None, (widget.widget(number) for number in range(widget.count())))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
