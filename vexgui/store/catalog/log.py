"""SQLite's write-ahead log as it lies on the disk, read and checked without SQLite.

The layout is SQLite's: https://sqlite.org/fileformat2.html#the_write_ahead_log
"""

import os
import struct
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import StoreDamaged
from vexgui.core.paths import shown
from vexgui.store.columns import REBUILD

_HEADER = struct.Struct(">IIII8sII")
"""magic, format, page bytes, number of the checkpoint, salts, two checksums."""
_MAGICS = {0x377F0682: "<u4", 0x377F0683: ">u4"}
"""The last bit says in which byte order the checksums read their words."""
_FRAME_WORDS = 6
"""Before each page: its number, the catalog's pages after a commit or 0, two salts, two checksums; big-endian."""
_CHUNK_BYTES = 4 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """What a log holds, up to the last commit whose frames all fit their checksums.

    Attributes:
        page_bytes: Size of the catalog's pages.
        salts: What tells its frames from those of the log that was in the same file before.
        pages: Which page each frame holds, [n] uint32, in the order they were written.
        sums: CRC-32 of each frame's page, [n] uint32.
        lengths: How many pages the catalog has after a frame that ends a commit, else 0; [n] uint32.
    """

    page_bytes: int
    salts: bytes
    pages: NDArray[np.uint32]
    sums: NDArray[np.uint32]
    lengths: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.pages)


def read_log(path: bytes) -> Log:
    """Return what a log holds; one that is missing holds nothing.

    Raises:
        StoreDamaged: Its header is not what SQLite writes.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return _log(0, bytes(8), [])
    try:
        header = os.pread(descriptor, _HEADER.size, 0)
        if len(header) < _HEADER.size or not any(header):
            return _log(0, bytes(8), [])
        magic, _, page_bytes, _, salts, *seed = _HEADER.unpack(header)
        if magic not in _MAGICS or not _header_fits(header, _MAGICS[magic], seed):
            raise StoreDamaged(f"The log {shown(path)} is damaged.", REBUILD)
        return _log(page_bytes, salts, _frames(descriptor, page_bytes, _MAGICS[magic], salts, seed))
    finally:
        os.close(descriptor)


def log_bytes(path: bytes) -> int:
    """Return how long a log is: without what is left behind its end from the log that was in the same file before."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return 0
    try:
        header = os.pread(descriptor, _HEADER.size, 0)
        if len(header) < _HEADER.size:
            return 0
        page_bytes: int
        salts: bytes
        _, _, page_bytes, _, salts, *_ = _HEADER.unpack(header)
        frame_bytes = 4 * _FRAME_WORDS + page_bytes

        def is_old(frame: int) -> bool:
            return os.pread(descriptor, len(salts), _HEADER.size + frame * frame_bytes + 8) != salts

        frames = range((os.fstat(descriptor).st_size - _HEADER.size) // frame_bytes)
        return _HEADER.size + frame_bytes * bisect_left(frames, 1, key=is_old)
    finally:
        os.close(descriptor)


def _log(page_bytes: int, salts: bytes, parts: list[NDArray[np.uint32]]) -> Log:
    """Return frames, rows of page, length and sum, up to the last that ends a commit."""
    frames = np.concatenate([np.empty((0, 3), np.uint32), *parts])
    commits = np.flatnonzero(frames[:, 1])
    pages, lengths, sums = frames[: commits[-1] + 1 if len(commits) else 0].T
    return Log(page_bytes, salts, pages, sums, lengths)


def _frames(descriptor: int, page_bytes: int, order: str, salts: bytes, seed: list[int]) -> list[NDArray[np.uint32]]:
    """Return page, length and CRC-32 of every frame before the first that does not fit; parts of shape [n, 3]."""
    width = _FRAME_WORDS + page_bytes // 4
    carried, weights = _weights(page_bytes)
    before = np.array([seed], np.uint32)
    parts: list[NDArray[np.uint32]] = []
    offset = _HEADER.size
    while block := os.pread(descriptor, max(1, _CHUNK_BYTES // (4 * width)) * 4 * width, offset):
        offset += len(block)
        count = len(block) // (4 * width)
        words = np.frombuffer(block, order, count * width).reshape(count, width)
        heads = np.frombuffer(block, ">u4", count * width).reshape(count, width)[:, :_FRAME_WORDS].astype(np.uint32)
        stored = heads[:, 4:]
        before = np.concatenate([before[-1:], stored])
        fits = (before[:-1] @ carried + words.astype(np.uint32, copy=False) @ weights == stored).all(axis=1)
        fits &= (heads[:, 2:4] == np.frombuffer(salts, ">u4")).all(axis=1)
        good = count if fits.all() else int(np.argmin(fits))
        view = memoryview(block)
        starts = range(4 * _FRAME_WORDS, 4 * width * good, 4 * width)
        sums = np.array([zlib.crc32(view[start : start + page_bytes]) for start in starts], np.uint32)
        parts.append(np.column_stack([heads[:good, :2], sums]))
        if good < count or not count:
            break
    return parts


def _header_fits(header: bytes, order: str, stored: list[int]) -> bool:
    words = np.frombuffer(header, order, 6).astype(np.uint32)
    weights = _sum_weights(6)[1]
    return bool((words @ weights).tolist() == stored)


@cache
def _weights(page_bytes: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return `_sum_weights` for a whole frame; of its head only page and length count."""
    carried, weights = _sum_weights(2 + page_bytes // 4)
    return carried, np.insert(weights, 2, np.zeros((_FRAME_WORDS - 2, 2), np.uint32), axis=0)


def _sum_weights(words: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return by what SQLite's checksum multiplies the sums before, [2, 2], and each word, [words, 2]; modulo 2**32.

    For each pair of words a, b it does s0 += a + s1, then s1 += b + s0: all of it is linear, so that the checksums of
    many frames are one product.
    """
    carried = np.eye(2, dtype=np.uint32)
    weights = np.empty((words, 2), np.uint32)
    step = np.array([[1, 1], [1, 2]], np.uint32)
    for pair in range(words - 2, -1, -2):
        weights[pair] = carried[0] + carried[1]
        weights[pair + 1] = carried[1]
        carried = step @ carried
    return carried, weights
