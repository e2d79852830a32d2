"""Values are put into words, and marked text keeps its marks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from vexgui.core.events import Activity, Progress
from vexgui.core.files import Kind
from vexgui.gui.marked import Marked, MarkedLines, as_html, parsed
from vexgui.gui.wording import (
    folder_shown,
    kind_counted,
    number,
    percent,
    progress_line,
    query_shown,
    root_name,
    set_apart,
    size,
    span,
    tenths,
    took,
    waiting_line,
)


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(Activity.IDLE), "Up to date"),
        (Progress(Activity.SCANNING), "Looking for files"),
        (Progress(Activity.SCANNING, 3, 10), "Indexing 3 of 10"),
        (Progress(Activity.INDEXING, 3, 1000, rate=0.4), "Indexing 3 of 1,000 · 0.4 files/s"),
        (
            Progress(Activity.FILLING, 3, 1000, rate=24.3, eta_s=480),
            "Reading for meaning, 3 of 1,000 · 24 files/s · 8 min left",
        ),
        (Progress(Activity.FORGETTING, 3, 10), "Removing vectors, 3 of 10"),
        (Progress(Activity.PAUSED, 3, 10, why="until 15:20"), "Paused until 15:20, 7 files waiting"),
        (Progress(Activity.PAUSED, why="on battery"), "Paused on battery"),
        (Progress(Activity.STOPPED), ""),
    ],
)
def test_progress(progress: Progress, line: str) -> None:
    assert progress_line(progress) == line


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(Activity.IDLE), ""),
        (Progress(Activity.FILLING, waiting=((Kind.IMAGE, 1),)), "1 picture waiting"),
        (
            Progress(
                Activity.INDEXING,
                why="new files",
                waiting=((Kind.IMAGE, 1200), (Kind.TEXT, 30), (Kind.CODE, 1)),
            ),
            "New files: 1,200 pictures, 30 texts and 1 program text waiting",
        ),
        (Progress(Activity.PAUSED, why="on battery", waiting=((Kind.VIDEO, 2),)), "2 videos waiting"),
    ],
)
def test_what_waits_is_told_by_kind(progress: Progress, line: str) -> None:
    assert waiting_line(progress) == line


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 s"), (59, "59 s"), (480, "8 min"), (7500, "2 h 5 min")])
def test_spans(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_numbers_and_sizes() -> None:
    assert (number(12_400), percent(0.05), tenths(2.34)) == ("12,400", "5 %", "2.3")
    assert (kind_counted(Kind.IMAGE, 1), kind_counted(Kind.IMAGE, 12_400)) == ("1 picture", "12,400 pictures")
    assert size(1_234_567) == "1.2 MB"
    assert (took(0.0421), took(2.34)) == ("42 ms", "2.3 s")


def test_the_home_is_a_tilde() -> None:
    assert folder_shown(b"/home/me", b"/home/me") == "~"
    assert folder_shown(b"/home/me/a\xff", b"/home/me") == "~/a\ufffd"
    assert folder_shown(b"/home/meg", b"/home/me") == "/home/meg"
    assert folder_shown(b"/x", b"") == "/x"


def test_roots_are_called_by_their_last_component() -> None:
    assert (root_name(b"/a/b"), root_name(b"/")) == ("b", "/")


@pytest.mark.parametrize(
    ("text", "plain", "ranges"),
    [
        ("a \x02b\x03 c", "a b c", ((2, 1),)),
        ("\x02a\x03\n \x02b c\x03", "a b c", ((0, 1), (2, 3))),
        ("a \x02b", "a b", ()),
        ("a\x03 b", "a b", ()),
        ("\x02\x03a", "a", ()),
    ],
)
def test_marks_are_parsed(text: str, plain: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert parsed(text) == Marked(plain, ranges)


def test_marked_text_is_escaped_as_rich_text() -> None:
    rich = as_html(parsed("<i> \x02&\x03 x"), QColor("#ffcc00"))
    assert rich.startswith("&lt;i&gt; <span")
    assert ">&amp;</span> x" in rich


def test_lines_end_where_there_is_no_more_room(qapp: object) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    words = Marked("lake " * 60, ((0, 4),))
    lines = MarkedLines(words, QFont(), 120, 3, QColor("#ffcc00"))
    lines.draw(painter, 4, 4)
    painter.end()
    one = MarkedLines(Marked("lake"), QFont(), 120, 3, QColor("#ffcc00"))
    assert lines.height == pytest.approx(3 * one.height)
    assert MarkedLines(Marked(""), QFont(), 120, 3, QColor("#ffcc00")).height == 0


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('in:"/home/ann/Pictures" lake', 'in:"~/Pictures" lake'),
        ("-in:/home/ann like:/home/ann/a.jpg", "-in:~ like:~/a.jpg"),
        ("in:/home/anna/Pictures", "in:/home/anna/Pictures"),
        ("in:/srv/home/ann/x", "in:/srv/home/ann/x"),
        ("home/ann", "home/ann"),
    ],
)
def test_a_query_says_a_path_as_the_rest_of_the_window_does(query: str, text: str) -> None:
    assert query_shown(query, b"/home/ann/") == text
    assert query_shown(query, b"") == query


def test_a_users_words_keep_their_direction_among_those_of_another(qapp: QApplication) -> None:
    words = 'zeppelin "hanging gardens"'
    assert set_apart(words) == words
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    apart, nothing = set_apart(words), set_apart("")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert (apart, nothing) == (f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}", "")
