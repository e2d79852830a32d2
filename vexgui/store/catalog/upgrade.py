"""Stores of version 1, read once to be written anew; nothing here writes."""

import contextlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.files import FileFacts, FileStat, FileState, Kind, Passage, PassageKind
from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName, Modality, Source, Space, SpaceId
from vexgui.store.catalog.schema import told
from vexgui.store.catalog.values import unsigned
from vexgui.store.format import (
    CATALOG_APPLICATION_ID,
    CHECKSUM_TYPE,
    COLUMN_CRC,
    COLUMN_HEADER_1,
    COLUMN_MAGIC,
    OWNER_TYPE,
    PAGE_BYTES_1,
    SCALE_TYPE,
    Column,
)
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import FileUpdate

_FILES = (
    "SELECT id, folder, name, device, inode, size, mtime_ns, ctime_ns, mode, uid, hash, kind, mime, state, reason,"
    " recipe, facts, record_note FROM files WHERE id > ? ORDER BY id LIMIT 1000"
)
_CODES: dict[CodecName, np.dtype[Any]] = {CodecName.INT8: np.dtype("<i1"), CodecName.FLOAT16: np.dtype("<f2")}
"""All codecs of version 1; a vector is codes × scale."""
_CONFIDENCE = {CodecName.INT8: 0.9999, CodecName.FLOAT16: 1.0}
"""Cosine between a vector and what its codes give back, from 384 components on."""


def is_version_1(folder: bytes) -> bool:
    """Tell whether a folder holds a store of version 1."""
    path = joined(folder, b"catalog.db")
    if not os.path.isfile(path):
        return False
    try:
        with closing(_opened(path)) as db:
            (application,) = db.execute("PRAGMA application_id").fetchone()
            (version,) = db.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        return False
    return (application, version) == (CATALOG_APPLICATION_ID, 1)


def spaces_of_version_1(folder: bytes) -> tuple[Space, ...]:
    """Return the spaces of a store of version 1.

    Raises:
        VexError: Its catalog cannot be read.
    """
    with _reading(folder) as db:
        return tuple(kept.space for kept in _spaces(db))


def files_of_version_1(folder: bytes) -> Iterator[FileUpdate]:
    """Go through the files of a store of version 1 with their passages and vectors; damaged vectors are left out.

    Raises:
        VexError: Its catalog cannot be read.
    """
    with _reading(folder) as db:
        columns = [_Columns.opened(folder, kept) for kept in _spaces(db)]
        last = 0
        while rows := db.execute(_FILES, (last,)).fetchall():
            first, last = rows[0][0], rows[-1][0]
            passages = _passages(db, first, last)
            vectors = [_vectors(db, part, first, last) for part in columns if part is not None]
            for row in rows:
                yield _update(row, passages.get(row[0], ()), [part[row[0]] for part in vectors if row[0] in part])


@dataclass(frozen=True, slots=True)
class _Kept:
    """A space of version 1."""

    number: int
    space: Space
    codec: CodecName
    generation: int


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The columns of a space of version 1: codes [n, dim], scale [n], owner [n], checksum [n]."""

    kept: _Kept
    codes: NDArray[np.generic]
    scale: NDArray[np.float32]
    owner: NDArray[np.int64]
    checksum: NDArray[np.uint32]

    @classmethod
    def opened(cls, folder: bytes, kept: _Kept) -> "_Columns | None":
        """Map a space's columns; None where they are missing or damaged."""
        place = joined(folder, f"{kept.space.id}.{kept.generation}".encode())
        dim = kept.space.dim
        codes = _mapped(joined(place, b"codes"), Column.CODES, kept, _CODES[kept.codec], dim)
        scale = _mapped(joined(place, b"scale"), Column.SCALE, kept, SCALE_TYPE, 1)
        owner = _mapped(joined(place, b"owner"), Column.OWNER, kept, OWNER_TYPE, 1)
        checksum = _mapped(joined(place, b"checksum"), Column.CHECKSUM, kept, CHECKSUM_TYPE, 1)
        if codes is None or scale is None or owner is None or checksum is None:
            return None
        return cls(kept, codes, scale[:, 0], owner[:, 0], checksum[:, 0])

    def decoded(self, slots: NDArray[np.int64], owners: NDArray[np.int64]) -> tuple[Vectors, NDArray[np.bool_]]:
        """Return the vectors in slots [n], which belong to passages [n], and which of them are whole."""
        there = slots < min(len(self.codes), len(self.scale), len(self.owner), len(self.checksum))
        at = np.where(there, slots, 0)
        if not there.any():
            return np.empty((len(slots), self.kept.space.dim), np.float32), there
        codes, scale, owner = self.codes[at], self.scale[at], self.owner[at]
        sums = [zlib.crc32(b"".join(row)) for row in zip(*map(_bytes_of_rows, (codes, scale, owner)), strict=True)]
        whole = there & (np.array(sums, np.uint32) == self.checksum[at]) & (owner == owners)
        rows: Vectors = codes.astype(np.float32) * scale[:, None]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.where(lengths > 0, lengths, 1)
        return rows, whole


def _bytes_of_rows(rows: NDArray[Any]) -> list[bytes]:
    return [row.tobytes() for row in rows]


def _mapped(path: bytes, column: Column, kept: _Kept, dtype: np.dtype[Any], width: int) -> NDArray[Any] | None:
    """Map a column of version 1, [n, width]; None where it is missing, cut short in its header, or another."""
    try:
        data = np.memmap(os.fsdecode(path), np.uint8, "r")
    except (OSError, ValueError):
        return None
    header = bytes(data[: COLUMN_HEADER_1.size + COLUMN_CRC.size])
    if len(data) < PAGE_BYTES_1:
        return None
    row_bytes = dtype.itemsize * width
    magic, version, number, _, page, space, dim, row, _ = COLUMN_HEADER_1.unpack_from(header)
    expected = (COLUMN_MAGIC, 1, column, PAGE_BYTES_1, bytes.fromhex(kept.space.id), kept.space.dim, row_bytes)
    sound = COLUMN_CRC.unpack_from(header, COLUMN_HEADER_1.size)[0] == zlib.crc32(header[: COLUMN_HEADER_1.size])
    if not sound or (magic, version, number, page, space, dim, row) != expected:
        return None
    count = (len(data) - PAGE_BYTES_1) // row_bytes
    return np.frombuffer(data, dtype, count * width, PAGE_BYTES_1).reshape(count, width)


def _opened(path: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, timeout=30, check_same_thread=False)
    connection.execute("PRAGMA cache_size = -32768")
    return connection


@contextlib.contextmanager
def _reading(folder: bytes) -> Iterator[sqlite3.Connection]:
    path = joined(folder, b"catalog.db")
    try:
        with closing(_opened(path)) as db:
            yield db
    except sqlite3.Error as error:
        raise told(error, path) from error


def _spaces(db: sqlite3.Connection) -> list[_Kept]:
    rows = db.execute("SELECT id, space, model, modality, dim, picture_px, codec, generation FROM spaces ORDER BY id")
    return [
        _Kept(number, Space(SpaceId(space), model, Modality(modality), dim, px), CodecName(codec), generation)
        for number, space, model, modality, dim, px, codec, generation in rows
    ]


def _passages(db: sqlite3.Connection, first: int, last: int) -> dict[int, list[Passage]]:
    """Return the passages of the files of a range of ids, by file."""
    rows = db.execute(
        "SELECT file_id, ordinal, kind, text, place FROM passages WHERE file_id BETWEEN ? AND ?"
        " ORDER BY file_id, ordinal",
        (first, last),
    )
    return {
        file_id: [Passage(ordinal, PassageKind(kind), text, place) for _, ordinal, kind, text, place in group]
        for file_id, group in groupby(rows, lambda row: row[0])
    }


def _vectors(db: sqlite3.Connection, columns: _Columns, first: int, last: int) -> dict[int, SpaceVectors]:
    """Return the whole vectors that the files of a range of ids have in a space, by file."""
    rows = db.execute(
        "SELECT p.file_id, p.ordinal, v.slot, p.id FROM passages p JOIN vectors v ON v.passage_id = p.id"
        " WHERE p.file_id BETWEEN ? AND ? AND v.space_id = ? ORDER BY p.file_id, p.ordinal",
        (first, last, columns.kept.number),
    ).fetchall()
    files, ordinals, slots, owners = np.array(rows, np.int64).reshape(-1, 4).T
    vectors, whole = columns.decoded(slots, owners)
    files, ordinals, vectors = files[whole], ordinals[whole], vectors[whole]
    found: dict[int, SpaceVectors] = {}
    for part in np.split(np.arange(len(files)), np.flatnonzero(np.diff(files)) + 1):
        if len(part):
            found[int(files[part[0]])] = SpaceVectors(
                columns.kept.space.id, ordinals[part].astype(np.uint32), vectors[part], Source.EMBEDDED,
                _CONFIDENCE[columns.kept.codec],
            )  # fmt: skip
    return found


def _update(row: Sequence[Any], passages: Sequence[Passage], vectors: Sequence[SpaceVectors]) -> FileUpdate:
    (
        _, folder, name, device, inode, size, mtime_ns, ctime_ns, mode, uid, content_hash, kind, mime, state, reason,
        recipe, facts, note,
    ) = row  # fmt: skip
    return FileUpdate(
        path=joined(folder, name),
        stat=FileStat(device, unsigned(inode), size, mtime_ns, ctime_ns, mode, uid),
        content_hash=content_hash,
        kind=Kind(kind),
        mime=mime,
        state=FileState(state),
        reason=reason,
        recipe=recipe,
        facts=_facts(facts),
        passages=passages,
        vectors=vectors,
        record_note=note,
        unread=True,  # its labels, its language and its birth are not known, and nothing else would have it looked at
    )


def _facts(text: str) -> FileFacts:
    """Return facts from their JSON; names without a meaning here are left out."""
    known = {item.name for item in fields(FileFacts)}
    return FileFacts(**{name: value for name, value in json.loads(text).items() if name in known})
