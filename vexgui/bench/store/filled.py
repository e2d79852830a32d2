"""Made-up files to fill a store with: pictures with a vector each, and documents with many."""

import os
from collections.abc import Iterator

import numpy as np

from vexgui.bench.made_up import SPACE
from vexgui.core.arrays import Vectors
from vexgui.core.files import RECIPE, FileFacts, FileStat, FileState, Kind, Passage, PassageKind
from vexgui.core.paths import joined
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileUpdate

_FILES_A_FOLDER = 1000
_SENTENCE = "the harbour lay quiet and a boat with red sails came in late from the northern islands that evening"
_WORDS = _SENTENCE.split()
_WORDS_A_PASSAGE = 12


def picture(number: int, vector: Vectors) -> FileUpdate:
    """Return a picture with its vector [dim]."""
    facts = FileFacts(4000, 3000, "2024-05-04T12:30:00", "Canon EOS R6", 53.5, 9.9)
    path = b"/home/user/Pictures/%04d/IMG_%08d.jpg" % (number // _FILES_A_FOLDER, number)
    return _update(path, number, Kind.IMAGE, facts, (Passage(0, PassageKind.PICTURE, ""),), vector[np.newaxis])


def document(number: int, vectors: Vectors) -> FileUpdate:
    """Return a document of short passages with their vectors [n, dim]."""
    passages = tuple(
        Passage(ordinal, PassageKind.TEXT, _text(number + ordinal), f"page {1 + ordinal}")
        for ordinal in range(len(vectors))
    )
    facts = FileFacts(title=f"Report {number}", pages=len(vectors))
    return _update(document_path(number), number, Kind.DOCUMENT, facts, passages, vectors)


def document_path(number: int) -> bytes:
    """Return where a document lies."""
    return b"/home/user/Documents/%04d/report %d.pdf" % (number // _FILES_A_FOLDER, number)


def documents(count: int, passages: int, vectors: Vectors) -> Iterator[FileUpdate]:
    """Yield documents of so many passages each; their vectors are taken from some [n, dim], again and again."""
    for number in range(count):
        places = np.arange(number * passages, (number + 1) * passages) % len(vectors)
        yield document(number, vectors[places])


def disk_bytes(folder: bytes, suffix: bytes = b"") -> int:
    """Return the lengths of all files beneath a folder whose names end so."""
    return sum(
        os.path.getsize(joined(home, name))
        for home, _, names in os.walk(folder)
        for name in names
        if name.endswith(suffix)
    )


def _text(number: int) -> str:
    """Return words that are not the same for every number."""
    turned = number % len(_WORDS)
    return " ".join([f"{number}", *(_WORDS[turned:] + _WORDS[:turned])[:_WORDS_A_PASSAGE]])


def _update(
    path: bytes, number: int, kind: Kind, facts: FileFacts, passages: tuple[Passage, ...], vectors: Vectors
) -> FileUpdate:
    return FileUpdate(
        path=path,
        stat=FileStat(1, number + 1, 3_000_000, 1_700_000_000_000_000_000, 1_700_000_000_000_000_000, 0o100644, 1000),
        content_hash=number.to_bytes(16, "little"),
        kind=kind,
        mime="image/jpeg" if kind is Kind.IMAGE else "application/pdf",
        state=FileState.INDEXED,
        reason="",
        recipe=RECIPE,
        facts=facts,
        passages=passages,
        vectors=(SpaceVectors(SPACE.id, np.arange(len(vectors), dtype=np.uint32), vectors),),
        record_note="",
    )
