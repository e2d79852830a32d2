"""Vectors with the structure of real embeddings: real texts are encoded, and varied by what tells others apart."""

import os
import re
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from vexgui.bench.made_up import DIM
from vexgui.core.arrays import Vectors
from vexgui.core.paths import folder_of, joined
from vexgui.core.vectors import Modality
from vexgui.models.embedder import Embedder
from vexgui.models.process import EmbedderProcesses
from vexgui.system.atomic import replace_file

_TEXTS = 12_000
_QUERY_EVERY = 40
_QUERY_WORDS = 8
_TEXTS_A_FILE = 6
_LONGEST = 500
_AT_ONCE = 256
_ROWS_AT_ONCE = 20_000
_VARIED = 0.35
"""A vector's neighbours, moved by so much of the difference between two others, lie as near as passages of one file."""
_DESCRIPTION = re.compile(r'"""(.*?)"""', re.DOTALL)
_CHARACTERS = range(150, 4001)


@dataclass(frozen=True, slots=True, eq=False)
class Originals:
    """Vectors as a model gives them.

    Attributes:
        passages: Of passages, float32 [n, dim], unit rows.
        queries: Of a few words out of other passages, as somebody might ask for them, float32 [m, dim].
        texts: The passages, [n].
        asked: The few words, [m].
    """

    passages: Vectors
    queries: Vectors
    texts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    def widened(self) -> "Originals":
        """Return the same turned into `DIM` dimensions by a fixed rotation, which leaves every cosine as it is."""
        random = np.random.default_rng(1)
        rotation = np.linalg.qr(random.standard_normal((DIM, DIM)))[0].astype(np.float32)
        turned = rotation[: self.passages.shape[1]]
        return replace(self, passages=self.passages @ turned, queries=self.queries @ turned)


def varied(originals: Originals, count: int) -> Vectors:
    """Return vectors [count, dim]: those of passages, each moved by a part of the difference between two others."""
    random = np.random.default_rng(2)
    real = originals.passages
    vectors = np.empty((count, real.shape[1]), np.float32)
    for start in range(0, count, _ROWS_AT_ONCE):  # a million take two gigabytes: no copies of all of them
        rows = vectors[start : start + _ROWS_AT_ONCE]
        one, other, another = random.integers(0, len(real), (3, len(rows)))
        np.subtract(real[other], real[another], out=rows)
        rows *= _VARIED
        rows += real[one]
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return vectors


def kept_originals(cache_dir: bytes, tell: Callable[[str], None]) -> Originals:
    """Return the `originals` of the text model, kept in a profile's cache folder."""
    kept = joined(joined(cache_dir, b"bench"), b"descriptions.npz")
    return originals(kept, lambda: EmbedderProcesses(None, (), cache_dir), tell)


def originals(
    cache: bytes, make_embedder: Callable[[], Embedder], tell: Callable[[str], None], texts: int = _TEXTS
) -> Originals:
    """Return vectors of what the program's libraries say of themselves, from a cache where they were encoded before.

    Args:
        cache: A file, which need not be there.
        make_embedder: Makes an embedder with a text space; it is closed again.
        tell: Takes a sentence on what is being done.
        texts: How many are encoded, those for queries among them.

    Raises:
        VexError: The model cannot be loaded.
    """
    unfit = (OSError, ValueError, KeyError, EOFError, BadZipFile)
    with suppress(*unfit), open(cache, "rb") as file, np.load(file) as kept:
        return Originals(
            kept["passages"], kept["queries"], *map(tuple, (kept["texts"].tolist(), kept["asked"].tolist()))
        )
    embedder = make_embedder()
    try:
        found = _encoded(embedder, tell, texts)
    finally:
        embedder.close()
    data = BytesIO()
    np.savez(data, passages=found.passages, queries=found.queries, texts=found.texts, asked=found.asked)
    os.makedirs(folder_of(cache), exist_ok=True)
    replace_file(cache, data.getvalue())
    return found


def _encoded(embedder: Embedder, tell: Callable[[str], None], count: int) -> Originals:
    space = next(space for space in embedder.spaces() if space.modality is Modality.TEXT)
    texts = list(_descriptions(count))
    asked, passages = texts[: len(texts) // _QUERY_EVERY], texts[len(texts) // _QUERY_EVERY :]
    parts: list[Vectors] = []
    for start in range(0, len(passages), _AT_ONCE):
        tell(f"Encoding {len(passages):,} real texts, once: {100 * start // len(passages)} %.")
        parts.append(embedder.embed_texts(space.id, passages[start : start + _AT_ONCE]))
    words = tuple(" ".join(text.split()[:_QUERY_WORDS]) for text in asked)
    queries = [embedder.embed_query(space.id, each) for each in words]
    return Originals(np.concatenate(parts), np.stack(queries), tuple(passages), words)


def _descriptions(most: int) -> Iterator[str]:
    """Yield what Python's sources say of themselves, different texts in an order that is always the same."""
    paths = sorted(path for name in ("stdlib", "purelib") for path in Path(sysconfig.get_path(name)).rglob("*.py"))
    seen: set[str] = set()
    for number in np.random.default_rng(5).permutation(len(paths)):
        source = paths[number].read_text(encoding="utf-8", errors="ignore")
        said = [found for found in _DESCRIPTION.findall(source) if len(found) in _CHARACTERS]
        for found in said[:_TEXTS_A_FILE]:
            text = " ".join(found.split())[:_LONGEST]
            if text[:80] not in seen:
                seen.add(text[:80])
                yield text
                if len(seen) == most:
                    return
