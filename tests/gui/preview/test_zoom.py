"""Where a picture lies in its view as it is fitted, enlarged and pushed."""

import pytest

from vexgui.gui.preview.zoom import MOST_SCALE, Zoom

WIDE = Zoom(4000, 2000, 1000, 800)


def test_a_large_picture_is_fitted_and_a_small_one_is_left_as_it_is() -> None:
    assert WIDE.place == (0, 150, 1000, 500)
    assert Zoom(100, 50, 1000, 800).place == (450, 375, 100, 50)


def test_a_page_is_drawn_as_large_as_the_view() -> None:
    assert Zoom(100, 50, 1000, 800, grows=True).place == (0, 150, 1000, 500)


def test_what_is_under_the_pointer_stays_there() -> None:
    at = (700, 300)
    left, top, width, height = WIDE.place
    share = ((at[0] - left) / width, (at[1] - top) / height)
    left, top, width, height = WIDE.scaled(1.0, at).place
    assert (width, height) == (4000, 2000)
    assert ((at[0] - left) / width, (at[1] - top) / height) == pytest.approx(share)


def test_nothing_beside_an_enlarged_picture_comes_into_sight() -> None:
    pushed = WIDE.scaled(1.0).moved(99999, 99999)
    assert pushed.place[:2] == pytest.approx((0, 0))
    pushed = pushed.moved(-99999, -99999)
    left, top, width, height = pushed.place
    assert (left + width, top + height) == pytest.approx((1000, 800))


def test_a_fitted_picture_cannot_be_pushed() -> None:
    assert WIDE.moved(50, 50) == WIDE


def test_smaller_than_fitted_is_fitted() -> None:
    assert WIDE.scaled(1.0).scaled(0.01).scale is None
    assert WIDE.stepped(-5) == WIDE


def test_larger_than_is_of_use_is_not_shown() -> None:
    assert WIDE.stepped(100).shown_scale == MOST_SCALE


def test_steps_lead_there_and_back() -> None:
    assert WIDE.stepped(3).stepped(-2).shown_scale == pytest.approx(WIDE.stepped(1).shown_scale)


def test_a_view_of_another_size_keeps_the_scale() -> None:
    assert WIDE.in_room(500, 800).place == (0, 275, 500, 250)
    assert WIDE.scaled(1.0).in_room(500, 800).shown_scale == 1.0


def test_an_empty_picture_lies_somewhere() -> None:
    assert Zoom(0, 0, 100, 100).place == (50, 50, 0, 0)
