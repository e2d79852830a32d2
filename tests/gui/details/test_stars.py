"""Stars are set with the pointer and with the keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from vexgui.gui.details.stars import StarRow, stars_in_words
from vexgui.gui.theme import palette_for


@pytest.fixture
def stars(qtbot: QtBot) -> StarRow:
    row = StarRow()
    qtbot.addWidget(row)
    row.setPalette(palette_for(dark=False))
    row.resize(row.sizeHint())
    row.show()
    return row


def _rated(stars: StarRow) -> list[int]:
    found: list[int] = []
    stars.rated.connect(found.append)
    return found


def _at(stars: StarRow, star: int) -> QPoint:
    return QPoint(round((star - 0.5) * stars.width() / 5), stars.height() // 2)


@pytest.mark.parametrize(("before", "star", "after"), [(0, 1, 2), (0, 5, 10), (7, 4, 8), (8, 4, 0), (8, 2, 4)])
def test_a_click_on_a_star_rates_and_one_on_the_last_takes_it_back(
    stars: StarRow, qtbot: QtBot, before: int, star: int, after: int
) -> None:
    stars.show_rating(before)
    rated = _rated(stars)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=_at(stars, star))
    assert rated == [after]


def test_from_right_to_left_the_first_star_is_at_the_right(stars: StarRow, qtbot: QtBot) -> None:
    stars.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    rated = _rated(stars)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=_at(stars, 5))
    qtbot.keyClick(stars, Qt.Key.Key_Left)
    assert rated == [2, 2]


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        (4, Qt.Key.Key_Right, 6),
        (5, Qt.Key.Key_Right, 6),
        (5, Qt.Key.Key_Left, 4),
        (4, Qt.Key.Key_Left, 2),
        (4, Qt.Key.Key_Delete, 0),
        (0, Qt.Key.Key_3, 6),
        (6, Qt.Key.Key_0, 0),
    ],
)
def test_keys_rate(stars: StarRow, qtbot: QtBot, before: int, key: Qt.Key, after: int) -> None:
    stars.show_rating(before)
    rated = _rated(stars)
    qtbot.keyClick(stars, key)
    assert rated == [after]


def test_at_the_end_a_key_changes_nothing(stars: StarRow, qtbot: QtBot) -> None:
    stars.show_rating(10)
    rated = _rated(stars)
    qtbot.keyClick(stars, Qt.Key.Key_Right)
    assert rated == []


def test_half_a_star_is_drawn_half(stars: StarRow) -> None:
    def gold(rating: int) -> int:
        stars.show_rating(rating)
        image = stars.grab().toImage()
        wanted = QColor("#dc9a00")
        return sum(image.pixelColor(x, y) == wanted for x in range(image.width()) for y in range(image.height()))

    two, half, three = gold(4), gold(5), gold(6)
    assert half - two == pytest.approx((three - two) / 2, rel=0.25)


def test_a_rating_is_told_in_words(stars: StarRow) -> None:
    assert [stars_in_words(rating) for rating in (0, 1, 2, 7)] == ["Not rated", "½ star", "1 star", "3½ stars"]
    stars.show_rating(8)
    assert stars.accessibleName() == "Rating: 4 stars"
