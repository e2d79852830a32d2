"""What is on the disk, seen without anything of ours: the independent witness."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file's owner calls the file.

    Attributes:
        inode: Its number: what has the same one is the same file by another name.
        content: What is in it; None where that may not be read.
        size: Bytes.
        mtime_ns: When it was changed.
        mode: Its kind and permissions.
        others: Attributes that are not ours.
    """

    inode: int
    content: bytes | None
    size: int
    mtime_ns: int
    mode: int
    others: tuple[tuple[str, bytes], ...] = ()

    @property
    def digest(self) -> bytes:
        return bytes(16) if self.content is None else blake2b(self.content, digest_size=16).digest()

    @property
    def words(self) -> set[bytes]:
        return set((self.content or b"").split())


def files(top: bytes) -> dict[bytes, Seen]:
    """Return all files beneath a folder by path, links and those that nobody may find included."""
    found = {}
    for folder, folders, names in os.walk(top):
        paths = [os.path.join(folder, name) for name in (*folders, *names)]
        found.update((path, _seen(path)) for path in paths if os.path.islink(path) or not os.path.isdir(path))
    return found


def indexable(top: bytes) -> dict[bytes, Seen]:
    """Return the files beneath a folder that are to be in an index."""
    found = {}
    for folder, folders, names in os.walk(top):
        if b".nosearch" in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.endswith(b".tmp") and name != b".cache"]
        for name in names:
            path = os.path.join(folder, name)
            if not name.endswith(b".tmp") and stat.S_ISREG(os.lstat(path).st_mode):
                found[path] = _seen(path)
    return found


def folders(top: bytes) -> Iterator[bytes]:
    """Yield a folder and all beneath it, in the order of their paths."""
    yield from sorted(folder for folder, _, _ in os.walk(top))


def _seen(path: bytes) -> Seen:
    seen = os.lstat(path)
    if stat.S_ISLNK(seen.st_mode):
        return Seen(seen.st_ino, os.readlink(path), seen.st_size, seen.st_mtime_ns, seen.st_mode)
    try:
        with open(path, "rb") as file:
            content = file.read()
        others = tuple((name, os.getxattr(path, name)) for name in sorted(os.listxattr(path)) if "vexgui" not in name)
    except PermissionError:
        return Seen(seen.st_ino, None, seen.st_size, seen.st_mtime_ns, seen.st_mode)
    return Seen(seen.st_ino, content, seen.st_size, seen.st_mtime_ns, seen.st_mode, others)
