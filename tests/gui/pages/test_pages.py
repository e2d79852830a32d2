"""The pages beside answers: the first start, an empty folder, nothing found, files being read, failures."""

import os
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from vexgui.core.events import Activity, Progress
from vexgui.core.files import Kind
from vexgui.core.hits import Answer, Band, Hit, Why
from vexgui.core.query import Part, Reading, Role
from vexgui.core.reports import FailedFile
from vexgui.gui.controls import Button
from vexgui.gui.indexing import MOST_FAILURES
from vexgui.gui.pages.caveat import reading_caveat, weak_caveat
from vexgui.gui.pages.failures import FailuresPage, grouped
from vexgui.gui.pages.first_run import FirstRunPage
from vexgui.gui.pages.idle import IdlePage
from vexgui.gui.pages.nothing import advice
from vexgui.gui.pages.user_folders import RoughCount, UserFolder, rough_count, user_folders

# the first start


def _home(tmp_path: Path, *folders: str) -> dict[bytes, bytes]:
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    return {b"HOME": os.fsencode(tmp_path)}


def test_the_users_folders_are_found_by_the_names_they_have_in_their_language(tmp_path: Path) -> None:
    environment = _home(tmp_path, ".config", "Bilder", "Dokumente", "Schreibtisch")
    (tmp_path / ".config/user-dirs.dirs").write_text(
        "# made by xdg-user-dirs-update\n"
        'XDG_DESKTOP_DIR="$HOME/Schreibtisch"\nXDG_PICTURES_DIR="$HOME/Bilder"\nXDG_DOCUMENTS_DIR="$HOME/Dokumente"\n'
        'XDG_MUSIC_DIR="$HOME/"\nXDG_VIDEOS_DIR="$HOME/Gone"\nXDG_DOWNLOAD_DIR="relative"\n'
    )
    found = user_folders(environment)
    assert [os.path.basename(folder.path) for folder in found] == [b"Dokumente", b"Bilder", b"Schreibtisch"]
    assert [folder.is_likely for folder in found] == [True, True, False]


def test_without_user_dirs_the_usual_names_are_looked_for(tmp_path: Path) -> None:
    found = user_folders(_home(tmp_path, "Documents", "Music"))
    assert [os.path.basename(folder.path) for folder in found] == [b"Documents", b"Music"]


def test_a_folder_outside_home_and_with_escaped_signs_is_taken_as_it_is(tmp_path: Path) -> None:
    environment = _home(tmp_path / "home", ".config")
    (tmp_path / 'pic "a"').mkdir()
    escaped = str(tmp_path / 'pic "a"').replace('"', '\\"')
    (tmp_path / "home/.config/user-dirs.dirs").write_text(f'XDG_PICTURES_DIR="{escaped}"\n')
    assert [folder.path for folder in user_folders(environment)] == [os.fsencode(tmp_path / 'pic "a"')]


def test_without_a_home_nothing_is_suggested() -> None:
    assert user_folders({}) == []


def test_files_are_counted_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("a", "inner/b", "inner/.c", ".hidden/d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert rough_count(os.fsencode(tmp_path), Flag()) == RoughCount(2, complete=True)


def test_a_count_that_is_broken_off_says_so(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a").write_text("x")
    stop = Flag()
    stop.set()
    assert rough_count(os.fsencode(tmp_path), stop) == RoughCount(1, complete=False)


@pytest.fixture
def first(qtbot: QtBot) -> FirstRunPage:
    page = FirstRunPage()
    page.suggest([UserFolder(b"/h/Documents", is_likely=True), UserFolder(b"/h/Music", is_likely=False)])
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    return page


def test_likely_folders_are_chosen_and_started_with(qtbot: QtBot, first: FirstRunPage) -> None:
    assert first.wanted == [b"/h/Documents"]
    with qtbot.waitSignal(first.add_asked) as asked:
        first.start.click()
    assert asked.args == [[b"/h/Documents"]]


def test_without_a_chosen_folder_there_is_no_start(first: FirstRunPage) -> None:
    first.rows[0].box.click()
    assert not first.start.isEnabled()
    QTest.keyClick(first.rows[1].box, Qt.Key.Key_Space)
    assert first.start.isEnabled()


def test_a_folder_in_another_one_is_not_added_twice(qtbot: QtBot, first: FirstRunPage) -> None:
    first.offer([b"/h", b"/h/Documents"])
    assert first.wanted == [b"/h/Documents", b"/h"]
    with qtbot.waitSignal(first.add_asked) as asked:
        first.start.click()
    assert asked.args == [[b"/h"]]


def test_it_is_told_how_many_files_there_are(qtbot: QtBot, first: FirstRunPage) -> None:
    first.show_count(b"/h/Documents", RoughCount(12_400, complete=True))
    first.show_count(b"/h/Music", RoughCount(200_000, complete=False))
    assert [row.count for row in first.rows] == ["12,400 files", "more than 200,000 files"]


def test_the_users_folders_are_suggested_with_their_counts_and_enter_starts(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    (tmp_path / "Documents/a").write_text("x")
    window = bench.open(FakeEngine())
    page = window.pages.first_run
    assert [(row.box.text(), row.count) for row in page.rows] == [("Documents", "1 file")]
    assert window.focusWidget() is page.start
    assert not window.status._pause.isVisible()
    QTest.keyClick(page.start, Qt.Key.Key_Return)
    bench.settle()
    assert bench.engine.folders == [os.fsencode(tmp_path / "Documents")]
    assert window.status._pause.isVisible()


# no files yet, and files being read


def test_a_folder_without_files_says_so(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "New").mkdir()
    window = bench.open(FakeEngine([], [os.fsencode(tmp_path / "New")]))
    assert window.pages.idle.title == "There are no files in New yet"
    window.pages.idle.open.click()
    assert bench.shell.asked == [("open", (os.fsencode(tmp_path / "New"),))]


def test_while_nothing_is_found_yet_files_are_looked_for(bench: Bench, tmp_path: Path) -> None:
    engine = FakeEngine([], [os.fsencode(tmp_path)])
    window = bench.open(engine)
    engine.tell(Progress(Activity.SCANNING))
    bench.qtbot.waitUntil(lambda: window.pages.idle.title == "Looking for files…")


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (
            Progress(Activity.INDEXING, 312, 12_400),
            "312 of 12,400 read. What is found among the others appears here by itself.",
        ),
        (
            Progress(Activity.FILLING, 312, 12_400),
            "312 of 12,400 files read for meaning; names and words are found already.",
        ),
        (Progress(Activity.INDEXING, 2, 9), ""),
        (Progress(Activity.IDLE), ""),
    ],
)
def test_while_many_files_are_read_it_is_told_how_many(progress: Progress, text: str) -> None:
    assert reading_caveat(progress)[0] == text


def test_the_line_about_reading_stands_above_results_and_goes(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("lake")
    library.tell(Progress(Activity.INDEXING, 312, 12_400))
    bench.qtbot.waitUntil(lambda: window.caveat.text.startswith("312 of 12,400 read."))
    library.tell(Progress(Activity.IDLE))
    bench.qtbot.waitUntil(lambda: not window.caveat.text)


def _hit(band: Band) -> Hit:
    return Hit(b"/a", 0.2, band, (Why("words", 0, "a"),), Kind.TEXT, 1, 1)


def test_only_weak_hits_are_announced() -> None:
    weak = "Nothing fits well. These files come nearest."
    assert weak_caveat(Answer((_hit(Band.WEAK),))) == weak
    assert weak_caveat(Answer((_hit(Band.MAYBE), _hit(Band.WEAK)))) == ""
    assert weak_caveat(Answer((_hit(Band.WEAK),), bands=((Band.STRONG, 0), (Band.WEAK, 1)))) == weak
    assert weak_caveat(Answer(())) == ""
    assert weak_caveat(Answer((replace(_hit(Band.WEAK), why=()),))) == ""


def test_hits_are_called_weak_only_when_all_files_have_been_read(bench: Bench, library: FakeEngine) -> None:
    library.answers["weak"] = Answer((_hit(Band.WEAK),))
    library.progress = Progress(Activity.FILLING, 1, 9)
    window = bench.open(library)
    bench.ask("weak")
    assert window.caveat.text == ""
    library.tell(Progress(Activity.IDLE))
    bench.qtbot.waitUntil(lambda: window.caveat.text == "Nothing fits well. These files come nearest.")


# nothing found


def test_other_queries_are_offered_where_one_found_nothing() -> None:
    query = 'zeppelin over "hanging gardens" type:video'
    reading = Reading(
        (
            Part(0, 13, Role.WORDS, label="zeppelin over"),
            Part(14, 31, Role.PHRASE, label="hanging gardens"),
            Part(32, 42, Role.FIELD, "type", "video"),
        )
    )
    assert [offer.query for offer in advice(query, reading)] == [
        'zeppelin over "hanging gardens"',
        "zeppelin over hanging gardens",
        "zeppelin hanging",
    ]


def test_a_plain_word_has_no_simpler_form() -> None:
    assert advice("lake", Reading((Part(0, 4, Role.WORDS, label="lake"),))) == ()


def test_an_offered_query_is_asked(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    bench.ask("type:video lake")
    bench.qtbot.waitUntil(lambda: bool(window.pages.nothing.buttons))
    window.pages.nothing.buttons[0].click()
    bench.settle()
    assert window.searcher.question.text == "lake"
    assert window.pages.shows_results


# failures

_FAILED = tuple(
    FailedFile(b"/a/%d.pdf" % number, "It is locked." if number else "It is damaged.", Kind.DOCUMENT, 1)
    for number in range(25)
)


def test_failures_are_grouped_by_reason_the_most_first() -> None:
    assert [(group.reason, len(group.files)) for group in grouped(_FAILED)] == [
        ("It is locked.", 24),
        ("It is damaged.", 1),
    ]


@pytest.fixture
def page(qtbot: QtBot) -> FailuresPage:
    made = FailuresPage()
    qtbot.addWidget(made)
    made.show_failures(_FAILED)
    return made


def test_one_file_a_reason_or_all_are_tried_again(qtbot: QtBot, page: FailuresPage) -> None:
    tried: list[int] = []
    page.retry_asked.connect(lambda paths: tried.append(len(paths)))
    card = page.cards[0]
    page.retry.click()
    card.rows[0].menu().actions()[0].trigger()
    for button in card.findChildren(type(page.retry)):
        if button.text() == "Try again":
            button.click()
    assert tried == [25, 1, 24]


def test_many_files_of_a_reason_are_shown_on_request(page: FailuresPage) -> None:
    card = page.cards[0]
    assert len(card.rows) == 8
    assert card.more.text() == "16 more"
    card.more.click()
    assert len(card.rows) == 24
    assert card.more.isHidden()


def test_many_reasons_are_shown_a_few_at_a_time(page: FailuresPage) -> None:
    page.show_failures([replace(_FAILED[0], reason=f"Reason {number}.") for number in range(7)])
    live = [card for card in page.cards if not card.isHidden()]
    assert len(live) == 5


def test_of_very_many_files_it_is_told_that_not_all_are_listed(page: FailuresPage) -> None:
    page.show_total(1_200)  # known before the list of them has come
    assert (page.title, page.retry.text()) == ("25 files could not be read", "Try all again")
    page.show_failures([replace(_FAILED[0], path=b"/a/%d" % number) for number in range(MOST_FAILURES)])
    assert (page.title, page.retry.text()) == ("1,200 files could not be read", "Try these again")
    assert page.note.endswith("The 1,000 that were tried last are listed.")
    page.show_total(1_000)
    assert (page.title, page.retry.text()) == ("1,000 files could not be read", "Try all again")


def test_a_failed_file_is_shown_in_its_folder_and_its_path_copied(qtbot: QtBot, page: FailuresPage) -> None:
    actions = page.cards[1].rows[0].menu().actions()
    with qtbot.waitSignal(page.reveal_asked) as revealed:
        actions[1].trigger()
    with qtbot.waitSignal(page.copy_asked) as copied:
        actions[2].trigger()
    assert revealed.args == copied.args == [[b"/a/0.pdf"]]


def test_the_side_list_leads_to_the_failures_and_back(bench: Bench, library: FakeEngine) -> None:
    path = next(iter(library.files))
    library.files[path] = replace(library.files[path], failed="It is damaged.")
    window = bench.open(library)
    row = window.side.look.column.rows[-1]
    assert row.line.note == "1"
    row.click()
    bench.settle()
    assert window.failures.title == "1 file could not be read"
    assert row.isChecked()
    window.failures.retry.click()
    bench.settle()
    assert library.called("index") == [((path,), True)]
    row.click()
    assert window.pages.currentWidget() is window.pages.idle


def test_a_query_leaves_a_place(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.side.look_asked.emit("failures")
    bench.settle()
    assert window.pages.place == "failures"
    bench.ask("lake")
    assert window.pages.shows_results


def test_escape_leaves_a_place_and_then_the_list(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.activateWindow()
    row = window.side.look.column.rows[-1]
    row.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row, Qt.Key.Key_Return)
    bench.settle()
    assert window.pages.place == "failures"
    QTest.keyClick(row, Qt.Key.Key_Escape)
    assert window.pages.place == ""
    QTest.keyClick(row, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.field.edit


def test_where_nothing_failed_that_is_said(bench: Bench, library: FakeEngine) -> None:
    window = bench.open(library)
    window.menu.failures_asked.emit()
    bench.settle()
    assert window.failures.title == ""
    assert window.failures.cards == []


def test_queries_of_before_are_offered_as_the_user_knows_them(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    page = IdlePage()
    qtbot.addWidget(page)
    chosen: list[str] = []
    page.query_chosen.connect(chosen.append)
    page.show_recent(['in:"/home/ann/Pictures"'])
    buttons = {one.accessibleName(): one for one in page.findChildren(Button)}
    assert buttons['Search for in:"~/Pictures"'].text() == 'in:"~/Pictures"'
    buttons['Search for in:"~/Pictures"'].click()
    assert chosen == ['in:"/home/ann/Pictures"']
