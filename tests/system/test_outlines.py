"""The coasts and borders that VexGUI comes with."""

import numpy as np
import pytest

from vexgui.system.outlines import Line, outlines


def _lies_inside(line: Line, longitude: float, latitude: float) -> bool:
    """Tell whether a ray to the east crosses a closed line an odd number of times."""
    x, y = line.T.astype(float)
    across = (y[:-1] > latitude) != (y[1:] > latitude)
    at = x[:-1][across] + (latitude - y[:-1][across]) / np.diff(y)[across] * np.diff(x)[across]
    return bool(np.count_nonzero(at > longitude) % 2)


@pytest.mark.parametrize(
    ("name", "longitude", "latitude", "land"),
    [
        ("Vienna", 16.37, 48.2, True),
        ("Sydney's hinterland", 149.0, -33.5, True),
        ("Kansas", -98.0, 38.5, True),
        ("the South Pole", 0.0, -89.5, True),
        ("Chukotka", -175.0, 66.8, True),
        ("the Atlantic", -30.0, 0.0, False),
        ("the Pacific beyond the date line", -175.0, 10.0, False),
        ("the Caspian Sea", 51.0, 41.0, False),
    ],
)
def test_land_is_told_from_sea(name: str, longitude: float, latitude: float, land: bool) -> None:
    turns = (longitude - 360, longitude, longitude + 360)
    around = sum(_lies_inside(coast, turn, latitude) for coast in outlines().coasts.lines for turn in turns)
    assert around % 2 == land, name


def test_every_coast_is_closed_and_lies_on_the_earth() -> None:
    for coast in outlines().coasts.lines:
        assert coast.dtype == np.float32
        assert (coast[0] == coast[-1]).all()
        assert (np.abs(coast) <= (360, 90)).all()
        assert (np.abs(np.diff(coast[:, 0])) < 180).all() or coast[:, 1].min() == -90


def test_a_border_lies_between_two_countries() -> None:
    points = np.concatenate(outlines().borders.lines)
    rhine_at_strasbourg = (7.8, 48.6)
    assert np.hypot(*(points - rhine_at_strasbourg).T).min() < 0.2
