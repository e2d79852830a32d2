"""Files to measure with: real text where the system has any, else made up."""

import os
import random
from pathlib import Path

_WORDS = (Path(__file__).read_text(encoding="utf-8") + (os.__doc__ or "")).split()


def real_text(limit: int, most_bytes: int = 20_000) -> list[Path]:
    """Return text files nobody made for this: the interpreter's own sources, in a fixed order."""
    sources = sorted(Path(os.__file__).parent.rglob("*.py"))
    chosen = [path for path in sources if "site-packages" not in path.parts and 500 < path.stat().st_size < most_bytes]
    random.Random(5).shuffle(chosen)
    return chosen[:limit]


def write_notes(folder: Path, count: int, words: int = 60) -> None:
    """Write short notes, a hundred to a folder."""
    generator = random.Random(11)
    for number in range(count):
        home = folder / f"{number // 100:04d}"
        home.mkdir(parents=True, exist_ok=True)
        text = " ".join(generator.choices(_WORDS, k=words))
        (home / f"note {number}.txt").write_text(text, encoding="utf-8")
