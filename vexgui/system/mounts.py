"""What is mounted where, as the kernel lists it: asking so touches no file system, least of all one that hangs."""

import os
import re
import select
import threading
from dataclasses import dataclass

_TABLE = b"/proc/self/mountinfo"
_ESCAPED = re.compile(rb"\\([0-7]{3})")
# File systems whose answers come over a network or from a program, and that tell of no changes made elsewhere
# (docs/filesystems in the kernel's sources; "autofs" mounts such a one when it is entered). "fuseblk" has a disk.
_REMOTE = frozenset(
    b"9p acfs afs autofs beegfs ceph cifs coda davfs fuse glusterfs gpfs lustre ncpfs nfs nfs4 orangefs pvfs2 smb3"
    b" smbfs vboxsf virtiofs".split()
)


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system.

    Attributes:
        number: The kernel's, unique while it is mounted.
        point: Where it is mounted, absolute.
        device: Major and minor number of its device, "8:1".
        top: Which folder of the file system is mounted: b"/", but for bind mounts and subvolumes.
        kind: The file system's type, for example b"ext4" or b"fuse.sshfs".
        source: What it says it comes from: a device, or server and folder.
    """

    number: int
    point: bytes
    device: str
    top: bytes
    kind: bytes
    source: bytes

    @property
    def is_remote(self) -> bool:
        """Whether its answers come from another computer or from a program, so that they may never come."""
        return self.kind in _REMOTE or self.kind.startswith(b"fuse.")


class Mounts:
    """The table of mounts, read again when the kernel says that it is another one; safe to use from any thread.

    Args:
        table: Where it is read.
    """

    def __init__(self, table: bytes = _TABLE) -> None:
        self._descriptor = os.open(table, os.O_RDONLY | os.O_CLOEXEC)
        # A change is told once for each time the table was opened: those who wait for it have an opening of their own.
        self._waited = os.open(table, os.O_RDONLY | os.O_CLOEXEC)
        self._open: tuple[int, ...] = (self._descriptor, self._waited)
        self._poller = select.poll()
        self._poller.register(self._descriptor, select.POLLPRI)  # see proc_pid_mountinfo(5) and proc_pid_mounts(5)
        self._lock = threading.Lock()
        self._mounts: dict[bytes, Mount] = {}
        self._read()

    def fileno(self) -> int:
        """Return a descriptor to poll for `select.POLLPRI`: it is ready when something was mounted or unmounted."""
        return self._waited

    def close(self) -> None:
        """Let the table go; what was read last is told from then on. Once more does no harm."""
        with self._lock:
            for descriptor in self._open:
                os.close(descriptor)
            self._open = ()

    def mount_of(self, path: bytes) -> Mount:
        """Return the mount that an absolute path without symbolic links lies on, whether or not it exists.

        Raises:
            OSError: The table cannot be read.
        """
        mounts = self._current()
        while path not in mounts and path not in (b"", b"/"):
            path = path.rpartition(b"/")[0]
        return mounts[path or b"/"]

    def is_remote(self, path: bytes) -> bool:
        """Tell whether a path lies on a file system that may hang; see `mount_of`."""
        return self.mount_of(path).is_remote

    def is_remote_point(self, folder: bytes) -> bool:
        """Tell whether such a file system is mounted on this very folder."""
        mount = self._current().get(folder)
        return mount is not None and mount.is_remote

    def beneath(self, folder: bytes) -> tuple[Mount, ...]:
        """Return what is mounted on folders beneath a folder, by their paths."""
        top = folder.rstrip(b"/") + b"/"
        mounts = self._current()
        return tuple(mounts[point] for point in sorted(mounts) if point.startswith(top) and point != top)

    def numbers(self) -> set[int]:
        """Return the numbers of all there are."""
        return {mount.number for mount in self._current().values()}

    def _current(self) -> dict[bytes, Mount]:
        with self._lock:
            if self._open and self._poller.poll(0):  # once closed the descriptor may be another file's
                self._read()
            return self._mounts

    def _read(self) -> None:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        parts: list[bytes] = []
        while part := os.read(self._descriptor, 1 << 16):
            parts.append(part)
        self._mounts = parse(b"".join(parts))


def parse(table: bytes) -> dict[bytes, Mount]:
    """Return the mounts that a table in the form of /proc/self/mountinfo lists, the last of each point.

    Always with one at ``/``, which a process in a changed root has no line for.
    """
    mounts = {b"/": Mount(0, b"/", "0:0", b"/", b"", b"")}
    for line in table.splitlines():
        mount = _mount(line)
        mounts[mount.point] = mount
    return mounts


def _mount(line: bytes) -> Mount:
    # 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
    before, _, after = line.partition(b" - ")
    number, _, device, top, point = before.split(b" ")[:5]
    kind, source = after.split(b" ")[:2]
    return Mount(int(number), _unescaped(point), device.decode(), _unescaped(top), kind, _unescaped(source))


def _unescaped(field: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 8)]), field)
