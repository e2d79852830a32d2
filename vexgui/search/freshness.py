"""Whether an answer may name a file: it must still be the one its vectors were made from."""

import os
import stat
from enum import Enum, auto
from typing import Protocol

from vexgui.core.files import FileStat
from vexgui.store.catalog import CatalogView
from vexgui.store.rows import FileRow
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused
from vexgui.system.fingerprint import content_hash
from vexgui.system.remote import NotResponding


class Reach(Protocol):
    """Looks at files; `vexgui.system.remote.Remote` does so where their file system may never answer."""

    def is_remote(self, path: bytes) -> bool: ...  # noqa: D102

    def lstat(self, path: bytes) -> FileStat: ...  # noqa: D102


class Near:
    """Looks at files of which all are on disks of this computer."""

    def is_remote(self, _path: bytes) -> bool:
        """Tell that a path is not remote."""
        return False

    def lstat(self, path: bytes) -> FileStat:
        """Return the stat of a path; raises OSError."""
        return attributes.stat_path(path)


NEAR = Near()


class Look(Enum):
    """What a look at an indexed file gave."""

    SAME = auto()
    TOUCHED = auto()
    """The content is the same, but had to be read to know it: the catalog had better note the file's new stat."""
    CHANGED = auto()
    """It has another content, or cannot be read."""
    GONE = auto()
    """There is nothing of its name, or its file system does not answer."""

    @property
    def is_fresh(self) -> bool:
        """Whether the file is there and holds the content it was indexed with."""
        return self in (Look.SAME, Look.TOUCHED)


def look_at(row: FileRow, reach: Reach = NEAR) -> Look:
    """Compare a file with what is known of it; see `compared`."""
    try:
        now = reach.lstat(row.path)
    except (FileNotFoundError, NotADirectoryError, NotResponding):
        return Look.GONE
    except OSError:
        return Look.CHANGED
    return compared(row, now, reach)


def compared(row: FileRow, now: FileStat, reach: Reach = NEAR) -> Look:
    """Compare a file, as a look at it found it, with what is known of it.

    Another size is another content. Where anything else moved (an edit, a chmod, another program's attribute, a clock
    set back over an edit) the content itself is read and compared; that of a remote file counts as another one.
    """
    then = row.stat
    if now.size != then.size:
        return Look.CHANGED
    if (now.inode, now.mtime_ns, now.ctime_ns) == (then.inode, then.mtime_ns, then.ctime_ns):
        return Look.SAME
    if reach.is_remote(row.path):
        return Look.CHANGED
    return Look.TOUCHED if holds_content(row.path, now.size, row.content_hash) else Look.CHANGED


def is_fresh(row: FileRow) -> bool:
    """Tell whether a file is there and holds the content it was indexed with."""
    return look_at(row).is_fresh


def is_away(root: bytes, catalog: CatalogView, reach: Reach = NEAR) -> bool:
    """Tell whether a root is not there, does not answer, or is an empty folder where a drive used to be mounted."""
    try:
        if reach.is_remote(root):
            return not stat.S_ISDIR(reach.lstat(root).mode)
        with os.scandir(root) as entries:
            empty = next(entries, None) is None
        device = os.lstat(root).st_dev
    except OSError:
        return True
    return empty and catalog.device_under(root) not in (None, device)


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
