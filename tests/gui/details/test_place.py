"""A position is marked on a map of the Earth, and the nearest town is named."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from tests.gui.details.conftest import PanelBench
from vexgui.core.files import FileFacts
from vexgui.gui.details.earth import EarthMap, view_of
from vexgui.gui.details.place import Surroundings, near_sentence
from vexgui.gui.theme import palette_for

BELEM = FileFacts(latitude=38.6916, longitude=-9.2160)


def _drawn(qtbot: QtBot, latitude: float, longitude: float, *, dark: bool = False) -> QImage:
    earth = EarthMap()
    qtbot.addWidget(earth)
    earth.setPalette(palette_for(dark=dark))
    earth.resize(240, 134)
    earth.show_place(latitude, longitude, "here")
    earth.uncover()
    return earth.grab().toImage()


def _shade(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    color = QColor(image.pixelColor(x, y))
    return color.red(), color.green(), color.blue()


@pytest.mark.parametrize("dark", [False, True])
def test_land_is_told_from_sea_and_the_position_is_in_the_middle(qtbot: QtBot, dark: bool) -> None:
    image = _drawn(qtbot, 38.6916, -9.2160, dark=dark)
    assert image.pixelColor(120, 67) == palette_for(dark=dark).color(palette_for(dark=dark).ColorRole.Accent)
    sea, spain = _shade(image, 40, 67), _shade(image, 165, 60)
    assert sea == _shade(image, 40, 30)
    assert sea != spain
    assert sea[2] > sea[0]


def test_the_map_goes_on_beyond_the_date_line(qtbot: QtBot) -> None:
    image = _drawn(qtbot, 67.5, 178.0)
    west, east, sea = _shade(image, 104, 67), _shade(image, 135, 77), _shade(image, 150, 20)
    assert west == east != sea


@pytest.mark.parametrize("place", [(90.0, 0.0), (-90.0, 180.0), (0.0, 180.0), (0.0, -180.0)])
def test_every_place_of_the_earth_can_be_drawn(qtbot: QtBot, place: tuple[float, float]) -> None:
    assert not _drawn(qtbot, *place).isNull()


def test_near_the_poles_the_view_stays_on_the_earth() -> None:
    _, south, _, north = view_of(89.0, 10.0, 24.0, 240, 134).box()
    assert (round(north, 6), round(north - south, 3)) == (90.0, 13.4)


def test_a_place_is_where_its_degrees_say() -> None:
    view = view_of(60.0, 10.0, 24.0, 240, 134)
    (x, y), (east, _), (_, south) = view.points(np.array([[10, 60], [11, 60], [10, 59]], np.float32)).tolist()
    assert (x, y) == pytest.approx((120, 67))
    assert east - x == pytest.approx(5)  # half as wide as a degree of latitude is high, at 60 degrees
    assert south - y == pytest.approx(10)


def test_keys_and_clicks_show_more_and_less_of_the_earth(qtbot: QtBot) -> None:
    earth = EarthMap()
    qtbot.addWidget(earth)
    near = earth.span
    qtbot.keyClick(earth, Qt.Key.Key_Minus)
    assert earth.span > near
    qtbot.keyClick(earth, Qt.Key.Key_Plus)
    assert earth.span == near
    for _ in range(3):
        qtbot.mouseClick(earth, Qt.MouseButton.LeftButton)
    assert earth.span == near


def test_a_photo_with_a_position_has_its_place_named(alone: Callable[..., PanelBench]) -> None:
    bench = alone()
    bench.show(bench.add("a.jpg", BELEM))
    bench.settle()
    place = bench.panel.place
    assert place.isVisibleTo(bench.panel)
    assert place.name == "Restelo, Lisbon, Portugal"
    assert place.near == "0.9 km from the middle of Restelo"
    assert place.map.accessibleName() == "Map around Restelo, Lisbon, Portugal"
    place.copy.click()
    assert QGuiApplication.clipboard().text() == "38.691600, -9.216000"
    bench.show(bench.add("b.jpg"))
    assert not place.isVisibleTo(bench.panel)


@pytest.mark.parametrize(
    ("km", "sentence"),
    [
        (0.04, "In the middle of Belém"),
        (2.44, "2.4 km from the middle of Belém"),
        (840.3, "840 km from the middle of Belém"),
    ],
)
def test_a_distance_is_as_exact_as_one_would_say_it(km: float, sentence: str) -> None:
    assert near_sentence(Surroundings((), "Belém", km)) == sentence
