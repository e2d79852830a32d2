"""Kinds of file systems, and how many bytes of ours the attributes of a file on them may take."""

import ctypes
import fcntl
import os
from dataclasses import dataclass
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

# XFS stores more, but replacing a value over 2,000 bytes is up to 100 times slower: old and new no longer share a leaf.
# Up to four of this size are replaced faster than one of their length (docs/decisions/0011-split-records.md).
_XFS_BYTES = 1_900
_XFS_PARTS = 4
# Btrfs keeps a value in one leaf: 16,214 bytes with nodes of 16 KiB. tmpfs takes 64 KiB, of memory.
_LARGE_BYTES = 16_000
_BTRFS_MARGIN_BYTES = 384  # headers of the leaf and of the item, the name
_BTRFS_NODE_BYTES = 16_384
_BTRFS_FS_INFO = 0x8400_941F  # BTRFS_IOC_FS_INFO; the size of nodes is at byte 32 of its 1024 (linux/btrfs.h)
_BTRFS_ID = slice(16, 32)
_GET_ID = 0x8011_1500  # FS_IOC_GETFSUUID, since Linux 6.9: a length and 16 bytes (linux/fs.h)
_DISKS = b"/dev/disk/by-uuid"
# ext keeps all attributes of a file, of every program, in one block: its header, our entry and some room for others.
_EXT_MARGIN_BYTES = 128
_EXT_MOST_BYTES = 3_900


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of ours a file may carry: so many attributes of at most so many bytes each."""

    part_bytes: int
    parts: int = 1

    @property
    def total_bytes(self) -> int:
        """What they hold together."""
        return self.part_bytes * self.parts

    def halved(self) -> "Budget":
        """Return half of it, in fewer attributes before smaller ones."""
        return Budget(self.part_bytes, self.parts // 2) if self.parts > 1 else Budget(self.part_bytes // 2)


NOTHING = Budget(0, 0)
"""The budget where no attributes are."""


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


def record_budget(descriptor: int, taken_bytes: int) -> Budget:
    """Return how much of ours this file may carry.

    Args:
        descriptor: The open file.
        taken_bytes: What the file's other attributes take (`vexgui.system.attributes.taken_bytes`).

    Raises:
        OSError: The file system does not answer.
    """
    match kind_of(descriptor):
        case FileSystem.EXT:
            return budget(FileSystem.EXT, os.fstatvfs(descriptor).f_frsize, taken_bytes)
        case FileSystem.BTRFS:
            return budget(FileSystem.BTRFS, _node_bytes(descriptor), taken_bytes)
        case kind:
            return budget(kind, 0, taken_bytes)


def budget(kind: FileSystem, block_bytes: int, taken_bytes: int) -> Budget:
    """Return how much a file on such a file system may carry.

    Args:
        kind: The file system.
        block_bytes: Of a block of ext, of a node of Btrfs; elsewhere it does not matter.
        taken_bytes: What the file's other attributes take; it matters on ext only, where they share a block with ours.
    """
    match kind:
        case FileSystem.EXT:
            return Budget(max(0, min(block_bytes - _EXT_MARGIN_BYTES, _EXT_MOST_BYTES) - taken_bytes))
        case FileSystem.BTRFS:
            part_bytes = min(block_bytes - _BTRFS_MARGIN_BYTES, _LARGE_BYTES)
            return Budget(part_bytes, _LARGE_BYTES // part_bytes)
        case FileSystem.TMPFS:
            return Budget(_LARGE_BYTES)
        case FileSystem.XFS:
            return Budget(_XFS_BYTES, _XFS_PARTS)
        case FileSystem.FAT:
            return NOTHING
        case _:
            return Budget(_XFS_BYTES)


def id_of(folder: bytes) -> str:
    """Return what names the file system that a local folder lies on, whenever it is mounted; "" where nothing does.

    Raises:
        OSError: The folder cannot be looked at.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        found = _own_id(descriptor)
        return found.hex() if any(found) else _disk_id(os.fstat(descriptor).st_dev)
    finally:
        os.close(descriptor)


def _own_id(descriptor: int) -> bytes:
    """Return what a file system says it is called, b"" where it does not say."""
    facts = bytearray(17)
    try:
        fcntl.ioctl(descriptor, _GET_ID, facts)
        return bytes(facts[1 : 1 + facts[0]])
    except OSError:
        pass
    facts = bytearray(1024)
    try:
        if kind_of(descriptor) is FileSystem.BTRFS:
            fcntl.ioctl(descriptor, _BTRFS_FS_INFO, facts)
    except OSError:
        return b""
    return bytes(facts[_BTRFS_ID])


def _disk_id(device: int) -> str:
    """Return what udev has found a disk's file system to be called, "" where there is no such disk."""
    try:
        with os.scandir(_DISKS) as links:
            return next((os.fsdecode(link.name) for link in links if _device(link) == device), "")
    except OSError:
        return ""


def _device(link: os.DirEntry[bytes]) -> int:
    try:
        return link.stat().st_rdev
    except OSError:
        return 0


def _node_bytes(descriptor: int) -> int:
    facts = bytearray(1024)
    try:
        fcntl.ioctl(descriptor, _BTRFS_FS_INFO, facts)
    except OSError:
        return _BTRFS_NODE_BYTES
    return int.from_bytes(facts[32:36], "little")
