"""Lays points of many dimensions out on a plane, so that those near each other stay so: t-SNE. Pure.

By van der Maaten and Hinton, 2008, with what made it quick since: each point is drawn by its nearest neighbours alone,
all alike (Böhm, Berens and Kobak, "Attraction-repulsion spectrum", 2022), repulsion is that of a grid, the first places
are principal components, and steps are as long as there are points (Belkina and others, 2019). See decision 38.
"""

import numpy as np
from numpy.typing import NDArray

from vexgui.engine.looking.neighbours import Points, nearest
from vexgui.engine.looking.repulsion import Repulsion

_NEIGHBOURS = 15
_EARLY_ROUNDS, _ROUNDS = 80, 250
_EXAGGERATION = 12.0
"""In the first rounds neighbours are drawn so much more, so that groups find together."""
_EARLY_MOMENTUM, _MOMENTUM = 0.5, 0.8
_LEAST_GAIN, _MORE_GAIN, _LESS_GAIN = 0.01, 0.2, 0.8
_FIRST_SPREAD = 1e-4
_LONGEST_STEP = 5.0
_SEED = 20
_FEWEST = 4


class Layout:
    """A layout that comes into being round by round.

    Args:
        points: What is laid out, [n, d]; the first two dimensions say the most.

    Attributes:
        places: Where the points lie, [n, 2] float32.
        rounds: How many rounds have been made.
    """

    def __init__(self, points: Points) -> None:
        self.rounds = 0
        self._count = len(points)
        self.places = _first_places(points)
        self._speed = np.zeros_like(self.places)
        self._gains = np.ones_like(self.places)
        self._repulsion = Repulsion()
        if not self.is_done:
            count = min(_NEIGHBOURS, self._count - 1)
            self._near = nearest(points, count, np.random.default_rng(_SEED))

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        return 1.0 if self.is_done else self.rounds / _ROUNDS

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do; so few points lie well as they come."""
        return self.rounds >= _ROUNDS or self._count < _FEWEST

    def advance(self) -> None:
        """Make one round."""
        early = self.rounds < _EARLY_ROUNDS
        drawn = self._drawn() * np.float32(_EXAGGERATION if early else 1.0)
        push = 4 * (drawn + self._repulsion.of(self.places))
        same = (push > 0) == (self._speed > 0)
        self._gains = np.where(same, self._gains + _MORE_GAIN, self._gains * _LESS_GAIN).clip(_LEAST_GAIN)
        self._speed *= np.float32(_EARLY_MOMENTUM if early else _MOMENTUM)
        self._speed += (self._count / _EXAGGERATION * self._gains * push).astype(np.float32)
        length = np.sqrt((self._speed**2).sum(axis=1, keepdims=True))
        self._speed *= np.minimum(1, _LONGEST_STEP / np.maximum(length, 1e-9))
        self.places += self._speed
        self.places -= self.places.mean(axis=0)
        self.rounds += 1

    def _drawn(self) -> NDArray[np.float32]:
        """Return how neighbours draw each point, and it them, [n, 2]."""
        x, y = np.ascontiguousarray(self.places.T)
        across, along = x[self._near] - x[:, None], y[self._near] - y[:, None]
        nearness = 1 / (1 + across * across + along * along)
        drawn = np.empty_like(self.places)
        for axis, apart in enumerate((across, along)):
            pull = apart * nearness
            back = np.bincount(self._near.ravel(), pull.ravel(), self._count)
            drawn[:, axis] = pull.sum(axis=1) - back
        return drawn / np.float32(2 * self._near.size)


def _first_places(points: Points) -> NDArray[np.float32]:
    """Return the first two dimensions, close together; equal points a little apart, else nothing would part them."""
    places = np.zeros((len(points), 2), np.float32)
    places[:, : points.shape[1]] = points[:, :2]
    spread = float(places[:, 0].std()) if len(points) > 1 else 0.0
    places *= _FIRST_SPREAD / (spread or 1.0)
    jitter = np.random.default_rng(_SEED).normal(size=places.shape) * _FIRST_SPREAD / 100
    return places + jitter.astype(np.float32)
