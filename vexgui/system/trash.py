"""The desktop's trash, for files whose names Qt cannot carry: it takes any bytes.

By the Trash Specification 1.0, https://specifications.freedesktop.org/trash-spec/1.0/.
"""

import contextlib
import errno
import os
import stat
import time
from contextlib import closing
from urllib.parse import quote

from vexgui.core.paths import folder_of, joined, name_of
from vexgui.system.mounts import Mounts

_LONGEST_NAME = 255
_INFO = b".trashinfo"
_MOST_NUMBER = 1000
"""Files of one name in the trash, after which it is taken to be full."""


def move(path: bytes, data_home: bytes) -> bytes:
    """Move a file to the trash, the user's own or that of its drive; return where it is then.

    Args:
        path: Absolute.
        data_home: The user's ``XDG_DATA_HOME``.

    Raises:
        OSError: No trash takes it; it is where it was.
    """
    os.makedirs(data_home, mode=0o700, exist_ok=True)
    if os.lstat(path).st_dev == os.stat(data_home).st_dev:
        try:
            return _moved(path, joined(data_home, b"Trash"), b"/")
        except OSError as error:
            if error.errno != errno.EXDEV:  # a drive may be mounted in two places, between which nothing is moved
                raise
    with closing(Mounts()) as mounts:
        top = mounts.mount_of(path).point
    trash = _trash_of_drive(top)
    os.makedirs(trash, mode=0o700, exist_ok=True)
    if os.path.islink(trash) or os.lstat(trash).st_uid != os.getuid():
        raise PermissionError(errno.EACCES, "the trash belongs to somebody else")
    return _moved(path, trash, top)


def information_on(kept: bytes) -> bytes:
    """Return where the trash keeps from where a file in it came."""
    return joined(joined(folder_of(folder_of(kept)), b"info"), name_of(kept) + _INFO)


def _trash_of_drive(top: bytes) -> bytes:
    """Return the user's trash at the top of a drive."""
    user = b"%d" % os.getuid()
    common = joined(top, b".Trash")
    with contextlib.suppress(OSError):
        mode = os.lstat(common).st_mode
        # A link, or a folder in which anybody may replace what is another's, is not to be trusted.
        if stat.S_ISDIR(mode) and mode & stat.S_ISVTX:
            return joined(common, user)
    return joined(top, b".Trash-" + user)


def _moved(path: bytes, trash: bytes, top: bytes) -> bytes:
    """Move a file to a trash in whose information paths begin at ``top``; absolute ones where that is b"/"."""
    for inner in (b"files", b"info"):
        os.makedirs(joined(trash, inner), mode=0o700, exist_ok=True)
    kept = _claimed(name_of(path), trash, _information(path if top == b"/" else os.path.relpath(path, top)))
    try:
        os.rename(path, kept)
    except OSError:
        os.unlink(information_on(kept))
        raise
    return kept


def _claimed(name: bytes, trash: bytes, information: bytes) -> bytes:
    """Write the information on a file that is about to come, under a name that none has; return its place."""
    stem, suffix = os.path.splitext(name)
    for number in range(1, _MOST_NUMBER):
        counted = suffix if number == 1 else b".%d%s" % (number, suffix)
        kept = joined(joined(trash, b"files"), stem[: _LONGEST_NAME - len(counted + _INFO)] + counted)
        if os.path.lexists(kept):
            continue
        try:
            descriptor = os.open(information_on(kept), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with open(descriptor, "wb") as file:
            file.write(information)
        return kept
    raise FileExistsError(errno.EEXIST, "there are too many files of this name in the trash")


def _information(named: bytes) -> bytes:
    deleted = time.strftime("%Y-%m-%dT%H:%M:%S")
    return f"[Trash Info]\nPath={quote(named)}\nDeletionDate={deleted}\n".encode()
