"""The Tab key goes through the panel from the top to the bottom, through what came later too, and all has a name."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.details.conftest import PanelBench
from vexgui.core.files import FileFacts

FULL = FileFacts(latitude=38.69, longitude=-9.21, extra={"colours": "#1f6f8b #f0e9d2"})


def test_the_tab_key_goes_down_the_panel(alone: Callable[..., PanelBench]) -> None:
    bench = alone()
    panel = bench.panel
    panel.resize(308, 2000)
    for number in range(4):
        bench.add(f"{number}.jpg")
    bench.show(bench.add("a.jpg", FULL, ("lake", "red")))
    panel.card.toggle()
    bench.qtbot.waitUntil(lambda: len(panel.similar.strip.files) == 4)
    panel.activateWindow()
    panel.labels.stars.setFocus()
    bench.qtbot.waitUntil(panel.labels.stars.hasFocus)
    visited: list[QWidget] = []
    while (here := QApplication.focusWidget()) not in visited:
        assert here is not None
        visited.append(here)
        bench.qtbot.keyClick(here, Qt.Key.Key_Tab)
    places = [widget.mapTo(panel, QPoint()).y() for widget in visited]
    top = places.index(min(places))
    downwards = places[top:] + places[:top]
    assert len(visited) >= 3 + 1 + 3 + 2 + 2 + 4 + 4
    assert all(lower > upper - 16 for upper, lower in pairwise(downwards))
    assert all(widget.accessibleName() for widget in visited)
