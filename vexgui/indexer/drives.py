"""On which drive a folder lies: what is not seen there is gone only if it is the drive that it was seen on."""

from collections.abc import Callable, Collection, Iterator, Sequence

from typing_extensions import override

from vexgui.core.paths import decoded, folder_of
from vexgui.indexer.memory import Memory
from vexgui.indexer.remote_walk import MODULE
from vexgui.indexer.walk import device_of
from vexgui.system.filesystems import id_of
from vexgui.system.mounts import Mounts
from vexgui.system.remote import Remote


class Drives:
    """Compares file systems with those that were there before.

    Args:
        mounts: Tells what is mounted where; one of its own where none is given.
        remote: Asks file systems that may never answer.
        memory: Knows where folders lay; without one nothing is known of that.

    Attributes:
        mounts: As given.
        remote: As given.
        memory: As given.
    """

    def __init__(
        self, mounts: Mounts | None = None, remote: Remote | None = None, memory: Memory | None = None
    ) -> None:
        self.mounts = mounts or Mounts()
        self.remote = remote or Remote(self.mounts, MODULE)
        self.memory = memory or Memory(b"")

    def here(self, folder: bytes) -> str:
        """Return what names the file system that a folder lies on now.

        Raises:
            OSError: The folder cannot be looked at.
        """
        mount = self.mounts.mount_of(folder)
        own = "" if mount.is_remote else id_of(folder)
        return own or f"{decoded(mount.kind)} {decoded(mount.source)} {decoded(mount.top)}"

    def is_other(self, folder: bytes) -> bool:
        """Tell whether a folder lies on another file system than the one it was last scanned on to the end."""
        known = self.memory.file_system(folder)
        try:
            return bool(known) and known != self.here(folder)
        except OSError:
            return True

    def is_away(self, path: bytes) -> bool:
        """Tell whether what a path lies in is on another file system, or nowhere: that it is missing says nothing."""
        root = self.memory.root_of(path)
        return root is not None and self.is_other(root)

    def reaches(self, top: bytes, folder: bytes) -> bool:
        """Tell whether a walk through a folder comes to one in it: not where that has, or had, a drive of its own."""
        if self.memory.root_of(folder) == folder and self.is_other(folder):
            return False
        if self.mounts.is_remote(folder) or self.mounts.is_remote(top):
            return self.mounts.mount_of(folder) == self.mounts.mount_of(top)
        device = device_of(top)
        while folder != top:
            if device_of(folder) != device:
                return False
            folder = folder_of(folder)
        return device is not None

    def remember(self, root: bytes) -> None:
        """Note where a root lies: it was scanned to the end, and what was not seen is forgotten."""
        try:
            self.memory.remember(root, self.here(root))
        except OSError:
            return  # it went away right after; the next scan says what became of it

    def mounted_beneath(self, folder: bytes) -> Sequence[bytes]:
        """Return the folders beneath a folder on which something is mounted: what lay in them is out of sight."""
        return [mount.point for mount in self.mounts.beneath(folder)]


class Skipped(Collection[bytes]):
    """Folders never entered from above: some that are named, roots, and what remote file systems are mounted on.

    The last are not gone through and counted.

    Args:
        named: Absolute paths.
        mounts: Tells what is mounted where: a look at such a folder itself might never end.
        roots: Gives the roots: one in another has a drive of its own, and is gone through by itself.
    """

    def __init__(self, named: Collection[bytes], mounts: Mounts, roots: Callable[[], Collection[bytes]]) -> None:
        self._named = frozenset(named)
        self._mounts = mounts
        self._roots = roots

    @override
    def __contains__(self, path: object) -> bool:
        if path in self._named or path in self._roots():
            return True
        return isinstance(path, bytes) and self._mounts.is_remote_point(path)

    @override
    def __iter__(self) -> Iterator[bytes]:
        return iter(self._named.union(self._roots()))

    @override
    def __len__(self) -> int:
        return len(self._named.union(self._roots()))
