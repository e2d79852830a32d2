"""Space opens a large look at the selected file; arrows go on, and nothing is read on the window's thread."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.gui.conftest import Bench
from tests.gui.fake_engine import FakeEngine, FakeFile
from vexgui.core.errors import WorldProblem
from vexgui.core.files import FileFacts
from vexgui.core.hits import Band
from vexgui.gui.preview.large_preview import LargePreview
from vexgui.gui.preview.passages import FoundText
from vexgui.gui.preview.text_view import TextView, Writing
from vexgui.gui.thumbnails.decoding import png_of

DAYS = "\n".join(f"Day {number}: nothing happened." for number in range(400)) + "\n"


@pytest.fixture
def files(bench: Bench, library: FakeEngine, tmp_path: Path, picture: Callable[..., bytes]) -> FakeEngine:
    """The library, with a long diary, a long manual, a song, and a picture larger than the window."""
    diary = tmp_path / "diary.txt"
    diary.write_text(DAYS + "The comet was seen.\n" + DAYS)
    manual = os.fsencode(tmp_path / "manual.pdf")
    Path(os.fsdecode(manual)).write_bytes(b"%PDF-")
    song = os.fsencode(tmp_path / "song.mp3")
    Path(os.fsdecode(song)).write_bytes(b"ID3")
    added = (
        FakeFile(os.fsencode(diary), "The comet was seen."),
        FakeFile(manual, "", ("coffee",), FileFacts(pages=3)),
        FakeFile(song, "", ("music",), FileFacts(title="Song of the sea", author="The choir")),
        FakeFile(picture("large.jpg", 3000, 2000), "", ("sunset",)),
    )
    library.files |= {file.path: file for file in added}
    page = QImage(300, 400, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    library.png = png_of(page)
    return library


def opened(bench: Bench, engine: FakeEngine, query: str) -> LargePreview:
    """Open the large preview on the first file that is found."""
    window = bench.open(engine)
    bench.ask(query)
    window.activateWindow()
    window.results.select_first()
    window.results.enter()
    bench.qtbot.waitUntil(window.results.hasFocus)
    bench.qtbot.keyClick(window.results, Qt.Key.Key_Space)
    bench.settle()
    assert window.large_preview.isVisible()
    return window.large_preview


def test_space_opens_and_closes_it_and_the_keyboard_goes_back(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "lake")
    assert preview.hasFocus()
    bench.qtbot.keyClick(preview, Qt.Key.Key_Space)
    assert not preview.isVisible()
    assert bench.window.results.hasFocus()


def test_arrows_go_on_to_other_results(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "lake")
    first = preview.hit
    bench.qtbot.keyClick(preview, Qt.Key.Key_Right)
    bench.settle()
    assert preview.hit is not None
    assert preview.hit != first
    assert preview.hit == bench.window.results.selected()[0]


def test_enter_opens_the_file_and_escape_closes(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "comet")
    bench.qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert [asked for asked, _ in bench.shell.asked] == ["open"]
    bench.qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    assert bench.window.field.text() == "comet"


def test_the_keys_of_the_results_work_on_it(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "comet")
    bench.qtbot.keyClick(preview, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [asked for asked, _ in bench.shell.asked] == ["copy files"]


def test_selected_words_are_copied_before_the_file(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "comet")
    preview.stage.text.moveCursor(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    bench.qtbot.keyClick(preview, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "The comet was seen."
    assert bench.shell.asked == []


def test_it_goes_when_the_keyboard_goes_to_the_search_field(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "comet")
    bench.qtbot.keyClick(preview, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: not preview.isVisible())
    assert not bench.window.results.hasFocus()


def test_tab_stays_within_it(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "sunset")
    seen = set()
    for _ in range(12):
        bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is preview or preview.isAncestorOf(focused)
        seen.add(focused.accessibleName())
    assert {"Open", "Close (Space)", "Larger (+)"} <= seen


def test_a_text_is_shown_at_the_passage_that_was_found(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "comet")
    found = preview.stage.text.found
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == "The comet was seen."
    assert [found.text[start:end] for start, end in found.words] == ["comet"]
    assert preview.stage.text.first_line < 400 < preview.stage.text.first_line + 40
    bench.qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert preview.stage.text.first_line == 0
    bench.qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.stage.text.first_line > 0


def test_code_is_set_in_letters_of_one_width_and_its_lines_are_numbered(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "levels")
    text = preview.stage.text
    assert text.isVisible()
    metrics = text.fontMetrics()
    assert metrics.horizontalAdvance("iiii") == metrics.horizontalAdvance("MMMM")
    assert text.lines.isVisible()
    text.show_text(FoundText("x = 1\n" * 300, first_line=5001), Writing.CODE)
    assert text.lines.numbers[:2] == [5001, 5002]
    text.scroll_to_end(end=True)
    assert text.lines.numbers[-1] == 5301
    text.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    text.show_text(FoundText("x = 1\n"), Writing.CODE)
    assert text.lines.geometry().right() < text.viewport().geometry().left(), "code is never mirrored"
    text.show_text(FoundText("Some words.\n"), Writing.PROSE)
    assert not text.lines.isVisible()
    bench.qtbot.waitUntil(lambda: len(text.findChildren(QTextDocument)) == 1)


def test_markdown_is_shown_without_its_signs_and_marked_at_the_same_place(
    bench: Bench, files: FakeEngine, tmp_path: Path
) -> None:
    told = "- the **comet** of ![1680](comet.png)"
    notes = tmp_path / "notes.md"
    notes.write_text(f"# Sky\n\n{DAYS}\n{told}\n\n{DAYS}")
    files.files = {os.fsencode(notes): FakeFile(os.fsencode(notes), told)}
    preview = opened(bench, files, "comet")
    found = preview.stage.text.found
    assert found.passage is not None
    assert found.text[slice(*found.passage)] == "the comet of 1680"
    assert [found.text[start:end] for start, end in found.words] == ["comet"]
    view = preview.stage.text
    assert 0 < view.cursorRect(view.textCursor()).top() < view.viewport().height() / 2


@pytest.mark.parametrize("mirrored", [False, True])
def test_each_paragraph_is_aligned_by_its_own_script(
    bench: Bench, files: FakeEngine, tmp_path: Path, mirrored: bool
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("The comet was seen.\nالمذنب ظهر في السماء\n")
    files.files = {os.fsencode(letter): FakeFile(os.fsencode(letter), "The comet was seen.")}
    text = opened(bench, files, "comet").stage.text
    text.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    bench.settle()
    latin = text.document().begin()
    arabic = latin.next()
    assert latin.layout().lineAt(0).naturalTextRect().left() < 1
    line = arabic.layout().lineAt(0)
    assert line.naturalTextRect().right() > line.width() - 1


def test_pages_are_turned_and_each_is_drawn_once(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "coffee")
    assert preview.footer.page.text() == "Page 1 of 3"
    for key, page in (
        (Qt.Key.Key_PageDown, 1),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_PageDown, 1),
    ):
        bench.qtbot.keyClick(preview, key)
        bench.settle()
        assert preview.page == page
    assert preview.footer.page.text() == "Page 2 of 3"
    assert pages_drawn(files) == [0, 1, 2]


def test_the_page_that_was_found_is_the_first_that_is_shown(bench: Bench, files: FakeEngine) -> None:
    bench.open(files)
    bench.ask("coffee")
    hit = bench.window.results.selected()[0]
    found = replace(hit, why=(replace(hit.why[0], place="page 3"),))
    bench.window.large_preview.appear(found)
    bench.settle()
    assert bench.window.large_preview.page == 2


def test_the_wheel_over_a_page_turns_it(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "coffee")
    turn_wheel(preview, -120)
    bench.settle()
    assert preview.page == 1


def test_keys_of_no_use_here_do_not_reach_the_search_field(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "comet")
    bench.qtbot.keyClicks(preview, "+x1")
    assert preview.isVisible()
    assert bench.window.field.text() == "comet"


def test_a_picture_is_enlarged_with_keys_and_wheel_and_fitted_again(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "sunset")
    fitted = preview.stage.picture.scale
    assert preview.stage.picture.is_fitted
    assert fitted < 0.5
    bench.qtbot.keyClick(preview, Qt.Key.Key_Plus)
    assert preview.stage.picture.scale > fitted
    bench.qtbot.keyClick(preview, Qt.Key.Key_1)
    assert preview.footer.scale.text() == "100 %"
    turn_wheel(preview, 120)
    assert preview.stage.picture.scale > 1
    bench.qtbot.keyClick(preview, Qt.Key.Key_0)
    assert preview.stage.picture.is_fitted


def test_more_pixels_are_read_when_they_are_shown(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "sunset")
    assert preview.stage.picture.pixels < 1500
    bench.qtbot.keyClick(preview, Qt.Key.Key_1)
    bench.settle()
    assert preview.stage.picture.pixels == 3000


def test_a_song_tells_its_facts(bench: Bench, files: FakeEngine) -> None:
    files.png = b""
    preview = opened(bench, files, "music")
    assert preview.stage.facts.isVisible()
    assert ("Artist", "The choir") in preview.stage.facts.grid.rows


def test_a_file_that_cannot_be_read_says_why(bench: Bench, files: FakeEngine) -> None:
    path = next(path for path in files.files if path.endswith(b"manual.pdf"))
    files.files[path] = replace(files.files[path], failed="It is protected with a password.")
    files.png = b""
    preview = opened(bench, files, "coffee")
    assert preview.stage.facts.note == "It is protected with a password."


def test_what_is_read_of_a_file_that_was_left_is_dropped(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "lake")
    gate = files.gates["inspect"] = Flag()
    bench.qtbot.keyClick(preview, Qt.Key.Key_Right)
    bench.qtbot.keyClick(preview, Qt.Key.Key_Left)
    assert not preview.settled
    gate.set()
    bench.settle()
    assert preview.hit is not None
    assert preview.windowTitle() == os.path.basename(os.fsdecode(preview.hit.path))
    bench.qtbot.keyClick(preview, Qt.Key.Key_Space)
    assert preview.settled


def test_of_pages_only_the_one_turned_to_last_is_shown(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "coffee")
    shown: list[int] = []
    preview.reader.page_read.connect(lambda picture: shown.append(picture.page))
    gate = files.gates["thumbnail"] = Flag()
    bench.qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    bench.qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    gate.set()
    bench.settle()
    assert (preview.page, shown) == (0, [0])


def test_more_pixels_of_a_page_that_was_left_are_dropped(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "coffee")
    bench.qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    bench.settle()
    sharpened: list[object] = []
    preview.reader.sharpened.connect(sharpened.append)
    gate = files.gates["thumbnail"] = Flag()
    bench.qtbot.keyClicks(preview, "++++")
    bench.qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    gate.set()
    bench.settle()
    assert (preview.page, sharpened) == (0, [])


def test_while_a_text_is_read_no_other_files_text_is_shown_or_copied(bench: Bench, files: FakeEngine) -> None:
    preview = opened(bench, files, "comet")
    window = bench.window
    view = preview.stage.text
    view.selectAll()
    gate = files.gates["inspect"] = Flag()
    other = next(file for path, file in files.files.items() if path.endswith(b".md"))
    preview.show_hit(other.told(1.0, Band.STRONG))
    assert view.isVisible()
    assert view.toPlainText() == ""
    gate.set()
    bench.settle()
    view.selectAll()
    picture = next(file for path, file in files.files.items() if path.endswith(b".jpg"))
    preview.show_hit(picture.told(1.0, Band.STRONG))
    bench.qtbot.keyClick(preview, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [asked for asked, _ in bench.shell.asked] == ["copy files"]
    assert window.large_preview.isVisible()


def test_what_had_the_keyboard_before_may_go_meanwhile(bench: Bench, files: FakeEngine) -> None:
    window = bench.open(files)
    bench.ask("comet")
    button = QPushButton(window)
    button.show()
    button.setFocus()
    window.large_preview.appear(window.results.selected()[0])
    delete(button)
    bench.qtbot.keyClick(window.large_preview, Qt.Key.Key_Escape)
    assert not window.large_preview.isVisible()
    bench.settle()


def test_why_nothing_could_be_read_is_told_in_its_place(
    bench: Bench, files: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: bytes) -> None:
        raise WorldProblem("The disk does not answer.")

    preview = opened(bench, files, "comet")
    monkeypatch.setattr("vexgui.gui.preview.reader.content_of", lambda *_: fail(b""))
    bench.qtbot.keyClick(preview, Qt.Key.Key_Space)
    bench.qtbot.keyClick(bench.window.results, Qt.Key.Key_Space)
    bench.settle()
    assert preview.settled
    assert preview.stage.facts.note == "The disk does not answer."


def test_signs_that_turn_the_direction_of_writing_are_seen_in_code(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    hidden = 'if level != "user\u202e \u2066// Check if admin\u2069 \u2066" {\n'
    view.show_text(FoundText(hidden, words=((3, 8),)), Writing.CODE)
    assert view.toPlainText() == 'if level != "user\ufffd \ufffd// Check if admin\ufffd \ufffd" {\n'
    prose = "\u2067\u05d0\u2069 is a letter"
    view.show_text(FoundText(prose), Writing.PROSE)
    assert view.toPlainText() == prose


def test_of_a_table_with_very_many_cells_a_part_is_shown(bench: Bench, files: FakeEngine, tmp_path: Path) -> None:
    told = "comet|1680"
    table = tmp_path / "table.md"
    table.write_text("|a|b|\n|-|-|\n" + "|x|y|\n" * 4000 + f"|{told}|\n" + "|x|y|\n" * 2000)
    files.files = {os.fsencode(table): FakeFile(os.fsencode(table), told)}
    found = opened(bench, files, "comet").stage.text.found
    assert not found.whole
    assert "comet" in found.text
    assert found.text.count("x") < 2000


def pages_drawn(engine: FakeEngine) -> list[int]:
    """Return the pages that were drawn to be shown large."""
    asked = [call for call in engine.called("thumbnail") if isinstance(call, tuple) and call[1] > 512]
    return [call[2] if len(call) > 2 else 0 for call in asked]


def turn_wheel(preview: LargePreview, angle: int) -> None:
    """Turn the wheel over the middle of the picture."""
    middle = QPointF(preview.stage.picture.rect().center())
    event = QWheelEvent(
        middle,
        preview.stage.picture.mapToGlobal(middle),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(preview.stage.picture, event)
