"""Files put into the store by the thousand, by what their records say."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vexgui.core.vectors import SpaceId
from vexgui.store.catalog.recorded import insert_runs, put_recorded
from vexgui.store.catalog.values import LARGEST
from vexgui.store.change import Change
from vexgui.store.codecs import Encoded
from vexgui.store.columns.rows import KIND_CODES, Rows, signs_of
from vexgui.store.format import BORN_TYPE, CHECKSUM_TYPE, PASSAGE_BITS
from vexgui.store.record.bulk import Block
from vexgui.store.rows import RecordedFile
from vexgui.store.spaces import OpenSpace


def restored(
    change: Change,
    spaces: Mapping[SpaceId, OpenSpace],
    files: Sequence[RecordedFile],
    blocks: Sequence[Block],
    unwanted: Collection[bytes],
    root_of: Callable[[bytes], int],
) -> int:
    """Put files into catalog and columns; see `Store.restore`.

    Args:
        change: The change they are part of.
        spaces: The spaces that have columns.
        files: The files.
        blocks: Their vectors.
        unwanted: Folders whose files are left out.
        root_of: Tells the number of the root a folder lies in.

    Returns:
        How many files were added.
    """
    roots = {folder: root_of(folder) for folder in {file.folder for file in files}}
    ids = put_recorded(change.db, files, time.time_ns(), roots, unwanted)
    stamps = _Stamps.of(files, roots)
    for block in blocks:
        opened = spaces.get(block.space)
        if opened is not None and opened.kept.space.dim == block.dim:
            _add(change, opened, block, ids, stamps)
    return int(np.count_nonzero(ids))


@dataclass(frozen=True, slots=True, eq=False)
class _Stamps:
    """What the columns mirror of n files: see `Rows`."""

    kind: NDArray[np.uint8]
    root: NDArray[np.uint16]
    size: NDArray[np.int64]
    mtime: NDArray[np.int64]

    @classmethod
    def of(cls, files: Sequence[RecordedFile], roots: Mapping[bytes, int]) -> Self:
        return cls(
            np.array([KIND_CODES[file.kind] for file in files], np.uint8),
            np.array([roots[file.folder] for file in files], np.uint16),
            np.array([file.seen.st_size for file in files], np.int64),
            np.array([min(file.seen.st_mtime_ns, LARGEST) for file in files], np.int64),  # as `FileStat` counts them
        )


def _add(change: Change, opened: OpenSpace, block: Block, ids: NDArray[np.int64], stamps: _Stamps) -> None:
    """Write a block's vectors to free slots of their space, and name the slots; files of id 0 are left out."""
    wanted = np.flatnonzero(ids[block.files])
    if not len(wanted):
        return
    # Files with vectors for the same passages come together, for one statement names the slots of all.
    order = wanted[np.lexsort(block.ordinals[wanted].T[::-1])]
    ordinals, owners = block.ordinals[order], ids[block.files[order]]
    slots = change.write(opened, _rows(opened, block, order, ids, stamps, change.epoch)).reshape(ordinals.shape)
    number, fidelity, made_s = opened.kept.number, block.codec.fidelity, int(time.time())
    kept = block.ordinals.shape[1]
    changes = np.flatnonzero((ordinals[1:] != ordinals[:-1]).any(axis=1)) + 1
    for start, end in pairwise([0, *changes.tolist(), len(order)]):
        first, last = slots[start:end, 0], slots[start:end, -1]
        runs = np.stack([owners[start:end], first, np.full(end - start, kept)], axis=1)
        together = last - first == kept - 1
        insert_runs(change.db, number, ordinals[start], runs[together], fidelity, made_s)
        for row in (np.flatnonzero(~together) + start).tolist():
            for part in np.split(np.arange(kept), np.flatnonzero(np.diff(slots[row]) != 1) + 1):
                run = np.array([[owners[row], slots[row, part[0]], len(part)]])
                insert_runs(change.db, number, ordinals[row, part], run, fidelity, made_s)


def _rows(
    opened: OpenSpace, block: Block, order: NDArray[np.intp], ids: NDArray[np.int64], stamps: _Stamps, epoch: int
) -> Rows:
    """Return the rows that keep some of a block's vectors, in an order; their codes as they are where they can be."""
    kept = block.ordinals.shape[1]
    count = len(order) * kept
    files = np.repeat(block.files[order], kept)
    encoded = Encoded(block.codes[order].reshape(count, -1), block.scale[order].reshape(count))
    vectors = block.codec.decode(encoded.codes, encoded.scale, block.dim)
    if block.codec.name is not opened.codec.name:
        encoded = opened.codec.encode(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    return Rows(
        codes=encoded.codes,
        scale=encoded.scale,
        owner=(ids[files] << PASSAGE_BITS) + block.ordinals[order].reshape(count),
        checksum=np.zeros(count, CHECKSUM_TYPE),
        signs=signs_of(vectors),
        born=np.full(count, epoch, BORN_TYPE),
        kind=stamps.kind[files],
        root=stamps.root[files],
        size=stamps.size[files],
        mtime=stamps.mtime[files],
    ).closed()
