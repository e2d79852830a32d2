"""Where the kernel keeps a file's attributes: FIEMAP, as filefrag uses it, for attributes in place of contents."""

import fcntl
import struct
from dataclasses import dataclass

# linux/fiemap.h, linux/fs.h
_FS_IOC_FIEMAP = 0xC020_660B
_FLAG_XATTR = 0x2
_DATA_INLINE = 0x200
_REQUEST = struct.Struct("<QQIIII")
"""start, length, flags, mapped extents, room for extents, reserved."""
_EXTENT = struct.Struct("<QQQQQIIII")
"""logical, physical, length, reserved twice, flags, reserved thrice."""


@dataclass(frozen=True, slots=True)
class AttributeArea:
    """Where attributes of a file lie.

    Attributes:
        in_inode: Whether in its inode; else in blocks.
        bytes: How large that area is, 0 where the file system does not say.
    """

    in_inode: bool
    bytes: int


def attribute_area(descriptor: int) -> AttributeArea:
    """Return where a file's attributes lie.

    ext4 tells of the inode where any lie there, even if others are in a block. XFS tells of no extents where all are in
    the inode, and keeps them all in blocks otherwise.

    Raises:
        OSError: The file system does not tell.
    """
    answer = bytearray(_REQUEST.pack(0, (1 << 64) - 1, _FLAG_XATTR, 0, 1, 0) + bytes(_EXTENT.size))
    fcntl.ioctl(descriptor, _FS_IOC_FIEMAP, answer)
    if not _REQUEST.unpack_from(answer)[3]:
        return AttributeArea(in_inode=True, bytes=0)
    _, _, length, _, _, flags, *_ = _EXTENT.unpack_from(answer, _REQUEST.size)
    return AttributeArea(in_inode=bool(flags & _DATA_INLINE), bytes=length)
