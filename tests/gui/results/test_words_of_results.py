"""What a result says of itself: its name, the reason it was found, its badges, and how it is spoken."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap

from vexgui.core.files import Kind
from vexgui.core.hits import Band, Hit, Likeness, Why
from vexgui.gui.marked import Marked, MarkedLines
from vexgui.gui.results.badges import badges_of
from vexgui.gui.results.model import spoken, tip
from vexgui.gui.results.picture import draw_picture
from vexgui.gui.results.reason import excerpt, name_line, reason_line
from vexgui.gui.theme import palette_for


def a_hit(path: bytes, *why: Why, kind: Kind = Kind.TEXT) -> Hit:
    return Hit(path, 0.5, Band.MAYBE, why, kind, 1, 1)


def test_a_screen_reader_hears_name_kind_certainty_folder_and_badges() -> None:
    hit = a_hit(b"/home/me/a.txt", Why("words", 1, "some \x02words\x03 here"))
    assert spoken(hit) == "a.txt, text, possible match, /home/me"
    assert spoken(replace(hit, offline=True)).endswith("/home/me, Its drive is not connected")


@pytest.mark.parametrize(
    ("what", "icons"),
    [
        ({}, []),
        ({"offline": True}, ["badge-offline"]),
        ({"stale": True}, ["badge-stale"]),
        ({"copies": (b"/b", b"/c")}, ["badge-copies"]),
        ({"gone": True, "stale": True, "offline": True}, ["badge-gone"]),
        ({"offline": True, "stale": True, "copies": (b"/b",)}, ["badge-offline", "badge-stale", "badge-copies"]),
    ],
)
def test_badges_tell_the_gravest_first(what: dict[str, object], icons: list[str]) -> None:
    badges = badges_of(replace(a_hit(b"/a.txt"), **what))
    assert [badge.icon for badge in badges] == icons
    assert all(badge.sentence in tip(replace(a_hit(b"/a.txt"), **what)) for badge in badges)


def test_copies_are_counted_with_the_file_itself() -> None:
    (badge,) = badges_of(replace(a_hit(b"/a.txt"), copies=(b"/b", b"/c")))
    assert (badge.count, badge.sentence) == ("3", "There are 2 copies of it")


def test_a_file_that_is_gone_says_so_instead_of_a_reason() -> None:
    hit = replace(a_hit(b"/a.txt", Why("words", 1, "the lake")), gone=True)
    assert reason_line(hit).text == "Not there any more"


@pytest.mark.parametrize(
    ("why", "kind", "text"),
    [
        ((Why("words", 1, "in the \x02lake\x03", "line 3"),), Kind.TEXT, "line 3: in the lake"),
        ((Why("words", 1, "in the \x02lake\x03", "line 1"),), Kind.TEXT, "in the lake"),
        ((Why("name", 0, "\x02a\x03.txt"), Why("words", 1, "the lake")), Kind.TEXT, "the lake"),
        ((Why("name", 0, "\x02a\x03.txt"),), Kind.TEXT, "/f"),
        ((Why("ffee", 1, ""),), Kind.IMAGE, "Matches what the picture shows"),
        ((Why("ffee", 1, "", "left"),), Kind.IMAGE, "Matches what the picture shows, left"),
        ((Why("ffee", 1, "", "at 0:35"),), Kind.VIDEO, "Matches what it shows, at 0:35"),
        ((Why("ffee", 1, ""),), Kind.DOCUMENT, "/f"),
        ((), Kind.AUDIO, "/f"),
        ((Why("ff", 0, "A. Picture in f."),), Kind.IMAGE, "Picture in f."),
        ((Why("ff", 0, "\x02A\x03. Picture in f."),), Kind.IMAGE, "A. Picture in f."),
        ((Why("ff", 0, "Another. Picture in f."),), Kind.IMAGE, "Another. Picture in f."),
    ],
)
def test_the_reason_is_the_strongest_one_beyond_the_name(why: tuple[Why, ...], kind: Kind, text: str) -> None:
    assert reason_line(a_hit(b"/f/a.txt", *why, kind=kind)).text == text


@pytest.mark.parametrize(
    ("likeness", "text"),
    [
        (Likeness.SAME, "Has the same content"),
        (Likeness.NEARLY_SAME, "Is nearly the same"),
        (Likeness.RELATED, "soup"),
        (None, "soup"),
    ],
)
def test_that_a_file_is_the_same_as_another_is_its_reason(likeness: Likeness | None, text: str) -> None:
    hit = replace(a_hit(b"/f/a.txt", Why("space", 1, "soup", "")), likeness=likeness)
    assert reason_line(hit).text == text


def test_marks_move_with_the_place_before_them() -> None:
    line = reason_line(a_hit(b"/f/a.txt", Why("words", 1, "in the \x02lake\x03", "page 3")))
    ((start, length),) = line.ranges
    assert line.text[start : start + length] == "lake"


def test_a_name_that_matched_is_marked() -> None:
    line = name_line(a_hit(b"/f/lake.txt", Why("name", 0, "\x02lake\x03.txt")))
    assert (line.text, line.ranges) == ("lake.txt", ((0, 4),))


def test_the_longest_text_stands_for_the_contents() -> None:
    hit = a_hit(
        b"/f/a", Why("name", 0, "a very long name that matched"), Why("words", 1, "short"), Why("ff", 2, "longer")
    )
    assert excerpt(hit).text == "longer"


@pytest.mark.parametrize("dark", [False, True])
def test_black_signs_that_can_be_seen_through_show_on_their_ground(qapp: object, dark: bool) -> None:
    sign = QPixmap(64, 64)
    sign.fill(Qt.GlobalColor.transparent)
    sheet = QImage(64, 64, QImage.Format.Format_RGB32)
    painter = QPainter(sheet)
    draw_picture(painter, QRectF(sheet.rect()), sign, palette_for(dark=dark))
    painter.end()
    assert sheet.pixelColor(32, 32).lightness() > 100


@pytest.mark.parametrize(("mirrored", "text"), [(False, "lake"), (True, "lake"), (False, "بحيرة"), (True, "بحيرة")])
def test_words_of_every_script_are_drawn_within_their_width(qapp: object, mirrored: bool, text: str) -> None:
    sheet = QImage(400, 40, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    MarkedLines(Marked(text), QFont(), 200, 1, QColor("yellow")).draw(painter, 0, 5, mirrored=mirrored)
    painter.end()
    inked = [x for x in range(400) if any(sheet.pixelColor(x, y).lightness() < 128 for y in range(40))]
    assert inked
    assert (inked[0] > 100) == mirrored
    assert inked[-1] < 200


def test_a_file_that_was_only_listed_is_not_said_to_match() -> None:
    found = a_hit(b"/boat.txt", Why("name", 0, "boat.txt"))
    assert "match" in spoken(found)
    assert "match" not in spoken(replace(found, why=()))


def test_a_file_of_which_nothing_is_known_any_more_is_told_of_without_a_name() -> None:
    hit = replace(a_hit(b"/a.txt"), path=b"", gone=True)
    assert name_line(hit).text == ""
    assert "Not there" in reason_line(hit).text
