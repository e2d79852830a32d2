"""Kinds of file systems, and how many bytes of ours an attribute on them may take."""

import ctypes
import os
from enum import StrEnum

_libc = ctypes.CDLL(None, use_errno=True)
_STATFS_BYTES = 256  # struct statfs is 120 bytes on 64-bit Linux; its first word is the type


class FileSystem(StrEnum):
    """A kind of file system, as far as attributes differ between them."""

    EXT = "ext"
    XFS = "xfs"
    BTRFS = "btrfs"
    TMPFS = "tmpfs"
    OVERLAY = "overlay"
    NFS = "nfs"
    CIFS = "cifs"
    FUSE = "fuse"
    FAT = "fat"
    OTHER = "other"


# linux/magic.h; the CIFS pair and exFAT stand in fs/smb/client and fs/exfat.
_KINDS = {
    0xEF53: FileSystem.EXT,
    0x58465342: FileSystem.XFS,
    0x9123683E: FileSystem.BTRFS,
    0x01021994: FileSystem.TMPFS,
    0x794C7630: FileSystem.OVERLAY,
    0x6969: FileSystem.NFS,
    0x517B: FileSystem.CIFS,
    0xFF534D42: FileSystem.CIFS,
    0xFE534D42: FileSystem.CIFS,
    0x65735546: FileSystem.FUSE,
    0x4D44: FileSystem.FAT,
    0x2011BAB0: FileSystem.FAT,
}

# XFS stores more, but replacing a value over 2,000 bytes is 30 times slower: old and new no longer share a leaf.
_XFS_BYTES = 1_900
# Btrfs keeps a value in one leaf: 16,214 bytes with 16 KiB nodes. tmpfs takes 64 KiB, of memory.
_LARGE_BYTES = 16_000
# ext keeps all attributes of a file, of every program, in one block: its header, our entry and some room for others.
_EXT_MARGIN_BYTES = 128
_EXT_MOST_BYTES = 3_900


def kind_of(descriptor: int) -> FileSystem:
    """Return the kind of file system an open file lies on.

    Raises:
        OSError: The file system does not answer.
    """
    facts = ctypes.create_string_buffer(_STATFS_BYTES)
    if _libc.fstatfs(descriptor, facts) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    magic = ctypes.c_long.from_buffer(facts).value & 0xFFFFFFFF
    return _KINDS.get(magic, FileSystem.OTHER)


def record_budget(descriptor: int, taken_bytes: int) -> int:
    """Return how many bytes one attribute of ours may take on this file; 0 where there is no room.

    Args:
        descriptor: The open file.
        taken_bytes: What the file's other attributes take (`vexgui.system.attributes.taken_bytes`).

    Raises:
        OSError: The file system does not answer.
    """
    kind = kind_of(descriptor)
    block_bytes = os.fstatvfs(descriptor).f_frsize if kind is FileSystem.EXT else 0
    return budget(kind, block_bytes, taken_bytes)


def budget(kind: FileSystem, block_bytes: int, taken_bytes: int) -> int:
    """Return the bytes one attribute may take; ``block_bytes`` and ``taken_bytes`` matter on ext only."""
    match kind:
        case FileSystem.EXT:
            return max(0, min(block_bytes - _EXT_MARGIN_BYTES, _EXT_MOST_BYTES) - taken_bytes)
        case FileSystem.BTRFS | FileSystem.TMPFS:
            return _LARGE_BYTES
        case FileSystem.FAT:
            return 0
        case _:
            return _XFS_BYTES
