"""The pool: every picture of every source, drawn once at one size, with its names.

Drawings are kept by `drawings`; ``pictures.jsonl`` (a line each: a row of the drawings and an `Entry`) says what they
show. It is made anew whenever captions or splits are to change; drawing is what takes long.
"""

import importlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
from drawings import Drawing, Drawings, kept_for_each, thumbs
from emoji import emoji_names, emojione, noto, noto_v1, other_emoji
from folders import folders, furniture, gcompris, stamps
from icons import themes, vector_icons
from lexicon import Lexicon
from openclipart import clip_art
from PIL import Image
from sources import Sources
from splits import Entry, Told, split

Source = Callable[[Sources, Lexicon], Iterator[Drawing]]

SOURCES: tuple[Source, ...] = (
    clip_art, noto, emojione, stamps, noto_v1, folders, furniture, gcompris, themes, vector_icons, other_emoji,
)  # fmt: skip

JUDGED: tuple[Source, ...] = (clip_art, noto, emojione, themes, other_emoji)
"""The sources of everything that is held out."""


class Pictures:
    """The pictures of the pool, mapped.

    Args:
        drawn: All drawings, uint8 [m, SIDE, SIDE, 4].
        rows: Which of them the pool's are, int64 [n].
    """

    def __init__(self, drawn: np.ndarray, rows: np.ndarray) -> None:
        self.drawn, self.rows = drawn, rows
        self.shape = (len(rows), *drawn.shape[1:])

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, places: np.ndarray) -> np.ndarray:
        return self.drawn[self.rows[places]]


def build(sources: Sources, folder: Path, told: Told | None = None) -> None:
    """Draw the pool and split it, unless it is there.

    Args:
        sources: Where the packages lie.
        folder: Where the pool lies.
        told: What the whole pool said, where only what judges is to be drawn.
    """
    if (folder / "pictures.jsonl").exists():
        return
    for module in ("resvg_py", "fontTools", "PySide6"):  # without them drawing after drawing would be left out
        importlib.import_module(module)
    folder.mkdir(parents=True, exist_ok=True)
    lexicon = Lexicon(sources.share, dict(emoji_names(sources).values()))
    drawings = Drawings(folder)
    found: list[tuple[int, Entry]] = []
    for source in JUDGED if told else SOURCES:
        found += drawings.add(source(sources, lexicon))
        print(f"{source.__name__}: {len(found)} pictures so far", flush=True)
    small = kept_for_each(folder / "thumbs.npy", drawings.pixels(), thumbs)
    rows = np.array([row for row, _ in found])
    entries = split([entry for _, entry in found], small[rows], told)
    lines = [json.dumps([int(row), asdict(entry)]) for row, entry in zip(rows, entries, strict=True)]
    (folder / "pictures.jsonl").write_text("\n".join(lines) + "\n")


def load(folder: Path) -> tuple[Pictures, list[Entry]]:
    """Return the pool: its pictures, and what they show."""
    rows: list[int] = []
    entries: list[Entry] = []
    for line in (folder / "pictures.jsonl").read_text().splitlines():
        row, fields = json.loads(line)
        rows.append(row)
        entries.append(Entry(**{**fields, "names": tuple(fields["names"]), "more": tuple(fields["more"])}))
    return Pictures(Drawings(folder).pixels(), np.array(rows)), entries


def backgrounds(sources: Sources) -> list[Image.Image]:
    """Return photographs and drawn wallpapers, their short side 320 px, to put pictures in front of."""
    found: dict[str, Path] = {}
    for folder in ("backgrounds", "wallpapers"):
        for path in sorted((sources.share / folder).rglob("*")):
            if (
                path.suffix in (".jpg", ".png", ".webp", ".jxl")
                and not path.is_symlink()
                and path.stat().st_size > 60_000
            ):
                found.setdefault(str(path.parent) if folder == "wallpapers" else str(path), path)
    pictures: list[Image.Image] = []
    for path in found.values():
        try:
            with Image.open(path) as picture:
                picture.draft("RGB", (640, 360))
                scale = 320 / min(picture.size)
                size = (round(scale * picture.width), round(scale * picture.height))
                pictures.append(picture.convert("RGB").resize(size))
        except OSError:
            continue
    return pictures
