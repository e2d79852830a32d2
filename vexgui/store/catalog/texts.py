"""Passages' texts, compressed in blocks: many passages of a file share a block, and are found in it by their bytes."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import zstandard

from vexgui.store.format import TEXT_BLOCK_BYTES

_LEVEL = 3
_BLOCKS_KEPT = 32
"""Blocks that stay decompressed in memory: some 2 MiB of text."""
_MOST_BYTES = 1 << 30
"""A block that claims to hold more is damaged."""


class Placed(NamedTuple):
    """Where a text lies: its block's number, and its bytes there; all 0 for an empty text."""

    block: int
    start: int
    length: int


_NOWHERE = Placed(0, 0, 0)


class Compressor:
    """Compresses texts; for one thread at a time."""

    def __init__(self) -> None:
        self._zstd = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True, write_content_size=True)

    def pack(self, texts: Sequence[bytes]) -> tuple[list[bytes], list[Placed]]:
        """Return a file's texts, in UTF-8, as compressed blocks, and where each lies in them.

        A text never lies in two blocks; one that is longer than a block has a block of its own.
        """
        blocks: list[bytes] = []
        places: list[Placed] = []
        open_block: list[bytes] = []
        size = 0
        for text in texts:
            if not text:
                places.append(_NOWHERE)
                continue
            if size and size + len(text) > TEXT_BLOCK_BYTES:
                blocks.append(self._zstd.compress(b"".join(open_block)))
                open_block, size = [], 0
            places.append(Placed(len(blocks), size, len(text)))
            open_block.append(text)
            size += len(text)
        if size:
            blocks.append(self._zstd.compress(b"".join(open_block)))
        return blocks, places


class TextReader:
    """Reads texts out of their blocks, the last ones from memory; for one connection, so for one thread at a time."""

    def __init__(self) -> None:
        self._zstd = zstandard.ZstdDecompressor()
        self._unpacked = lru_cache(maxsize=_BLOCKS_KEPT)(self._unpack)

    def text(self, block: bytes | None, start: int, length: int) -> str:
        """Return a passage's text; SQL calls this, so that the text index reads texts through a view.

        Raises:
            zstandard.ZstdError: The block is damaged.
        """
        return self._unpacked(block)[start : start + length].decode() if block and length else ""

    def _unpack(self, block: bytes) -> bytes:
        if zstandard.frame_content_size(block) > _MOST_BYTES:
            raise zstandard.ZstdError("the block claims to hold more than any block does")
        return self._zstd.decompress(block)
