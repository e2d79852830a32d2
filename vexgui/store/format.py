"""Every layout VexGUI writes to disk, byte for byte; docs/FORMAT.md says the same in prose and a test compares them.

All numbers are little-endian. Nothing here reads or writes: these are sizes, magics and struct layouts.
"""

import struct
from enum import IntEnum

import numpy as np

RECORD_ATTRIBUTE = b"user.vexgui"
FOREIGN_ATTRIBUTES = (b"user.vectorvfs", b"user.vexfs.embedding")
"""Attributes of kindred programs: told of by `inspect`, never decoded (VectorVFS' is a torch pickle)."""

RECORD_MAGIC = b"VexR"
RECORD_VERSION = 2
RECORD_HEADER = struct.Struct("<4sBBHBBHIIQq16s")
"""magic, version, flags, recipe, sections, parts, reserved, created_s, reading, size, mtime_ns, content hash."""
RECORD_SECTION = struct.Struct("<8sBxHIII")
"""space id, codec, pad, dim, passages of the file in this space, passages kept here, bytes that follow."""
RECORD_HEADER_1 = struct.Struct("<4sBBHBxHQQq16s")
"""Version 1: magic, version, flags, recipe, sections, pad, reserved, created_s, size, mtime_ns, content hash."""
RECORD_SECTION_1 = struct.Struct("<8sBxHII")
"""Version 1: space id, codec, pad, dim, passages of the file in this space, passages kept here."""
RECORD_TRAILER = struct.Struct("<16sI")
"""Keyed BLAKE2b-128 of all before it; CRC-32 of all before it, that code included."""
RECORD_MAX_BYTES = 64 * 1024
"""No record is longer, in one attribute or in several. Linux allows no larger attribute."""

COLUMN_MAGIC = b"VexC"
COLUMN_VERSION = 2
COLUMN_HEADER = struct.Struct("<4sHBBIIIII8s4sQ")
"""magic, version, column, codec, flags, page bytes, dim, row bytes, generation, space id, dtype, created_s."""
COLUMN_CRC = struct.Struct("<I")
"""CRC-32 of the header, right behind it."""
PAGE_BYTES = 64 * 1024
PAGE_CHOICES = (4 * 1024, 8 * 1024, 16 * 1024, PAGE_BYTES)
"""The header takes the first page, rows follow; files grow by whole pages. A page boundary suits every SIMD width."""

BASIS_MAGIC = b"VexB"
BASIS_VERSION = 1
BASIS_HEADER = struct.Struct("<4sHHH2xf")
"""magic, version, dim, kept, pad, share kept; then the axes, kept × dim; then CRC-32 of all before it."""
BASIS_CRC = struct.Struct("<I")

PASSAGE_BITS = 20
"""A passage's id is its file's id, shifted by so many bits, and its ordinal."""

CATALOG_APPLICATION_ID = 0x56657847  # "VexG"
CATALOG_VERSION = 3
TEXT_BLOCK_BYTES = 64 * 1024
"""Passages' texts are compressed together in blocks of about so many bytes of UTF-8."""
TOKENIZER = "porter unicode61 remove_diacritics 2"
"""How FTS5 takes texts apart into words, which are compared by their stems."""
HISTORY_ENTRIES = 20
"""What happened to a file is kept up to so many events; the oldest give way."""

PAGE_BYTES_1 = 64 * 1024
COLUMN_HEADER_1 = struct.Struct("<4sHBBI8sIIQ")
"""Version 1: magic, version, column, codec, page bytes, space id, dim, row bytes, created_s; then CRC-32 of these."""

SUMS_MAGIC = b"VexS"
SUMS_VERSION = 1
SUMS_HEADER = struct.Struct("<4sHBxIIIII8s")
"""magic, version, settled, pad, page bytes, pages, fewest pages, frames seen, entries, salts of the log."""
SUMS_CRC = struct.Struct("<I")

SEAL_MAGIC = b"VexL"
SEAL_VERSION = 1
SEAL_TRAILER = struct.Struct("<4sHxxIQ32s")
"""magic, version, pad, bytes of the label, bytes of the content; BLAKE2b-256 of content, label and these."""

GRAPH_MAGIC = b"VexH"
GRAPH_VERSION = 2
GRAPH_LABEL = struct.Struct("<4sHxx8sIIIQ16s")
"""magic, version, pad, space id, dim, generation, epoch, vectors, version of hnswlib."""


class CodecCode(IntEnum):
    """Codecs as they are written; never renumbered."""

    INT8 = 1
    FLOAT16 = 2
    FLOAT32 = 3
    FLOAT32_PACKED = 4
    INT4 = 5
    BIT = 6
    TRUNCATED = 7
    PRINCIPAL = 8


class KindCode(IntEnum):
    """Kinds of files as they are written; never renumbered."""

    IMAGE = 1
    DOCUMENT = 2
    TEXT = 3
    CODE = 4
    AUDIO = 5
    VIDEO = 6
    ARCHIVE = 7
    OTHER = 8


class Column(IntEnum):
    """Columns as they are written; never renumbered."""

    CODES = 1
    SCALE = 2
    OWNER = 3
    CHECKSUM = 4
    SIGNS = 5
    BORN = 6
    KIND = 7
    ROOT = 8
    SIZE = 9
    MTIME = 10


SCALE_TYPE = np.dtype("<f4")
OWNER_TYPE = np.dtype("<i8")
CHECKSUM_TYPE = np.dtype("<u4")
SIGNS_TYPE = np.dtype("<u1")
BORN_TYPE = np.dtype("<u4")
KIND_TYPE = np.dtype("<u1")
ROOT_TYPE = np.dtype("<u2")
SIZE_TYPE = np.dtype("<i8")
TIME_TYPE = np.dtype("<i8")
ORDINAL_TYPE = np.dtype("<u4")
SUM_TYPE = np.dtype("<u8")
"""A page of the catalog in the upper half, CRC-32 of it in the lower."""
BASIS_TYPE = np.dtype("<f4")
