"""Pictures that look the same, found among many without comparing each with each. Pure."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from vexgui.extract.looks import Looks

SAME_BITS = 7
"""Pictures that look other in more of their 128 bits are no duplicates. Smaller copies and such of lower quality are
within this, and two pictures that show different things are some 34 apart: see decision 28."""
_PARTS = SAME_BITS + 2
_BITS = 64
_LONGEST_RUN = 2000
"""Of pictures that have two parts in common; longer runs are pictures of next to nothing."""


def groups_alike(looks: Looks) -> list[NDArray[np.int64]]:
    """Return groups of pictures that look the same, as rows of [n, 2]; the members all look like the first.

    Of nine parts that a look is cut into, at least two are equal in two looks that differ in seven bits or fewer. So
    those that have two parts in common are compared, and no others (Norouzi, Punjani and Fleet, 2012).
    """
    different, of = np.unique(looks, axis=0, return_inverse=True)
    first, second = _pairs(different)
    groups: list[NDArray[np.int64]] = []
    order = np.argsort(of, kind="stable")
    starts = np.searchsorted(of[order], np.arange(len(different) + 1))
    for members in _stars(first, second, len(different)):
        rows = np.concatenate([order[starts[one] : starts[one + 1]] for one in members])
        if len(rows) > 1:
            groups.append(rows)
    return groups


def _pairs(looks: Looks) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of different looks that are close enough, each once: the lower rows and the higher ones."""
    bits = np.unpackbits(looks.astype(">u8").view(np.uint8).reshape(len(looks), -1), axis=1)
    parts = [_number(part) for part in np.array_split(bits, _PARTS, axis=1)]
    found = [np.empty(0, np.int64)]
    for one, other in combinations(parts, 2):
        keys = one << np.uint64(_BITS // 2) | other
        order = np.argsort(keys, kind="stable")
        for lower, higher in _equal(keys[order]):
            a, b = order[lower], order[higher]
            close = np.bitwise_count(looks[a] ^ looks[b]).sum(axis=1, dtype=np.int64) <= SAME_BITS
            found.append(np.minimum(a, b)[close] * len(looks) + np.maximum(a, b)[close])
    pairs = np.unique(np.concatenate(found))
    return pairs // max(1, len(looks)), pairs % max(1, len(looks))


def _number(bits: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return bits [n, m] as numbers [n]."""
    weights = np.uint64(1) << np.arange(bits.shape[1], dtype=np.uint64)
    return bits.astype(np.uint64) @ weights


def _equal(keys: NDArray[np.uint64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return the pairs of rows of ascending keys that are equal, by how far apart they are."""
    rows = np.arange(len(keys))
    found: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for apart in range(1, _LONGEST_RUN):
        rows = rows[rows + apart < len(keys)]
        rows = rows[keys[rows] == keys[rows + apart]]
        if not len(rows):
            break
        found.append((rows, rows + apart))
    return found


def _stars(first: NDArray[np.int64], second: NDArray[np.int64], count: int) -> list[list[int]]:
    """Return all rows in groups: one with the most neighbours, and those neighbours that no group has yet."""
    near: dict[int, list[int]] = {}
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    taken: set[int] = set()
    groups: list[list[int]] = []
    for row in sorted(near, key=lambda row: -len(near[row])):
        if row not in taken:
            group = [row, *(other for other in near[row] if other not in taken)]
            taken.update(group)
            groups.append(group)
    return [*groups, *([row] for row in range(count) if row not in taken)]
