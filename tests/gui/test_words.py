"""Values are put into words, and marked text keeps its marks."""

import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from vexgui.core.events import Activity, Progress
from vexgui.core.files import FileFacts, Kind
from vexgui.core.reports import RootInfo
from vexgui.gui.marked import Marked, MarkedLines, as_html, parsed
from vexgui.gui.roots.panel import root_counts
from vexgui.gui.wording import (
    counted,
    facts_rows,
    folder_shown,
    progress_line,
    root_name,
    size,
    span,
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
            "Adding vectors, 3 of 1,000 · 24 files/s · 8 min left",
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
    assert counted(1, "file", "files") == "1 file"
    assert counted(12_400, "file", "files") == "12,400 files"
    assert size(1_234_567) == "1.2 MB"
    assert (took(0.0421), took(2.34)) == ("42 ms", "2.3 s")


def test_the_home_is_a_tilde() -> None:
    assert folder_shown(b"/home/me", b"/home/me") == "~"
    assert folder_shown(b"/home/me/a\xff", b"/home/me") == "~/a\ufffd"
    assert folder_shown(b"/home/meg", b"/home/me") == "/home/meg"
    assert folder_shown(b"/x", b"") == "/x"


def test_facts_that_a_file_does_not_state_are_left_out() -> None:
    assert facts_rows(FileFacts(pages=3, latitude=46.5, longitude=-7.25)) == [
        ("Pages", "3"),
        ("Position", "46.50000° N, 7.25000° W"),
    ]
    song = FileFacts(author="Ana", extra={"album": "Streets", "duration_s": 225.4, "bitrate": 128_000})
    assert facts_rows(song) == [("Author", "Ana"), ("Album", "Streets"), ("Length", "3:45")]
    assert facts_rows(FileFacts(taken="some day")) == [("Taken", "some day")]


def test_roots_are_told_in_a_few_words() -> None:
    assert root_counts(RootInfo(b"/a", 5, 0, present=True)) == "5 files"
    assert root_counts(RootInfo(b"/a", 5, 2, present=True)) == "5 files, 2 unreadable"
    assert root_counts(RootInfo(b"/a", 5, 0, present=False)) == "Not connected"
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
