"""What training reads: pictures, their captions' vectors, backgrounds, and what ImageNet's classifier sees in them."""

import json
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scenes
import timm
import torch
from captions import phrased
from drawings import SIDE, save
from PIL import Image
from pool import Pictures
from splits import Entry, concepts_held
from tower import Tower, normalized

BATCH = 128
"""Pictures in a step."""

SCENES = 30_000
_BANK = 3_000
_NAMES = 8
_PHRASINGS = 4
"""Of each picture so many names are kept, and so many ways to put the first two."""

_CLASSES_KEPT = 20
"""So many of the most likely classes of a picture are remembered."""

_KINDS = {"clip art": 1.5, "emoji": 1.0, "icon": 0.2, "photo": 2.5, "scene": 1.0}
_SOURCES = {"openclipart": 2.4, "noto": 4.5, "noto-v1": 3.0}
_COLOURED = re.compile(
    "streamline-.*color|streamline-pixel|color|meteocons|marketeq|faenza|mate|gnome|tango|gartoon|nuovo|papirus|moka|"
    "elementary|mint|obsidian|faba|bloom|breeze|suru|yaru|icon-park$"
)
_COLOURS = re.compile(
    r"\b(red|green|blue|yellow|orange|purple|violet|pink|brown|black|white|grey|gray|gold|golden|silver|cyan|magenta|"
    r"turquoise|dark|light|skin|flag)\b"
)

Encode = Callable[[Sequence[str]], np.ndarray]
"""Texts to unit vectors, float32 [n, 384]."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What one pass over the pool teaches.

    Attributes:
        pictures: uint8 [n, SIDE, SIDE, 4].
        rows: Which of them are trained on, int64 [m].
        weights: How often each is, in proportion, float64 [m].
        hue: Whether each may change its hue, bool [m].
        phrasings: Of each, which captions say what it shows: places in ``captions``.
        captions: Their vectors, float32 [c, 384].
        seen: The classes the pretrained classifier saw in each and their probabilities, int64 and float32 [m, 20].
        classes: Vectors of the classes' names, float32 [1000, 384].
        bank: Backgrounds, uint8 [b, 3, 128, 128].
    """

    pictures: np.ndarray
    rows: np.ndarray
    weights: torch.Tensor
    hue: torch.Tensor
    phrasings: list[np.ndarray]
    captions: torch.Tensor
    seen: tuple[torch.Tensor, torch.Tensor]
    classes: torch.Tensor
    bank: torch.Tensor


class Joined:
    """Two lots of pictures as one, row by row."""

    def __init__(self, first: Pictures, second: Pictures) -> None:
        self.first, self.second = first, second

    def __getitem__(self, rows: np.ndarray) -> np.ndarray:
        found = np.empty((len(rows), *self.first.shape[1:]), np.uint8)
        early = rows < len(self.first)
        found[early] = self.first[rows[early]]
        found[~early] = self.second[rows[~early] - len(self.first)]
        return found


def examples(
    folder: Path,
    pictures: Joined,
    entries: list[Entry],
    wallpapers: Callable[[], list[Image.Image]],
    encode: Encode,
    tower: Tower,
) -> Examples:
    """Prepare what training reads; what takes long is kept in the folder."""
    rows = np.array([row for row, entry in enumerate(entries) if entry.split == "train"])
    chosen = [entries[row] for row in rows]
    texts = [_phrasings(entry) for entry in chosen]
    vocabulary = {text: place for place, text in enumerate(dict.fromkeys(text for each in texts for text in each))}
    captions = _vectors(folder / "captions", list(vocabulary), encode)
    names = class_names()
    classes = torch.from_numpy(encode(names))
    drawn = np.array([entries[row].source == "scenes" for row in rows])
    first, second = pictures.first, pictures.second
    seen = np.concatenate(
        [
            _seen(tower, folder / "seen-pool.npy", first, first.rows[rows[~drawn]]),
            _seen(tower, folder / "seen-scenes.npy", second, second.rows[rows[drawn] - len(first)]),
        ]
    )
    bank = _kept(folder / "bank.npy", lambda: _bank(wallpapers()))
    return Examples(
        pictures=pictures,
        rows=rows,
        weights=torch.tensor([_weight(entry) for entry in chosen], dtype=torch.float64),
        hue=torch.tensor([_may_change_hue(entry) for entry in chosen]),
        phrasings=[np.array([vocabulary[text] for text in each]) for each in texts],
        captions=torch.from_numpy(captions),
        seen=(torch.from_numpy(seen[..., 0].astype(np.int64)), torch.from_numpy(seen[..., 1].astype(np.float32))),
        classes=classes,
        bank=torch.from_numpy(bank),
    )


def with_scenes(folder: Path, pictures: Pictures, entries: list[Entry]) -> tuple[Joined, list[Entry]]:
    """Return a pool with the scenes we draw ourselves at its end; none of them shows a concept held out."""
    raw, lines = folder / "scenes.raw", folder / "scenes.jsonl"
    held = concepts_held(entries)
    told = [json.loads(line) for line in lines.read_text().splitlines()] if lines.exists() else []
    rows = [row for row, (_, *captions) in enumerate(told) if not any(map(held.is_in, captions))]
    with open(raw, "ab") as pixels, open(lines, "a") as texts:
        pixels.truncate(len(told) * SIDE * SIDE * 4)
        while len(rows) < SCENES:
            scene = scenes.draw(np.random.default_rng(len(told)), SIDE)
            pixels.write(np.asarray(scene.picture.convert("RGBA")).tobytes())
            pixels.flush()
            told.append([scene.category, *scene.captions])
            texts.write(json.dumps(told[-1]) + "\n")
            texts.flush()
            if not any(map(held.is_in, scene.captions)):
                rows.append(len(told) - 1)
    drawn = Pictures(np.memmap(raw, np.uint8, "r").reshape(-1, SIDE, SIDE, 4), np.array(rows[:SCENES]))
    added = [Entry("scenes", "scene", told[row][0], tuple(told[row][1:])) for row in rows[:SCENES]]
    return Joined(pictures, drawn), [*entries, *added]


def class_names() -> list[str]:
    """Return the English names of ImageNet's thousand classes, in the classifier's order."""
    info = Path(timm.__file__).parent / "data" / "_info"
    lemmas = dict(line.split("\t", 1) for line in (info / "imagenet_synset_to_lemma.txt").read_text().splitlines())
    synsets = (info / "imagenet_synsets.txt").read_text().split()
    return [", ".join(name.strip() for name in lemmas[synset].split(",")[:2]) for synset in synsets]


def plain(pictures: np.ndarray) -> torch.Tensor:
    """Return pictures of the pool in front of white, float32 [n, 3, SIDE, SIDE], 0 to 1."""
    rgba = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float().div_(255)
    return rgba[:, :3] * rgba[:, 3:] + (1 - rgba[:, 3:])


def _phrasings(entry: Entry) -> list[str]:
    """Return some phrasings of a picture: its best name, its other names and synonyms, and some in other words."""
    names = [*entry.names, *entry.more][:_NAMES]
    every = [text for text in phrased(entry.names[:2], entry.kind) if text not in names]
    rng = np.random.default_rng(zlib.crc32(" ".join(entry.names).encode()))
    chosen = rng.choice(len(every), min(_PHRASINGS, len(every)), replace=False)
    return list(dict.fromkeys([*names, *(every[place] for place in sorted(chosen))]))


def _weight(entry: Entry) -> float:
    weight = _SOURCES.get(entry.source, 1.0) * _KINDS[entry.kind]
    if entry.kind == "icon" and _COLOURED.search(entry.source):
        weight *= 2.5
    if entry.category == "skin tone":
        weight *= 0.15
    if entry.names[0].startswith(("flag of ", "map of ")):
        weight *= 0.2
    return weight


def _may_change_hue(entry: Entry) -> bool:
    return entry.kind != "scene" and not _COLOURS.search(" ".join(entry.names))


def _seen(tower: Tower, path: Path, pictures: Pictures, rows: np.ndarray) -> np.ndarray:
    """Return the likeliest classes of pictures and their probabilities, float16 [n, 20, 2]; they are kept in a file.

    Args:
        tower: With the pretrained weights.
        path: The file.
        pictures: Whose drawings are looked at.
        rows: Which of the drawings.
    """
    found = np.zeros((len(pictures.drawn), _CLASSES_KEPT, 2), np.float16)
    if path.exists():
        known = np.load(path)
        found[: len(known)] = known
    missing = np.unique(rows[found[rows, 0, 1] == 0])
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(missing), 128):
            part = missing[start : start + 128]
            logits = tower.classifier(tower.features(tower.front(normalized(plain(pictures.drawn[part]))))).float()
            best = logits.softmax(1).topk(_CLASSES_KEPT)
            found[part] = np.stack([best.indices.numpy(), best.values.numpy()], axis=-1)
            if start % 8192 == 0 or start + 128 >= len(missing):
                save(path, found)
    return found[rows]


def _bank(wallpapers: list[Image.Image]) -> np.ndarray:
    rng = np.random.default_rng(1)
    found = np.empty((_BANK, 3, 128, 128), np.uint8)
    for place in range(_BANK):
        if place % 2:
            picture = scenes.background(rng, 128)
        else:
            whole = wallpapers[rng.integers(len(wallpapers))]
            side = int(rng.integers(100, 1 + min(whole.size)))
            left, top = (int(rng.integers(0, length - side + 1)) for length in whole.size)
            picture = whole.crop((left, top, left + side, top + side)).resize((128, 128))
        found[place] = np.asarray(picture.convert("RGB")).transpose(2, 0, 1)
    return found


def _kept(path: Path, make: Callable[[], np.ndarray]) -> np.ndarray:
    if not path.exists():
        save(path, make())
    return np.load(path)


def _vectors(path: Path, texts: Sequence[str], encode: Encode) -> np.ndarray:
    """Return the vectors of texts, float32 [n, 384]; those met before are kept in a file."""
    names, rows = path.with_suffix(".json"), path.with_suffix(".npy")
    known = dict.fromkeys(json.loads(names.read_text())) if names.exists() else {}
    new = [text for text in texts if text not in known]
    if new:
        vectors = encode(new)
        np.save(rows, np.concatenate([np.load(rows), vectors]) if known else vectors)
        names.write_text(json.dumps([*known, *new]))
    places = {text: place for place, text in enumerate([*known, *new])}
    return np.load(rows, mmap_mode="r")[[places[text] for text in texts]]
