"""The duplicates in the window: which one stays is chosen, and the others go to the trash."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine
from tests.gui.looking.conftest import go_to
from vexgui.core.events import IndexChanged
from vexgui.core.files import Kind
from vexgui.core.looking import DuplicateFile, DuplicateGroup
from vexgui.gui.controls import Button
from vexgui.gui.looking.duplicates_page import DuplicatesPage
from vexgui.gui.question import Question
from vexgui.gui.side.look import Place


def duplicates_page(bench: Bench) -> DuplicatesPage:
    go_to(bench, Place.DUPLICATES)
    page = bench.window.pages.currentWidget()
    assert isinstance(page, DuplicatesPage)
    return page


def asked(bench: Bench) -> Question:
    boxes = bench.window.findChildren(Question)
    assert len(boxes) == 1
    return boxes[0]


def test_only_exact_duplicates_go_and_only_after_a_question_that_names_them(bench: Bench, doubled: FakeEngine) -> None:
    bench.open(doubled)
    page = duplicates_page(bench)
    assert len(page.cards) == 2
    assert page.trash.text() == "Move 1 file to the trash…"
    page.trash.click()
    bench.settle()
    box = asked(bench)
    assert "1 file (" in box.title
    assert box.named.endswith("copy.jpg")
    assert not bench.shell.asked
    box.yes.click()
    assert [name for name, _ in bench.shell.asked] == ["trash"]
    assert bench.window.toast.text.startswith("Moved to the trash")
    assert [card.choice.group.exact for card in page.cards] == [False], "what has gone is left out at once"
    QTest.keyClick(page.cards[0].rows[0].keep, Qt.Key.Key_Escape)
    assert bench.window.pages.place == ""


def test_what_stands_beside_the_choice_keeps_its_place(bench: Bench, doubled: FakeEngine) -> None:
    bench.open(doubled)
    kept, other = duplicates_page(bench).cards[0].rows
    assert kept.keep.text() != other.keep.text()
    assert kept.keep.width() == other.keep.width()


def test_which_one_stays_can_be_chosen(bench: Bench, doubled: FakeEngine) -> None:
    bench.open(doubled)
    page = duplicates_page(bench)
    first, second = page.cards[0].rows
    second.keep.click()
    assert [file.path for file in page.choices[0].leaving] == [first.file.path]
    first.goes.click()
    assert not page.trash.isEnabled()
    doubled.groups = doubled.groups[:1]
    doubled.tell(IndexChanged(1))
    bench.qtbot.waitUntil(lambda: len(page.choices) == 1)
    assert page.choices[0].keep == second.file, "what was chosen is kept"


def test_a_file_that_has_changed_meanwhile_does_not_go(bench: Bench, doubled: FakeEngine, tmp_path: Path) -> None:
    bench.open(doubled)
    page = duplicates_page(bench)
    (tmp_path / "copy.jpg").write_bytes(b"another")
    page.trash.click()
    bench.settle()
    assert not bench.window.findChildren(Question)
    assert bench.window.banner.isVisible()


def test_who_goes_through_duplicates_with_keys_stays_among_them_when_others_come(
    bench: Bench, doubled: FakeEngine
) -> None:
    bench.open(doubled)
    page = duplicates_page(bench)
    page.cards[1].rows[1].goes.setFocus()
    page.take_groups(doubled.groups[1:])
    focused = bench.window.focusWidget()
    assert focused is not None
    assert focused is not page.trash
    assert page.isAncestorOf(focused)
    assert not isinstance(focused, QAbstractButton)


def test_of_a_group_of_very_many_files_the_first_few_are_shown_until_more_are_asked_for(
    bench: Bench, library: FakeEngine
) -> None:
    files = tuple(DuplicateFile(b"/%03d/LICENSE" % number, Kind.TEXT, 1000, number) for number in range(150))
    library.groups = (DuplicateGroup(files, exact=True),)
    bench.open(library)
    page = duplicates_page(bench)
    (card,) = page.cards
    assert len(card.rows) == 20
    assert page.trash.text() == "Move 149 files to the trash…"
    (more,) = (button for button in card.findChildren(Button) if button.text() == "Show 100 more")
    more.click()
    assert (len(card.rows), more.text()) == (120, "Show 30 more")
    more.click()
    assert [row.file for row in card.rows] == list(files)
    assert not more.isVisible()
    assert card.rows[-1].goes.isChecked()
