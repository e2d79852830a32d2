"""The content hash: tells whether a file still holds the bytes it held when its vectors were made."""

import hashlib
import os

HASH_BYTES = 16
UNKNOWN_HASH = bytes(HASH_BYTES)
"""Stands for the hash of a content that nobody may read."""
WHOLE_BELOW_BYTES = 64 << 20
"""Files up to this size are hashed whole; larger ones by samples, so that a film costs no more than a photo album."""

EDGE_BYTES = 1 << 20
SAMPLES = 64
SAMPLE_BYTES = 64 << 10

_READ_BYTES = 256 << 10
"""What fits a processor's cache is hashed sooner after it was read."""
_SAMPLED = b"vexgui-sampled"


def content_hash(descriptor: int, size: int) -> bytes:
    """Return BLAKE2b-128 over a file's content, 16 bytes; the descriptor's position is neither used nor moved.

    Up to 64 MiB it is over the whole content. Above, it is over the size as 8 bytes little-endian, the first MiB,
    64 blocks of 64 KiB spread evenly over what lies between, and the last MiB, personalised "vexgui-sampled".
    A file that shrinks meanwhile gives some hash; whoever calls compares stat before and after.

    Args:
        descriptor: A regular file, open for reading.
        size: Its size in bytes, from fstat.

    Raises:
        OSError: It cannot be read.
    """
    if size <= WHOLE_BELOW_BYTES:
        digest, ranges = hashlib.blake2b(digest_size=HASH_BYTES), [(0, size)]
    else:
        digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=HASH_BYTES, person=_SAMPLED)
        ranges = sampled_ranges(size)
    buffer = memoryview(bytearray(min(_READ_BYTES, size)))
    for offset, length in ranges:
        _feed(digest, descriptor, offset, length, buffer)
    return digest.digest()


def sampled_ranges(size: int) -> list[tuple[int, int]]:
    """Return the (offset, length) ranges hashed of a file above 64 MiB, in order."""
    spread = size - 2 * EDGE_BYTES - SAMPLE_BYTES
    samples = [(EDGE_BYTES + spread * number // (SAMPLES - 1), SAMPLE_BYTES) for number in range(SAMPLES)]
    return [(0, EDGE_BYTES), *samples, (size - EDGE_BYTES, EDGE_BYTES)]


def _feed(digest: "hashlib.blake2b", descriptor: int, offset: int, length: int, buffer: memoryview) -> None:
    end = offset + length
    while offset < end:
        read = os.preadv(descriptor, [buffer[: end - offset]], offset)
        if not read:
            return
        digest.update(buffer[:read])
        offset += read
