"""What of a map is in sight, and where."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from tests.gui.looking.conftest import MakeMap
from vexgui.core.files import Kind
from vexgui.gui.looking.camera import Camera
from vexgui.gui.looking.kinds import KIND_COLORS
from vexgui.gui.looking.map_scene import MapScene

ALL = Camera.on_all(800, 600, 1.0, 0.5, 100)


def test_what_is_under_the_pointer_stays_there_while_one_zooms() -> None:
    before = ALL.place_at(200, 150)
    for factor in (1.7, 3.0, 0.2):
        assert ALL.zoomed(factor, 200, 150).place_at(200, 150) == pytest.approx(before, abs=1e-9)
    assert ALL.zoomed(1e9, 400, 300).scale == ALL.most
    assert ALL.zoomed(1e-9, 400, 300).scale == ALL.least
    assert ALL.moved(50, 0).place_at(250, 150) == pytest.approx(before)


def test_a_map_cannot_be_lost_from_sight() -> None:
    far = ALL.moved(1e6, -1e6)
    assert (far.x, far.y) == (0.0, 1.0)


def test_files_are_found_by_where_they_are_seen(make_map: MakeMap) -> None:
    paths = [b"/a", b"/b", b"/c"]
    kinds = [Kind.IMAGE, Kind.TEXT, Kind.IMAGE]
    scene = MapScene(make_map(paths, [(0, 0), (0.5, 0.25), (1, 0.5)], kinds))
    x, y = scene.pixel_of(ALL, 1)
    assert scene.nearest(ALL, x + 5, y - 5) == 1
    assert scene.nearest(ALL, x + 50, y) is None
    assert scene.within(ALL, QRectF(x - 9, y - 9, 500, 500)).tolist() == [1, 2]
    assert (scene.beside(0, 1, 0), scene.beside(1, -1, 0), scene.beside(2, 1, 0)) == (1, 0, None)
    assert scene.counts() == {Kind.IMAGE: 2, Kind.TEXT: 1}
    scene.show_kinds([Kind.IMAGE])
    assert scene.nearest(ALL, x, y) is None
    assert scene.within(ALL, QRectF(0, 0, 800, 600)).tolist() == [0, 2]


def test_each_dot_has_the_colour_of_its_kind(make_map: MakeMap) -> None:
    scene = MapScene(make_map([b"/a", b"/b"], [(0.2, 0.2), (0.8, 0.3)], [Kind.IMAGE, Kind.AUDIO]))
    image = scene.dots(ALL, 1.0)
    for row, kind in enumerate((Kind.IMAGE, Kind.AUDIO)):
        x, y = scene.pixel_of(ALL, row)
        assert image.pixelColor(int(x), int(y)) == KIND_COLORS[kind]
    assert image.pixelColor(5, 5).alpha() == 0
    assert scene.dots(ALL, 2.0).width() == 1600


def test_few_files_are_shown_by_pictures_and_many_by_dots(make_map: MakeMap) -> None:
    places = [(number % 40 / 40, number // 40 / 80) for number in range(1600)]
    scene = MapScene(make_map([b"/%d" % number for number in range(1600)], places))
    assert scene.tiles(ALL) == []
    near = Camera.on_all(800, 600, scene.right, scene.bottom, 1600).zoomed(6, 400, 300)
    tiles = scene.tiles(near)
    assert tiles
    assert all(not one.area.intersects(other.area) for one in tiles for other in tiles if one is not other)
    seen = scene.within(near, QRectF(0, 0, 800, 600))
    assert sum(1 + tile.others for tile in tiles) >= len(seen)
    beside = {tile.row for tile in scene.tiles(near.moved(10, 10))}
    assert len(beside & {tile.row for tile in tiles}) > 0.7 * len(tiles), "what is shown stays while one goes about"


def test_a_camera_on_all_has_the_pictures_of_the_outermost_files_whole_in_sight(make_map: MakeMap) -> None:
    rng = np.random.default_rng(3)
    for right, bottom in ((1.0, 0.5), (0.9, 0.48), (1.0, 0.26)):
        places = np.vstack([rng.random((70, 2)) * [right, bottom], [[right, bottom]]])
        scene = MapScene(make_map([b"/x"] * 71, places))
        roughly = Camera.on_all(620, 560, scene.right, scene.bottom, 71)
        camera = Camera.on_all(620, 560, *scene.ends(roughly), 71)
        tiles = scene.tiles(camera)
        assert sum(1 + tile.others for tile in tiles) == 71
        assert all(QRectF(0, 0, 620, 560).contains(tile.area) for tile in tiles)


def test_a_hundred_thousand_files_are_drawn_between_two_frames(make_map: MakeMap) -> None:
    rng = np.random.default_rng(1)
    places = rng.random((100_000, 2)) * [1, 0.5]
    scene = MapScene(make_map([b"/x"] * 100_000, places))
    times = []
    for step in range(20):
        begun = time.thread_time()
        scene.tiles(ALL.moved(step, 0))
        scene.dots(ALL.moved(step, 0), 1.0)
        times.append(time.thread_time() - begun)
    assert min(times) < 0.05, "one frame is 16 ms where nobody else is at work"
