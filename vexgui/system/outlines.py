"""The lands of the Earth and the borders between countries, offline: those of Natural Earth, in ``resources/places``.

The file, once unpacked: two little-endian uint32, how many coasts and how many borders there are; a uint16 each, how
many points it has; and for all points one after another the step from the point before in hundredths of a degree,
int16 of longitude and latitude, in four planes of bytes, the low one of the longitude first. Sums wrap.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import zstandard
from numpy.typing import NDArray

from vexgui.system.resources import resource

_STEPS_A_DEGREE = 100

Line = NDArray[np.float32]
"""Longitude and latitude in degrees, shape [n, 2]."""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines on the Earth.

    Attributes:
        lines: The lines.
        boxes: West, south, east and north of each in degrees, [n, 4], dtype float32.
    """

    lines: tuple[Line, ...]
    boxes: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The lands of the Earth.

    Attributes:
        coasts: Closed lines, which may go on beyond the date line; a lake's lies within its land's, and what lies in
            an odd number of them is land.
        borders: Lines between countries.
    """

    coasts: Lines
    borders: Lines


@lru_cache(1)
def outlines() -> Outlines:
    """Return the outlines that VexGUI comes with; read once."""
    return read_outlines(resource("places") / "world.zst")


def read_outlines(path: Path) -> Outlines:
    """Read a file of ``packaging/places/world.py``."""
    data = zstandard.decompress(path.read_bytes())
    coasts, borders = map(int, np.frombuffer(data, "<u4", 2))
    counts = np.frombuffer(data, "<u2", coasts + borders, 8)
    planes = np.frombuffer(data, np.uint8, offset=8 + counts.nbytes).reshape(4, -1)
    steps = np.ascontiguousarray(planes.T).view("<i2")
    points = (np.cumsum(steps, axis=0, dtype=np.int16) / _STEPS_A_DEGREE).astype(np.float32)
    ends = np.cumsum(counts).tolist()
    lines = tuple(points[end - count : end] for count, end in zip(counts.tolist(), ends, strict=True))
    return Outlines(_with_boxes(lines[:coasts]), _with_boxes(lines[coasts:]))


def _with_boxes(lines: tuple[Line, ...]) -> Lines:
    return Lines(lines, np.array([(*line.min(axis=0), *line.max(axis=0)) for line in lines], np.float32))
