"""Which pictures are trained on, and which are held out to judge what was learnt. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from captions import TEMPLATE_WORDS, concept, concept_words

TEST_PICTURES = 400
"""So many of clip art, and of emoji, are held out as pictures."""

TEST_CONCEPTS = 100
"""So many of each as concepts."""

TEST_STYLE = 200

_FEWEST = 50
"""A set of fewer pictures says too little."""

_MOST_LEFT_OUT = 20
"""A concept that more pictures carry in a caption is not held out: the model would miss what people look for."""

SAME_DRAWING = 0.95
"""From this cosine of their small copies on, two pictures are taken for the same drawing."""

_HELD = {"openclipart": "clip art", "noto": "emoji"}
"""The sources of what is held out, and what it is called."""

UNSEEN = ("emojione", "twemoji", "openmoji", "fluent-emoji-flat", "oxygen")
"""Styles that are never trained on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture.

    Attributes:
        source: Its set, for example "openclipart" or "mdi".
        kind: "clip art", "emoji", "icon", "photo" or "scene": how it may be called.
        category: What it is among, for precision by category; "" where the set does not say.
        names: What it shows, the best name first.
        split: "train"; "clip art picture", "emoji picture", "clip art concept" or "emoji concept" where it is held out,
            as a picture or as a concept; "style" and "new concept" for sets never trained on; "left out".
        more: Synonyms of what it shows, and the kinds of thing it is.
    """

    source: str
    kind: str
    category: str
    names: tuple[str, ...]
    split: str = "train"
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What hangs on the whole pool, for whoever has only the part that judges.

    Attributes:
        concepts: The names of the concepts held out, by source.
        new: Names in sets never trained on that no caption trained on has.
    """

    concepts: Mapping[str, Sequence[str]]
    new: Sequence[str]


def split(entries: Sequence[Entry], thumbs: np.ndarray, told: Told | None = None) -> list[Entry]:
    """Hold pictures out, and whole concepts.

    Of clip art and emoji, some pictures are never trained on, nor are near-duplicates of them; their concepts may be
    drawn elsewhere. Some concepts are in no caption of any picture trained on.

    Args:
        entries: The pool, or of the pool what judges.
        thumbs: Small copies of the pictures, of unit length, [n, d].
        told: What the whole pool said, where this is a part of it.
    """
    parts = {row: "left out" if entry.source in UNSEEN else "train" for row, entry in enumerate(entries)}
    drawn = {source: _candidates(entries, source) for source in _HELD}
    for source, what in _HELD.items():
        parts.update(dict.fromkeys(drawn[source][:TEST_PICTURES], f"{what} picture"))
    parts.update(dict.fromkeys(_like(entries, thumbs, parts, "picture"), "left out"))
    met = _Index([entry.names if parts[row] == "train" else () for row, entry in enumerate(entries)])
    held: list[str] = []
    for source, what in _HELD.items():
        rows = [row for row in drawn[source][TEST_PICTURES:] if parts[row] == "train"]
        if told:
            rows = [row for row in rows if entries[row].names[0] in told.concepts[source]]
        else:
            rows = [row for row in rows if len(met.rows(entries[row].names[0])) <= _MOST_LEFT_OUT]
        chosen: dict[str, int] = {}
        for row in rows:
            name = concept(entries[row].names[0])
            if len(chosen) < TEST_CONCEPTS and name not in held:
                chosen.setdefault(name, row)
        held += chosen
        for name, row in chosen.items():
            for other in met.rows(name):
                parts[other] = parts[other] if parts[other].endswith("concept") else "left out"
            parts[row] = f"{what} concept"
    parts.update(dict.fromkeys(_like(entries, thumbs, parts, "concept"), "left out"))
    out = Held(held)
    without = [_without(entry, out) for entry in entries]
    trained = _Index([_all(entry) if parts[row] == "train" else () for row, entry in enumerate(without)])
    for row, entry in enumerate(entries):
        if entry.source in UNSEEN:
            is_new = entry.names[0] in told.new if told else not trained.rows(entry.names[0])
            parts[row] = "new concept" if is_new else "style"
    return [replace(entry, split=parts[row]) for row, entry in enumerate(without)]


def told_by(entries: Sequence[Entry]) -> Told:
    """Return what a whole pool, split, says to a part of it."""
    return Told(
        concepts={
            source: [entry.names[0] for entry in entries if entry.split == f"{what} concept"]
            for source, what in _HELD.items()
        },
        new=sorted({entry.names[0] for entry in entries if entry.split == "new concept"}),
    )


class Held:
    """Concepts held out.

    Args:
        names: What they are called.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = {}
        for words in map(concept_words, names):
            self._by_word.setdefault(max(words), []).append(words)

    def is_in(self, caption: str) -> bool:
        """Tell whether a caption has all words of one of them."""
        words = concept_words(caption)
        return any(held <= words for word in words for held in self._by_word.get(word, ()))


def concepts_held(entries: Sequence[Entry]) -> Held:
    """Return the concepts that are in no caption trained on."""
    return Held(entry.names[0] for entry in entries if entry.split in ("clip art concept", "emoji concept"))


class _Index:
    """Which entries have a caption with all words of a name."""

    def __init__(self, captions: Sequence[Sequence[str]]) -> None:
        self._captions = [[concept_words(caption) for caption in each] for each in captions]
        self._by_word: dict[str, set[int]] = {}
        for row, each in enumerate(self._captions):
            for word in frozenset().union(*each):
                self._by_word.setdefault(word, set()).add(row)

    def rows(self, name: str) -> list[int]:
        """Return their rows."""
        words = concept_words(name)
        likely = set.intersection(*(self._by_word.get(word, set()) for word in words)) if words else set()
        return sorted(row for row in likely if any(words <= caption for caption in self._captions[row]))


def _candidates(entries: Sequence[Entry], source: str) -> list[int]:
    """Return the rows of what may be held out of a source, shuffled, one of each name."""
    rows: dict[str, int] = {}
    for row, entry in enumerate(entries):
        if entry.source == source and entry.split == "candidate" and not concept_words(entry.names[0]) & TEMPLATE_WORDS:
            rows.setdefault(concept(entry.names[0]), row)
    return sorted(rows.values(), key=lambda row: order(f"held out {entries[row].names[0]}"))


def _like(entries: Sequence[Entry], thumbs: np.ndarray, parts: Mapping[int, str], which: str) -> list[int]:
    """Return the rows of what is trained on but shows the same drawing as a picture, or a concept, held out."""
    held = [row for row, part in parts.items() if part.endswith(which)]
    names = {_anybody(entries[row].names[0]) for row in held if entries[row].source == "noto"}
    wide = thumbs[held].astype(np.float32)
    found: list[int] = []
    for start in range(0, len(thumbs), 4096):
        alike = (thumbs[start : start + 4096].astype(np.float32) @ wide.T).max(axis=1)
        found += [start + int(place) for place in np.flatnonzero(alike > SAME_DRAWING)]
    # The same emoji in other skin tones, of another sex, and as Noto drew it before.
    found += [
        row
        for row, entry in enumerate(entries)
        if entry.source in ("noto", "noto-v1") and _anybody(entry.names[0]) in names
    ]
    return [row for row in set(found) if parts[row] == "train"]


def _anybody(name: str) -> frozenset[str]:
    """Return the words of an emoji's name without those for who it is that does it."""
    words = concept_words(name.split(",", 1)[0])
    return (words - {"man", "woman", "men", "women", "person", "people"}) or words


def _without(entry: Entry, held: Held) -> Entry:
    """Return an entry without the synonyms that name what is held out."""
    return replace(entry, more=tuple(text for text in entry.more if not held.is_in(text)))


def _all(entry: Entry) -> tuple[str, ...]:
    return (*entry.names, *entry.more)


def held_out(entries: Sequence[Entry]) -> dict[str, np.ndarray]:
    """Return the rows of every set of pictures that are looked for by their names, int64 [n], by the set's name."""
    sets: dict[str, list[int]] = {}
    for part, what in (("picture", "held-out pictures"), ("concept", "held-out concepts")):
        clip_art, emoji = (_rows_of(entries, f"{kind} {part}") for kind in ("clip art", "emoji"))
        sets[_sized(what, [*clip_art, *emoji])] = [*clip_art, *emoji]
        sets[_sized(f"{what}, clip art", clip_art)] = clip_art
        sets[_sized(f"{what}, emoji", emoji)] = emoji
    for source in UNSEEN:
        for part, what in (("style", "unseen style"), ("new concept", "unseen style and concept")):
            by_name = {
                entry.names[0]: row
                for row, entry in enumerate(entries)
                if (entry.source, entry.split) == (source, part)
            }
            chosen = sorted(by_name.values(), key=lambda row: order(f"judged {entries[row].names[0]}"))[:TEST_STYLE]
            if len(chosen) >= _FEWEST:
                sets[_sized(f"{what}: {source}", chosen)] = chosen
    return {name: np.array(rows) for name, rows in sets.items()}


def categorized(entries: Sequence[Entry]) -> dict[str, np.ndarray]:
    """Return the rows of the sets whose pictures are compared with each other by category, by the set's name.

    Categories of fewer than 11 pictures are left out: of the ten most like one, not all could be of them.
    """
    clip_art = [*_rows_of(entries, "clip art picture"), *_rows_of(entries, "clip art concept")]
    sets = {
        "held-out clip art, by its folders": clip_art,
        "EmojiOne, by its categories": [row for row, entry in enumerate(entries) if entry.source == "emojione"],
    }
    counts = {name: Counter(entries[row].category for row in rows) for name, rows in sets.items()}
    return {
        name: np.array([row for row in rows if entries[row].category and counts[name][entries[row].category] > 10])
        for name, rows in sets.items()
    }


def _rows_of(entries: Sequence[Entry], part: str) -> list[int]:
    return [row for row, entry in enumerate(entries) if entry.split == part]


def _sized(name: str, rows: Sequence[int]) -> str:
    return f"{name}, {len(rows)}"


def order(text: str) -> int:
    """Return a number that has nothing to do with a text's meaning, always the same."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
