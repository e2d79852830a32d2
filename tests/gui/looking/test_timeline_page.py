"""The timeline in the window: months are seen, reached and asked for."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from tests.gui.looking.conftest import go_to
from vexgui.core.events import IndexChanged
from vexgui.core.looking import MonthCount
from vexgui.gui.looking.timeline_chart import TimelineChart
from vexgui.gui.looking.timeline_page import TimelinePage
from vexgui.gui.side.look import Place

Left = Qt.MouseButton.LeftButton


def test_a_month_that_is_clicked_is_asked_for(bench: Bench, library: FakeEngine) -> None:
    library.months = (MonthCount(2023, 7, 3, 1), MonthCount(2024, 1, 3, 4))
    window = bench.open(library)
    go_to(bench, Place.TIMELINE)
    page = window.pages.currentWidget()
    assert isinstance(page, TimelinePage)
    chart = page.chart
    july = chart.months.counts.index(1)
    QTest.mouseClick(chart, Left, pos=chart.bar(july).center().toPoint())
    bench.settle()
    assert (window.field.text().strip(), window.pages.place) == ("taken:2023-07", "")
    go_to(bench, Place.TIMELINE)
    page.changed.click()
    QTest.mousePress(chart, Left, pos=chart.bar(july).center().toPoint())
    QTest.mouseMove(chart, chart.bar(12).center().toPoint())
    assert chart.words(*(chart.marked or (0, 0))) == "July 2023 – January 2024: 6 files"
    QTest.mouseRelease(chart, Left, pos=chart.bar(12).center().toPoint())
    bench.settle()
    assert window.field.text().strip() == "modified:2023-07..2024-01"


def test_the_latest_months_are_in_sight_and_months_are_reached_by_keys_in_either_direction_of_writing(
    bench: Bench, library: FakeEngine
) -> None:
    library.months = tuple(MonthCount(year, 7, 3, 1) for year in range(1990, 2024))
    window = bench.open(library)
    for mirrored in (False, True):
        window.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
        go_to(bench, Place.TIMELINE)
        page = window.pages.currentWidget()
        assert isinstance(page, TimelinePage)
        chart, most = page.chart, len(page.chart.months.counts) - 1

        def in_sight(month: int, chart: TimelineChart = chart) -> bool:
            middle = chart.bar(month).center().x()
            seen = chart.visibleRegion().boundingRect()
            return seen.left() <= middle <= seen.right()

        if not mirrored:
            bench.qtbot.waitUntil(partial(in_sight, most))
        for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            for _ in range(40):
                bench.qtbot.keyClick(chart, key)
            assert chart.marked is not None
            assert in_sight(chart.marked[0])
        window.pages.leave_place()


def test_a_month_that_is_pointed_at_may_go(bench: Bench, library: FakeEngine) -> None:
    library.months = (MonthCount(2023, 7, 3, 1), MonthCount(2024, 1, 3, 4))
    window = bench.open(library)
    go_to(bench, Place.TIMELINE)
    page = window.pages.currentWidget()
    assert isinstance(page, TimelinePage)
    QTest.mouseMove(page.chart, page.chart.bar(20).center().toPoint())
    library.months = library.months[:1]
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: len(page.chart.months.counts) == 12)
    page.chart.grab()
