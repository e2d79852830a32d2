"""Values for tests of the store: spaces, vectors, files, records."""

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Protocol

import numpy as np

from vexgui.core.arrays import Vectors
from vexgui.core.files import FileFacts, FileStat, FileState, Kind, Passage, PassageKind
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.catalog import KeptSpace
from vexgui.store.codecs import Codec, codec_named
from vexgui.store.columns import Rows
from vexgui.store.format import PAGE_BYTES
from vexgui.store.record import Fingerprint, Record, Section, SpaceVectors
from vexgui.store.rows import FileUpdate
from vexgui.store.snapshot import Snapshot
from vexgui.store.store import Store

KEY = bytes(range(32))
TEXT = Space(SpaceId("0011223344556677"), "words", Modality.TEXT, 16)
PICTURE = Space(SpaceId("8899aabbccddeeff"), "pictures", Modality.PICTURE, 24, 224)
RECIPE = 3


def unit(rows: Vectors) -> Vectors:
    """Return rows scaled to unit length."""
    scaled: Vectors = (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)
    return scaled


def vectors(count: int, dim: int = TEXT.dim, seed: int = 0) -> Vectors:
    """Return different unit vectors, shape [count, dim]."""
    return unit(np.random.default_rng(seed).standard_normal((count, dim), dtype=np.float32))


def of_space(rows: Vectors, space: Space = TEXT, ordinals: Sequence[int] | None = None) -> SpaceVectors:
    """Return vectors of the passages of some ordinals, by default those from 0."""
    numbers = range(len(rows)) if ordinals is None else ordinals
    return SpaceVectors(space.id, np.array(list(numbers), np.uint32), rows)


def a_stat(size: int = 10, inode: int = 5) -> FileStat:
    """Return the stat of some file."""
    return FileStat(1, inode, size, 1_700_000_000_000_000_000, 1_700_000_000_000_000_001, 0o100644, 1000)


def a_file(
    path: bytes,
    rows: Vectors | None = None,
    *,
    parts: Sequence[SpaceVectors] | None = None,
    texts: Sequence[str] = (),
    stat: FileStat | None = None,
    content_hash: bytes = b"h" * 16,
    reason: str = "",
) -> FileUpdate:
    """Return all that is to be kept of a file with as many text passages as there are texts or text vectors."""
    rows = vectors(1) if rows is None else rows
    texts = texts or [f"passage {number}" for number in range(len(rows))]
    return FileUpdate(
        path=path,
        stat=stat or a_stat(),
        content_hash=content_hash,
        kind=Kind.TEXT,
        mime="text/plain",
        state=FileState.FAILED if reason else FileState.INDEXED,
        reason=reason,
        recipe=RECIPE,
        facts=FileFacts(title="A title"),
        passages=[Passage(number, PassageKind.TEXT, text) for number, text in enumerate(texts)],
        vectors=[of_space(rows)] if parts is None else parts,
        record_note="",
    )


def a_section(rows: Vectors, space: Space = TEXT, codec: CodecName = CodecName.INT8, passages: int = 0) -> Section:
    """Return a record's section that keeps vectors of the first passages, by default of all there are."""
    chosen = codec_named(codec)
    packed = chosen.pack(chosen.encode(rows))
    ordinals = np.arange(len(rows), dtype=np.uint32)
    return Section(space.id, chosen, rows.shape[1], max(passages, len(rows)), ordinals, packed)


def a_record(*sections: Section) -> Record:
    """Return a record of some sections."""
    return Record(RECIPE, 77, 1_700_000_000, Fingerprint(10, -5, bytes(range(16))), sections)


COLUMN_CODECS = tuple(name for name in CodecName if name is CodecName.PRINCIPAL or codec_named(name).in_columns)
"""Those that columns may be kept in; PRINCIPAL only once there are vectors to learn from."""


def as_kept(codec: Codec, rows: Vectors) -> Vectors:
    """Return what unit vectors [n, dim] are when a codec has kept them: unit vectors again."""
    encoded = codec.encode(rows)
    return unit(codec.decode(encoded.codes, encoded.scale, rows.shape[1]))


class OpenStore(Protocol):
    """Opens the test's store; its folder is the same each time."""

    def __call__(
        self, codec: CodecName = CodecName.INT8, *, writable: bool = True, page_bytes: int = PAGE_BYTES
    ) -> Store: ...


def held(store: Store) -> Mapping[bytes, Mapping[SpaceId, int]]:
    """Return the number of usable vectors in each space of all files in a store, by path."""
    return {
        row.path: {part.space: len(part.vectors) for part in store.vectors_of(row.id)}
        for row in store.catalog.all_files()
    }


def kept_space(store: Store, space: Space = TEXT) -> KeptSpace:
    """Return a space as the catalog of a store keeps it."""
    return next(kept for kept in store.spaces() if kept.space == space)


def slots(store: Store, space: Space = TEXT) -> list[int]:
    """Return the slots that the catalog names in a space, ascending; one that is named twice stands there twice."""
    extents = store.catalog.extents_in(kept_space(store, space).number)
    runs = zip(extents.first.tolist(), extents.count.tolist(), strict=True)
    return sorted(slot for first, count in runs for slot in range(first, first + count))


def rows_of(reading: Store | Snapshot, space: Space = TEXT) -> Rows:
    """Return all slots of a space, free ones included, as they lie on the disk now."""
    with reading.snapshot() if isinstance(reading, Store) else nullcontext(reading) as snapshot:
        kept = next(kept for kept in snapshot.spaces() if kept.space == space)
        return snapshot.opened(kept).columns.rows()


def column_folders(folder: bytes) -> set[str]:
    """Return what lies in a store's folder beside the catalog and the pins."""
    return {os.fsdecode(name) for name in os.listdir(folder) if not name.startswith((b"catalog.", b"pins"))}


def nearest(store: Store, row: Vectors, space: Space = TEXT) -> bytes:
    """Return the path of the file that holds the passage nearest to a vector, or b""."""
    passages = store.catalog.passages(store.scan(space.id, row, 1).passages)
    files = store.catalog.files([passage.file_id for passage in passages.values()])
    return next((file.path for file in files.values()), b"")
