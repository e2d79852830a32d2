"""Makes ``resources/places/world.zst``, the lands and borders of the Earth, from Natural Earth's map at 1:50 million.

    npm pack world-atlas@2.0.2
    python packaging/places/world.py world-atlas-2.0.2.tgz

The package has the map as TopoJSON: arcs that polygons share, as https://github.com/topojson/topojson-specification
says. Arcs are simplified by Douglas and Peucker's method (Cartographica 10, 1973) and islands smaller than a pixel of
the nearest view are left out. What the file holds is said in `vexgui.system.outlines`, which reads it.
"""

import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

_TARGET = Path(__file__).resolve().parents[2] / "resources" / "places" / "world.zst"
_MAP = "package/countries-50m.json"
_LEVEL = 19
_TOLERANCE_DEGREES = 0.04
_SMALLEST_DEGREES = 0.12
_STEPS_A_DEGREE = 100
_ROUND = 360.0

Points = NDArray[np.float64]
"""Longitude and latitude in degrees, shape [n, 2]."""


def main(package: str) -> None:
    """Write the file."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(_MAP)
        if member is None:
            sys.exit(f"{package} has no {_MAP}")
        topology = json.load(member)
    arcs = [simplified(arc) for arc in arcs_of(topology)]
    (land,) = topology["objects"]["land"]["geometries"]
    rings = [unwound(joined(arcs, ring)) for polygon in land["arcs"] for ring in polygon]
    rings = [
        ring for ring in rings if np.ptp(ring, axis=0).min() > 0 and np.ptp(ring, axis=0).max() >= _SMALLEST_DEGREES
    ]
    borders = [arcs[number] for number in shared(topology["objects"]["countries"]["geometries"])]
    _TARGET.write_bytes(zstandard.compress(packed(rings, borders), _LEVEL))
    print(f"{len(rings)} coasts, {len(borders)} borders, {_TARGET.stat().st_size:,} bytes")


def arcs_of(topology: dict[str, Any]) -> Iterator[Points]:
    """Yield the arcs of a topology in degrees: they are kept as whole steps from each point to the next."""
    scale, start = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    for arc in topology["arcs"]:
        yield np.cumsum(np.array(arc), axis=0) * scale + start


def simplified(arc: Points) -> Points:
    """Return an arc with as few of its points as keep it within the tolerance."""
    kept = np.zeros(len(arc), bool)
    kept[[0, -1]] = True
    waiting = [(0, len(arc) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away = distances(arc[first + 1 : last] - arc[first], arc[last] - arc[first])
        farthest = first + 1 + int(away.argmax())
        if away.max() > _TOLERANCE_DEGREES:
            kept[farthest] = True
            waiting += [(first, farthest), (farthest, last)]
    return arc[kept]


def distances(points: Points, end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far points [n, 2] are from the straight line between the origin and its end [2]; shape [n]."""
    length = float(end @ end)
    share = np.clip(points @ end / length, 0, 1) if length else np.zeros(len(points))
    away: NDArray[np.float64] = np.hypot(*(points - share[:, None] * end).T)
    return away


def joined(arcs: list[Points], ring: list[int]) -> Points:
    """Return a ring of arcs as points; the complement of a number means that arc backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def unwound(ring: Points) -> Points:
    """Return a ring without a leap where it crosses the date line; one around the South Pole is closed along it."""
    longitude = np.unwrap(ring[:, 0], period=_ROUND)
    whole = np.stack((longitude, ring[:, 1]), axis=1)
    if abs(longitude[-1] - longitude[0]) < _ROUND / 2:
        return whole
    return np.concatenate((whole, [[longitude[-1], -90.0], [longitude[0], -90.0]], whole[:1]))


def shared(countries: list[dict[str, Any]]) -> list[int]:
    """Return the arcs that two countries have in common."""
    users: dict[int, set[int]] = {}
    for number, country in enumerate(countries):
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for arc in (arc for polygon in polygons for ring in polygon for arc in ring):
            users.setdefault(max(arc, ~arc), set()).add(number)
    return sorted(arc for arc, found in users.items() if len(found) > 1)


def packed(rings: list[Points], borders: list[Points]) -> bytes:
    """Return lines as bytes that compress well."""
    lines = [np.round(line * _STEPS_A_DEGREE).astype("<i2") for line in (*rings, *borders)]
    steps = np.diff(np.concatenate(lines), axis=0, prepend=np.zeros((1, 2), "<i2")).astype("<i2")
    counts = np.array([len(line) for line in lines], "<u2")
    head = np.array([len(rings), len(borders)], "<u4").tobytes() + counts.tobytes()
    return head + np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 4).T).tobytes()


if __name__ == "__main__":
    main(sys.argv[1])
