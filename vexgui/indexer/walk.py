"""What lies in a folder and beneath it, as far as it is indexed."""

import errno
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from vexgui.core.files import FileStat
from vexgui.core.paths import joined
from vexgui.indexer.rules import Rules

_GONE = {errno.ENOENT, errno.ENOTDIR}
NOT_ALLOWED = "You may not read this folder."
_PROBLEMS = {
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.ENOENT: "The folder is not there.",
    errno.ENOTDIR: "This is not a folder.",
}


class Entry(NamedTuple):
    """A regular file in a folder; a tuple, because a scan makes one of every file there is."""

    name: bytes
    seen: os.stat_result

    @property
    def stat(self) -> FileStat:
        """The part of the stat that counts."""
        return FileStat.of(self.seen)


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder, as it was at the moment it was read.

    Attributes:
        path: Absolute.
        files: Its regular files that the rules allow, by name.
        folders: Names of the folders in it that are visited next, in order.
        skipped: Entries left out: excluded by a rule, neither file nor folder, or another file system.
        problem: Why it could not be read to its end, a sentence, or "". What was read until then is given, and
            nothing follows about what is missing.
    """

    path: bytes
    files: tuple[Entry, ...] = ()
    folders: tuple[bytes, ...] = ()
    skipped: int = 0
    problem: str = ""


def walk(root: bytes, rules: Rules, skip: Collection[bytes] = ()) -> Iterator[Folder]:
    """Yield a folder and all beneath it, parents first, by name.

    Symbolic links are not followed and other file systems mounted beneath are not entered. Entries that vanish
    meanwhile are left out; when the root itself vanishes, the last folder yielded is the root with that problem.
    The rules hold for names beneath the root, not for its own.

    Args:
        root: Absolute path of the folder to begin with.
        rules: Which names are allowed.
        skip: Absolute paths of folders that are left out with everything beneath them.
    """
    try:
        top = os.lstat(root)
    except OSError as error:
        yield Folder(root, problem=_problem(error))
        return
    if not stat.S_ISDIR(top.st_mode):
        yield Folder(root, problem=_PROBLEMS[errno.ENOTDIR])
        return
    rules.renew()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        folder = _read(path, rules, skip, top.st_dev)
        if folder is not None:
            yield folder
            waiting.extend(joined(path, name) for name in reversed(folder.folders))
        elif not _is_still(root, top):  # unmounted meanwhile: what seems gone is not
            yield Folder(root, problem=_PROBLEMS[errno.ENOENT])
            return


def _is_still(root: bytes, top: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.lstat(root), top)
    except OSError:
        return False


def _read(path: bytes, rules: Rules, skip: Collection[bytes], device: int) -> Folder | None:
    """Read one folder; return None when it is gone."""
    files: list[Entry] = []
    folders: list[bytes] = []
    entries: list[os.DirEntry[bytes]] = []
    skipped = 0
    problem = ""
    try:
        with os.scandir(path) as listed:
            entries.extend(listed)
    except OSError as error:
        if error.errno in _GONE:
            return None
        problem = _problem(error)
    rules.enter(path, [entry.name for entry in entries])
    for entry in entries:
        try:
            if not rules.allows(entry.path, folder=entry.is_dir(follow_symlinks=False)):
                skipped += 1
            elif entry.is_file(follow_symlinks=False):
                files.append(Entry(entry.name, entry.stat(follow_symlinks=False)))
            elif is_visited(entry, skip, device):
                folders.append(entry.name)
            else:
                skipped += 1
        except OSError as error:
            if error.errno not in _GONE:
                problem = _problem(error)
    files.sort(key=itemgetter(0))
    folders.sort()
    return Folder(path, tuple(files), tuple(folders), skipped, problem)


def is_visited(entry: os.DirEntry[bytes], skip: Collection[bytes], device: int) -> bool:
    """Tell whether an entry is a folder, not to be skipped, on the file system of this device number.

    Raises:
        OSError: The entry is gone, or may not be looked at.
    """
    return (
        entry.is_dir(follow_symlinks=False)
        and entry.path not in skip
        and entry.stat(follow_symlinks=False).st_dev == device
    )


def identity(folder: bytes) -> tuple[int, int] | None:
    """Return device and inode of a folder; None when there is none."""
    try:
        seen = os.lstat(folder)
    except OSError:
        return None
    return (seen.st_dev, seen.st_ino) if stat.S_ISDIR(seen.st_mode) else None


def device_of(folder: bytes) -> int | None:
    """Return the number of the device that a folder lies on; None when there is none."""
    found = identity(folder)
    return None if found is None else found[0]


def _problem(error: OSError) -> str:
    return _PROBLEMS.get(error.errno or 0, f"The folder could not be read: {error.strerror}.")
