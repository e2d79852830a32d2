"""The side list: folders and how they stand, saved searches, tags, places."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.events import Activity, IndexChanged, Progress
from vexgui.core.filters import Under
from vexgui.core.labels import TagCount
from vexgui.core.reports import RootInfo, RootState
from vexgui.core.settings import SavedSearch
from vexgui.gui.side.column import SideColumn
from vexgui.gui.side.panel import SidePanel
from vexgui.gui.side.root_words import standing
from vexgui.gui.side.row import Mood, SideRow
from vexgui.gui.side.tags import TagsSection, tag_query
from vexgui.search.language import Surroundings, parse

_IDLE = Progress(Activity.IDLE)
_BUSY = Progress(Activity.INDEXING, 300, 1500)
_ROOT = RootInfo(b"/home/a/Pictures", 12_400, 0, present=True, state=RootState.CURRENT)
_SEARCHES = (SavedSearch("Lakes", "lake type:image"), SavedSearch("Bread", "bread"))


@pytest.mark.parametrize(
    ("root", "progress", "words", "mood"),
    [
        (_ROOT, _IDLE, "Up to date", Mood.GOOD),
        (replace(_ROOT, state=RootState.POLLED), _IDLE, "Looked at now and then", Mood.GOOD),
        (replace(_ROOT, state=RootState.CATCHING_UP), _BUSY, "Catching up, 1,200 left", Mood.BUSY),
        (replace(_ROOT, state=RootState.CATCHING_UP), _IDLE, "Catching up", Mood.BUSY),
        (_ROOT, Progress(Activity.PAUSED), "Paused", Mood.RESTING),
        (replace(_ROOT, failed=1), _IDLE, "Up to date · 1 failed", Mood.GOOD),
        (replace(_ROOT, failed=3, state=RootState.UNWATCHED), _IDLE, "3 files failed", Mood.BAD),
        (replace(_ROOT, state=RootState.UNWATCHED), _IDLE, "", None),
        (replace(_ROOT, state=RootState.OFFLINE, present=False), _IDLE, "Offline", Mood.AWAY),
        (replace(_ROOT, state=RootState.NOT_RESPONDING), _IDLE, "Does not answer", Mood.BAD),
        (replace(_ROOT, state=RootState.OFFLINE, present=False, readable=False), _IDLE, "May not be read", Mood.BAD),
    ],
)
def test_how_a_folder_stands_is_told_in_a_few_words(
    root: RootInfo, progress: Progress, words: str, mood: Mood | None
) -> None:
    assert standing(root, progress, alone=True) == (words, mood)


def test_what_is_left_of_several_folders_is_told_of_all_together() -> None:
    root = replace(_ROOT, state=RootState.CATCHING_UP)
    assert standing(root, _BUSY, alone=False) == ("Catching up, 1,200 left in all", Mood.BUSY)
    assert standing(root, _IDLE, alone=False) == ("Catching up", Mood.BUSY)


def test_of_a_drive_that_is_away_it_is_told_since_when() -> None:
    then = datetime(2024, 5, 3, 12, 30).astimezone()
    root = replace(_ROOT, state=RootState.OFFLINE, present=False, current_ns=int(then.timestamp()) * 10**9)
    assert standing(root, _IDLE, alone=True) == ("Offline since 3 May 2024", Mood.AWAY)


@pytest.mark.parametrize("height", range(300, 420, 7))
def test_the_list_ends_with_a_whole_row_and_with_no_heading_alone(qtbot: QtBot, height: int) -> None:
    panel = SidePanel()
    qtbot.addWidget(panel)
    panel.searches.show_searches(_SEARCHES)
    panel.tags.show_tags([TagCount("lake", 4), TagCount("boat", 2), TagCount("tram", 1)])
    panel.resize(240, height)
    panel.show()
    column = panel.findChild(SideColumn)
    assert column is not None
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    ends = {row.mapTo(column.content, row.rect().bottomLeft()).y() for row in panel.findChildren(SideRow)}
    assert column.viewport().height() - 1 in ends
    column.verticalScrollBar().setValue(column.verticalScrollBar().maximum())
    assert column.content.geometry().bottom() == column.viewport().height() - 1


def test_a_list_that_has_room_takes_all_of_it(qtbot: QtBot) -> None:
    panel = SidePanel()
    qtbot.addWidget(panel)
    panel.searches.show_searches(_SEARCHES)
    panel.resize(240, 800)
    panel.show()
    column = panel.findChild(SideColumn)
    assert column is not None
    assert column.viewport().height() == column.height()
    panel.tags.show_tags([TagCount(f"tag {number}", 1) for number in range(12)])
    panel.resize(240, 500)
    qtbot.waitUntil(lambda: column.viewport().height() < column.height())


def test_a_row_that_the_arrow_keys_reach_is_scrolled_into_sight(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.resize(960, 500)
    window.side.tags.show_tags([TagCount(f"tag {number:02}", 1) for number in range(12)])
    rows, column = window.side.tags.column.rows, window.side.findChild(SideColumn)
    assert column is not None

    def is_laid_out() -> bool:
        QApplication.sendPostedEvents()  # by which the column fits its end to what was laid out
        beyond = column.content.minimumSizeHint().height() - column.viewport().height()
        return column.verticalScrollBar().maximum() == beyond > 0 and rows[-1].visibleRegion().isEmpty()

    bench.qtbot.waitUntil(is_laid_out)
    rows[0].setFocus()
    for _ in rows[1:]:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert rows[-1].hasFocus()
    assert rows[-1].visibleRegion().boundingRect() == rows[-1].rect()
    for _ in window.side.findChildren(SideRow):
        if not window.side.roots.rows[0].hasFocus():
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert window.side.roots.rows[0].hasFocus()
    assert window.side.roots.rows[0].visibleRegion().boundingRect() == window.side.roots.rows[0].rect()


def test_a_folder_asks_for_its_files(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.roots_panel.rows[0].click()
    bench.settle()
    assert window.searcher.question.text.startswith('in:"/')


@pytest.mark.parametrize("name", [b'5" disks', b"caf\xe9", b"end "])
def test_a_folder_whose_name_cannot_be_typed_asks_for_its_files_too(
    bench: Bench, library: FakeEngine, name: bytes
) -> None:
    folder = os.fsencode(bench.folder) + b"/" + name
    os.mkdir(folder)
    library.folders = [folder]
    window = bench.open(library)
    window.roots_panel.rows[0].click()
    bench.settle()
    asked = parse(window.searcher.question.text, Surroundings(datetime(2026, 3, 5, tzinfo=UTC)))
    assert (asked.where, asked.mistakes) == (Under(folder), ())


def test_folders_rest_with_the_indexer(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.roots_panel.show_roots([_ROOT])
    library.tell(Progress(Activity.PAUSED))
    bench.qtbot.waitUntil(lambda: window.roots_panel.rows[0].state == "Paused")


def _with_searches(bench: Bench, library: FakeEngine) -> None:
    library.saved = replace(library.saved, searches=_SEARCHES)
    bench.open(library)


def test_a_saved_search_is_run_by_a_click(bench: Bench, library: FakeEngine) -> None:
    _with_searches(bench, library)
    side = bench.window.side.searches
    assert side.names == ["Lakes", "Bread"]
    side.rows[1].click()
    bench.settle()
    assert bench.window.searcher.question.text == "bread"


def test_a_saved_search_is_renamed_in_place(bench: Bench, library: FakeEngine) -> None:
    _with_searches(bench, library)
    row = bench.window.side.searches.rows[0]
    row.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row, Qt.Key.Key_F2)
    QTest.keyClicks(row.editor, "Water")
    QTest.keyClick(row.editor, Qt.Key.Key_Return)
    bench.settle()
    assert bench.window.side.searches.names == ["Water", "Bread"]
    assert library.saved.searches[0] == SavedSearch("Water", "lake type:image")


def test_a_name_that_is_left_with_escape_stays(bench: Bench, library: FakeEngine) -> None:
    _with_searches(bench, library)
    row = bench.window.side.searches.rows[0]
    row.rename_asked.emit()
    QTest.keyClicks(row.editor, "Water")
    QTest.keyClick(row.editor, Qt.Key.Key_Escape)
    bench.settle()
    assert library.called("change") == []


def test_a_saved_search_is_removed_and_comes_back(bench: Bench, library: FakeEngine) -> None:
    _with_searches(bench, library)
    window = bench.window
    QTest.keyClick(window.side.searches.rows[0], Qt.Key.Key_Delete)
    bench.settle()
    assert window.side.searches.names == ["Bread"]
    assert window.toast.text == "“Lakes” is removed"
    window.toast.bar.undo.click()
    bench.settle()
    assert library.saved.searches == _SEARCHES


def test_tags_are_listed_and_asked_for(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    path = next(iter(library.files))
    library.tag([path], add=["two words"])
    library.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: len(window.side.tags.column.rows) == 1)
    window.side.tags.column.rows[0].click()
    bench.settle()
    assert window.searcher.question.text == 'tag:"two words"'


def test_the_tags_most_used_come_first_and_the_others_on_request(qtbot: QtBot) -> None:
    section = TagsSection()
    qtbot.addWidget(section)
    section.show_tags([TagCount(f"tag {number:02}", number) for number in range(20)])
    texts = [row.text() for row in section.column.rows]
    assert texts == [*(f"tag {number:02}" for number in range(8, 20)), "8 more"]
    section.column.rows[-1].click()
    assert len(section.column.rows) == 21


@pytest.mark.parametrize(
    ("tag", "query"), [("holiday", "tag:holiday"), ("two words", 'tag:"two words"'), ('a"b', 'tag:“a"b”')]
)
def test_a_tag_becomes_a_query(tag: str, query: str) -> None:
    assert tag_query(tag) == query


def test_the_arrow_keys_walk_through_the_rows(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    rows = window.side.look.column.rows
    rows[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert window.focusWidget() is rows[1]
    QTest.keyClick(rows[1], Qt.Key.Key_Up)
    assert window.focusWidget() is rows[0]


def test_every_row_with_a_menu_offers_it(bench: Bench, library: FakeEngine) -> None:
    _with_searches(bench, library)
    side = bench.window.side
    for row in (*side.roots.column.rows, *side.searches.rows):
        menu = row.menu()
        assert isinstance(menu, QMenu)
        assert menu.actions()
