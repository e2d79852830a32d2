"""Which pictures are trained on, and which are held out to judge what was learnt. Pure."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from captions import concept

TEST_CLIP_ART = 400
TEST_EMOJI = 400
TEST_STYLE = 200

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
        split: "train", "clip art", "emoji", or "style" and "new concept" for sets never trained on.
    """

    source: str
    kind: str
    category: str
    names: tuple[str, ...]
    split: str = "train"


def split(entries: list[Entry]) -> list[Entry]:
    """Hold pictures out: single concepts of clip art and emoji, which no other set then trains on either."""
    held: dict[str, set[str]] = {"clip art": set(), "emoji": set()}
    for kind, most in (("clip art", TEST_CLIP_ART), ("emoji", TEST_EMOJI)):
        source = "openclipart" if kind == "clip art" else "noto"
        candidates = [entry for entry in entries if entry.source == source and entry.split == "candidate"]
        for entry in sorted(candidates, key=lambda entry: order(f"held out {entry.names[0]}")):
            if len(held[kind]) < most:
                held[kind].add(concept(entry.names[0]))
    everything = held["clip art"] | held["emoji"]
    taken: set[tuple[str, str]] = set()
    result: list[Entry] = []
    for entry in entries:
        concepts = {concept(name) for name in (entry.names[0], entry.names[-1], *entry.names[1:2])}
        fields = asdict(entry)
        fields["names"] = tuple(fields["names"])
        if entry.source in UNSEEN:
            fields["split"] = "new concept" if concept(entry.names[0]) in everything else "style"
        elif not concepts & everything:
            fields["split"] = "train"
        else:
            kind = "clip art" if entry.source == "openclipart" else "emoji"
            mine = (kind, concept(entry.names[0]))
            if entry.split == "candidate" and mine[1] in held[kind] and mine not in taken:
                taken.add(mine)
                fields["split"] = kind
            else:
                fields["split"] = "left out"
        result.append(Entry(**fields))
    return result


def named_in_training(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the names held out that some picture trained on has all the same: by a keyword, or as a drawn scene."""
    trained = {concept(name) for entry in entries if entry.split == "train" for name in entry.names}
    held = [entry.names[0] for entry in entries if entry.split in ("clip art", "emoji")]
    return tuple(sorted({name for name in held if concept(name) in trained}))


def held_out(entries: Sequence[Entry], named: Sequence[str] = ()) -> dict[str, np.ndarray]:
    """Return the rows of every set of pictures that are looked for by their names, int64 [n], by the set's name.

    Args:
        entries: The pool.
        named: Names held out that training met all the same; where there are some, there is a set without them.
    """
    clip_art, emoji = (_rows_of(entries, part) for part in ("clip art", "emoji"))
    sets = {
        _sized("held-out concepts", [*clip_art, *emoji]): [*clip_art, *emoji],
        _sized("of these, clip art", clip_art): clip_art,
        _sized("of these, emoji", emoji): emoji,
    }
    if named:
        new = [row for row in (*clip_art, *emoji) if entries[row].names[0] not in named]
        sets[_sized("of these, named nowhere in training", new)] = new
    base = {entry.names[0] for entry in entries if entry.source == "emojione"}
    for source in UNSEEN:
        for part, what in (("style", "unseen style"), ("new concept", "unseen style and concept")):
            by_name = {
                entry.names[0]: row
                for row, entry in enumerate(entries)
                if (entry.source, entry.split) == (source, part) and (source == "oxygen" or entry.names[0] in base)
            }
            chosen = sorted(by_name.values(), key=lambda row: order(f"judged {entries[row].names[0]}"))[:TEST_STYLE]
            if len(chosen) == TEST_STYLE:
                sets[_sized(f"{what}: {source}", chosen)] = chosen
    return {name: np.array(rows) for name, rows in sets.items()}


def categorized(entries: Sequence[Entry]) -> dict[str, np.ndarray]:
    """Return the rows of the sets whose pictures are compared with each other by category, by the set's name.

    Categories of fewer than 11 pictures are left out: of the ten most like one, not all could be of them.
    """
    sets = {
        "held-out clip art, by its folders": _rows_of(entries, "clip art"),
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
