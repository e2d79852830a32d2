"""Whether an answer may name a file: it must still be the one its vectors were made from."""

import os

from vexgui.store.rows import FileRow
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.fingerprint import content_hash


def is_fresh(row: FileRow) -> bool:
    """Tell whether a file is there and holds the content it was indexed with.

    Size and mtime decide; when only ctime moved (a chmod, another program's attribute, or a clock set back over an
    edit) the content itself is read and compared.
    """
    try:
        now = attributes.stat_path(row.path)
    except OSError:
        return False
    then = row.stat
    if (now.size, now.mtime_ns) != (then.size, then.mtime_ns):
        return False
    if (now.inode, now.ctime_ns) == (then.inode, then.ctime_ns):
        return True
    return holds_content(row.path, now.size, row.content_hash)


def holds_content(path: bytes, size: int, expected: bytes) -> bool:
    """Tell whether a file's content has a hash; False when it cannot be read."""
    try:
        descriptor = attributes.open_for_attributes(path)
    except AttributeRefused:
        return False
    try:
        return content_hash(descriptor, size) == expected
    except OSError:
        return False
    finally:
        os.close(descriptor)
