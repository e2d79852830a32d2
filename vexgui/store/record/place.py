"""Where a file's record lies on the disk."""

from vexgui.core.reports import RecordPlace
from vexgui.store.format import RECORD_ATTRIBUTE
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.extents import attribute_area
from vexgui.system.filesystems import FileSystem, kind_of


def record_place(descriptor: int, record_bytes: int, parts: int) -> RecordPlace:
    """Tell where the record of an open file lies, as far as its file system tells.

    Args:
        descriptor: The file.
        record_bytes: Of the record, 0 where there is none.
        parts: How many attributes it lies in.
    """
    if not record_bytes:
        return RecordPlace.STORE_ONLY
    if parts > 1:
        return RecordPlace.SPLIT
    try:
        kind = kind_of(descriptor)
        if kind not in (FileSystem.EXT, FileSystem.XFS):
            return RecordPlace.ATTRIBUTES
        return RecordPlace.INODE if _is_in_inode(descriptor, kind) else RecordPlace.BLOCK
    except (OSError, AttributeRefused):
        return RecordPlace.ATTRIBUTES


def _is_in_inode(descriptor: int, kind: FileSystem) -> bool:
    area = attribute_area(descriptor)
    if kind is FileSystem.EXT and area.in_inode:
        return _fits_inode(attributes.value_bytes(descriptor), area.bytes)
    return area.in_inode


def _fits_inode(value_bytes: dict[bytes, int], area_bytes: int) -> bool:
    """Tell whether ext4 has the record in the inode, where it puts what fits beside what is there already.

    Others that alone are larger than the area lie elsewhere; the rest was there first, or would have fitted too.
    """
    entries = {name: _entry_bytes(name, length) for name, length in value_bytes.items()}
    room = area_bytes - 8  # a magic before, a zero after the entries
    beside = sum(size for name, size in entries.items() if name != RECORD_ATTRIBUTE and size <= room)
    return entries.get(RECORD_ATTRIBUTE, 0) + beside <= room


def _entry_bytes(name: bytes, length: int) -> int:
    """Return what ext4 takes for an attribute: 16 bytes, the name behind its namespace, the value, both padded to 4."""
    own_name = name.partition(b".")[2]
    return 16 + (len(own_name) + 3 & ~3) + (length + 3 & ~3)
