"""Makes maps of continents: lays each out, sets them side by side, and puts in who comes later. Pure.

A map is kept for those who looked at it before: files that come stand next to the file that is nearest to them, and all
others stay where they are.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vexgui.engine.looking.kept_map import Places
from vexgui.engine.looking.layout import Layout
from vexgui.engine.looking.neighbours import nearest_one
from vexgui.engine.looking.points import Continent

MOST_LAID_OUT = 100_000
"""Files that are laid out; of more in a continent the others are put beside these."""
_SEED = 20
_GAP = 0.08
_BESIDE = 0.25
"""How far from its neighbour a file is put that comes later, in mean distances between files."""


class Mapping:
    """A map that comes into being step by step."""

    def __init__(self, continents: Sequence[Continent]) -> None:
        self._continents = continents
        rng = np.random.default_rng(_SEED)
        self._chosen = [np.sort(rng.permutation(len(one.files))[:MOST_LAID_OUT]) for one in continents]
        self._layouts: list[Layout] = []

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        total = sum(map(len, self._chosen))
        done = sum(layout.share * len(layout.places) for layout in self._layouts)
        return done / total if total else 1.0

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return len(self._layouts) == len(self._chosen) and all(layout.is_done for layout in self._layouts)

    def advance(self) -> None:
        """Go a step further."""
        if not self._layouts or self._layouts[-1].is_done:
            number = len(self._layouts)
            self._layouts.append(Layout(self._continents[number].points[self._chosen[number]]))
        else:
            self._layouts[-1].advance()

    def places(self) -> Places:
        """Return where the files lie."""
        laid = [_square(layout.places) for layout in self._layouts]
        files = [one.files[rows] for one, rows in zip(self._continents, self._chosen, strict=True)]
        return completed(_joined(files, _side_by_side(laid)), self._continents)


def completed(places: Places, continents: Sequence[Continent]) -> Places:
    """Return a map of all files of continents: what is gone is left out, what is new is put in, all else stays."""
    parts = [_completed(places, one) for one in continents]
    return _joined([one.files for one in continents], np.concatenate([np.empty((0, 2), np.float32), *parts]))


def _completed(places: Places, continent: Continent) -> NDArray[np.float32]:
    """Return places for the files of a continent, [n, 2]."""
    known = np.isin(continent.files, places.files)
    xy = np.full((len(continent.files), 2), 0.5, np.float32)
    xy[known] = places.xy[np.searchsorted(places.files, continent.files[known])]
    if known.any() and not known.all():
        rng = np.random.default_rng(_SEED)
        near = nearest_one(continent.points[known], continent.points[~known], rng)
        apart = rng.normal(size=(len(near), 2)) * _BESIDE / len(continent.files) ** 0.5
        xy[~known] = (xy[known][near] + apart).clip(0, 1)
    return xy


def _square(places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return places in a square from 0 to a side as long as fits their number."""
    places = places - places.min(axis=0)
    side: float = len(places) ** 0.5
    return places * np.float32(side / max(float(places.max()), 1e-9))


def _side_by_side(laid: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the places of all, one to the right of the other and in the middle, [n, 2] from 0 to 1."""
    if not laid:
        return np.empty((0, 2), np.float32)
    gap = _GAP * max(float(places.max()) for places in laid)
    tallest = max(float(places[:, 1].max()) for places in laid)
    left = 0.0
    moved: list[NDArray[np.float32]] = []
    for places in laid:
        up = (tallest - float(places[:, 1].max())) / 2
        moved.append(places + np.array([left, up], np.float32))
        left += float(places[:, 0].max()) + gap
    whole = np.concatenate(moved)
    return whole / max(float(whole.max()), 1e-9)


def _joined(files: Sequence[NDArray[np.int64]], xy: NDArray[np.float32]) -> Places:
    ids = np.concatenate([np.empty(0, np.int64), *files])
    order = np.argsort(ids)
    return Places(ids[order], xy[order].astype(np.float32))
