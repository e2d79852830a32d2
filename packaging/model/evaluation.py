"""How well pictures are found that nobody trained on: recall of texts to pictures, precision by category."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from splits import Entry, held_out

if TYPE_CHECKING:
    from tower import Tower

SIDE = 112
"""What the model looks at in the product, pixels."""

Embed = Callable[[np.ndarray], np.ndarray]
"""Rows of the pool, int64 [n], to the unit vectors of their pictures, float32 [n, dim]."""

Encode = Callable[[Sequence[str]], np.ndarray]
"""Texts to unit vectors, float32 [n, dim]."""


@dataclass(frozen=True, slots=True)
class Result:
    """One set's figures: of how many pictures, found first, and among the first ten, by their names."""

    name: str
    pictures: int
    at_1: float
    at_10: float


def evaluate(tower: "Tower", pictures: np.ndarray, entries: Sequence[Entry], encode: Encode) -> list[Result]:
    """Return a tower's figures on every set held out."""
    return figures(held_out(entries), lambda rows: embedded(tower, pictures[rows]), entries, encode)


def figures(sets: Mapping[str, np.ndarray], embed: Embed, entries: Sequence[Entry], encode: Encode) -> list[Result]:
    """Return the figures of whatever embeds rows of the pool, on sets of them."""
    results: list[Result] = []
    for name, rows in sets.items():
        names = [entries[row].names[0] for row in rows]
        results.append(Result(name, len(rows), *recall(encode(names), embed(rows), names)))
    return results


def embedded(tower: "Tower", pictures: np.ndarray) -> np.ndarray:
    """Return the vectors of pictures in front of white, as large as the product shows them to the model."""
    # Imported here, for whoever judges vectors that another process computed.
    import torch
    from data import plain
    from tower import normalized

    device = next(tower.parameters()).device
    found: list[np.ndarray] = []
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        for start in range(0, len(pictures), 128):
            batch = plain(pictures[start : start + 128])
            batch = torch.nn.functional.interpolate(batch, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
            found.append(tower(normalized(batch.to(device))).float().cpu().numpy())
    return np.concatenate(found)


def recall(texts: np.ndarray, pictures: np.ndarray, names: Sequence[str]) -> tuple[float, float]:
    """Return the share of names that find a picture of that name first, and among the first ten.

    Args:
        texts: Vectors of the names, float32 [n, dim].
        pictures: Vectors of the pictures, float32 [n, dim].
        names: What is looked for, and what the pictures show.
    """
    best = np.argsort(-(texts @ pictures.T), axis=1, kind="stable")[:, :10]
    right = np.array([[names[place] == names[row] for place in places] for row, places in enumerate(best)])
    return float(right[:, 0].mean()), float(right.any(axis=1).mean())


def precision_at_10(vectors: np.ndarray, categories: Sequence[str]) -> tuple[float, float]:
    """Return what share of the ten pictures most like each is of its category, and what share would be by chance.

    Args:
        vectors: Of pictures, float32 [n, dim].
        categories: Of each; 11 pictures of each at least.
    """
    alike = np.array(categories)[:, np.newaxis] == np.array(categories)
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    n = len(vectors)
    return float(np.take_along_axis(alike, best, axis=1).mean()), float((alike.sum() - n) / (n * (n - 1)))


def table(results: Sequence[Result]) -> str:
    """Return figures as a table."""
    lines = [f"{result.name:50} {result.at_1:.3f} {result.at_10:.3f}" for result in results]
    return "\n".join([f"{'':50} R@1   R@10", *lines])
