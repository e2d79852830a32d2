"""Files to measure with: real text where the system has any, else made up."""

import os
from pathlib import Path

import numpy as np

_WORDS = (Path(__file__).read_text(encoding="utf-8") + (os.__doc__ or "")).split()
_NOTES_A_FOLDER = 100
_LEAST_BYTES, _MOST_BYTES = 500, 20_000


def real_text(limit: int) -> list[Path]:
    """Return text files nobody made for this: some of the interpreter's own sources, the same ones every time."""
    sources = sorted(Path(os.__file__).parent.rglob("*.py"))
    chosen = [
        path
        for path in sources
        if "site-packages" not in path.parts and _LEAST_BYTES < path.stat().st_size < _MOST_BYTES
    ]
    return [chosen[number] for number in np.random.default_rng(5).permutation(len(chosen))[:limit]]


def write_notes(folder: Path, count: int, words: int = 60) -> list[Path]:
    """Write short notes, a hundred to a folder, and return their paths."""
    random = np.random.default_rng(11)
    notes = [folder / f"{number // _NOTES_A_FOLDER:04d}" / f"note {number}.txt" for number in range(count)]
    for note in notes:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(" ".join(random.choice(_WORDS, words)), encoding="utf-8")
    return notes
