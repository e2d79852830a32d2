"""How well a picture tower finds what it has not been trained on: recall of texts to pictures, precision by category."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from data import Encode, plain
from pool import TEST_STYLE, Entry, order
from tower import Tower, normalized

SIDE = 160
"""What the model looks at in the product."""


@dataclass(frozen=True, slots=True)
class Result:
    """One set's figures: of how many pictures, found first, and among the first ten, by their names."""

    name: str
    pictures: int
    at_1: float
    at_10: float


Embed = Callable[[np.ndarray], np.ndarray]
"""Pictures of the pool, uint8 [n, side, side, 4], to unit vectors, float32 [n, dim]."""


def evaluate(tower: Tower, pictures: np.ndarray, entries: list[Entry], encode: Encode) -> list[Result]:
    """Return a tower's figures on every set held out."""
    return figures(lambda rows: embedded(tower, pictures[rows]), entries, encode)


def figures(embed: Callable[[np.ndarray], np.ndarray], entries: list[Entry], encode: Encode) -> list[Result]:
    """Return the figures of whatever embeds rows of the pool."""
    results: list[Result] = []
    for name, rows in held_out(entries).items():
        vectors = embed(rows)
        names = [entries[row].names[0] for row in rows]
        results.append(_result(name, vectors, encode(names), names))
    return results


def held_out(entries: list[Entry]) -> dict[str, np.ndarray]:
    """Return the rows of every set held out, by its name."""
    by_split = {
        split: [row for row, entry in enumerate(entries) if entry.split == split] for split in ("clip art", "emoji")
    }
    sets = {"held-out concepts, 800": np.array(by_split["clip art"] + by_split["emoji"])}
    sets["of these, clip art, 400"] = np.array(by_split["clip art"])
    sets["of these, emoji, 400"] = np.array(by_split["emoji"])
    base = {entry.names[0] for entry in entries if entry.source == "emojione"}
    for source in ("emojione", "twemoji", "openmoji", "fluent-emoji-flat", "oxygen"):
        for split in ("style", "new concept"):
            found = {
                entry.names[0]: row
                for row, entry in enumerate(entries)
                if entry.source == source and entry.split == split and (source == "oxygen" or entry.names[0] in base)
            }
            chosen = sorted(found.values(), key=lambda row: order(f"judged {entries[row].names[0]}"))[:TEST_STYLE]
            if len(chosen) == TEST_STYLE:
                what = "unseen style" if split == "style" else "unseen style and concept"
                sets[f"{what}: {source}, {TEST_STYLE}"] = np.array(chosen)
    return sets


def embedded(tower: Tower, pictures: np.ndarray) -> np.ndarray:
    """Return the vectors of pictures in front of white, as large as the product shows them to the model."""
    device = next(tower.parameters()).device
    found: list[np.ndarray] = []
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        for start in range(0, len(pictures), 128):
            batch = plain(pictures[start : start + 128])
            batch = torch.nn.functional.interpolate(batch, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
            found.append(tower(normalized(batch.to(device))).float().cpu().numpy())
    return np.concatenate(found)


def _result(name: str, pictures: np.ndarray, texts: np.ndarray, names: Sequence[str]) -> Result:
    """Return the share of names that find a picture of that name first, and among the first ten."""
    best = np.argsort(-(texts @ pictures.T), axis=1)[:, :10]
    right = np.array([[names[place] == names[row] for place in places] for row, places in enumerate(best)])
    return Result(name, len(names), float(right[:, 0].mean()), float(right.any(1).mean()))


def precision_at_10(vectors: np.ndarray, categories: Sequence[str]) -> float:
    """Return what share of the ten pictures most like each is of its category; categories of fewer than 11 are left out."""
    common = {category for category, count in Counter(categories).items() if category and count > 10}
    rows = np.array([row for row, category in enumerate(categories) if category in common])
    kept = np.array(categories)[rows]
    scores = vectors[rows] @ vectors[rows].T
    np.fill_diagonal(scores, -2)
    best = np.argsort(-scores, axis=1)[:, :10]
    return float((kept[best] == kept[:, None]).mean())


def table(results: Sequence[Result]) -> str:
    """Return figures as a table."""
    lines = [f"{result.name:50} {result.at_1:.3f} {result.at_10:.3f}" for result in results]
    return "\n".join([f"{'':50} R@1   R@10", *lines])
