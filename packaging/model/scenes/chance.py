"""Small choices from a random generator, written the way the drawings read best."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Rng = np.random.Generator
T = TypeVar("T")


def pick(rng: Rng, choices: Sequence[T]) -> T:
    """Return one of the choices, all equally likely."""
    return choices[int(rng.integers(len(choices)))]


def weighted(rng: Rng, choices: Sequence[tuple[T, float]]) -> T:
    """Return one of the choices, each as likely as its weight says."""
    left = rng.random() * sum(weight for _, weight in choices)
    for choice, weight in choices:
        left -= weight
        if left < 0:
            return choice
    return choices[-1][0]


def some(rng: Rng, choices: Sequence[T], count: int) -> list[T]:
    """Return several different choices in random order."""
    return [choices[int(i)] for i in rng.permutation(len(choices))[:count]]


def maybe(rng: Rng, probability: float) -> bool:
    """Return whether something with this probability happens."""
    return bool(rng.random() < probability)
