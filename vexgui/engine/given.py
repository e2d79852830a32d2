"""Paths as a user gave them: whether they can be meant, and what they are really called.

They may lead to a file system that does not answer: so all that is asked of one goes through `Remote.look`.
"""

import os
import stat
from collections.abc import Collection, Sequence
from contextlib import closing

from vexgui.core.errors import PathProblem, PermissionProblem, VexError, WorldProblem
from vexgui.core.files import FileStat
from vexgui.core.paths import shown
from vexgui.core.told import told
from vexgui.system.mounts import Mounts
from vexgui.system.remote import NotResponding, Remote, led


def given_folder(path: bytes, remote: Remote) -> bytes:
    """Return a folder's real path, so that a root reached through a link is one root.

    Raises:
        PathProblem: It is missing or not a folder.
        PermissionProblem: It may not be read.
        WorldProblem: Its file system does not answer.
    """
    real, seen = looked_at(path, remote)
    if not stat.S_ISDIR(seen.mode):
        raise PathProblem(f"{shown(path)} is not a folder.", "Name the folder it lies in.")
    _insist_on_readable(path, real, remote)
    return real


def given_file(path: bytes, remote: Remote) -> bytes:
    """Return a file's real path.

    Raises:
        PathProblem: It is missing, or not a regular file.
        PermissionProblem: The folder it lies in may not be looked into.
        WorldProblem: Its file system does not answer.
    """
    real, seen = looked_at(path, remote)
    if not stat.S_ISREG(seen.mode):
        raise PathProblem(f"{shown(path)} is not a file.", "Name a file.")
    return real


def given_paths(paths: Sequence[bytes], remote: Remote) -> tuple[list[bytes], list[bytes]]:
    """Return the real paths of folders and of files.

    Raises:
        PathProblem: One is missing, or neither.
        PermissionProblem: One may not be read.
        WorldProblem: The file system of one does not answer.
    """
    folders: list[bytes] = []
    files: list[bytes] = []
    for path in paths:
        real, seen = looked_at(path, remote)
        if stat.S_ISDIR(seen.mode):
            _insist_on_readable(path, real, remote)
            folders.append(real)
        elif stat.S_ISREG(seen.mode):
            files.append(real)
        else:
            raise PathProblem(f"{shown(path)} is not a file.", "Name a file.")
    return folders, files


def given_root(path: bytes, roots: Collection[bytes]) -> bytes | None:
    """Return which root, be it out of sight, a user means; None where it is none."""
    if path in roots:
        return path
    with closing(Mounts()) as mounts:
        real = led(path, mounts.is_remote)
    return real if real in roots else None


def looked_at(path: bytes, remote: Remote, *, follow: bool = True) -> tuple[bytes, FileStat]:
    """Return the real path of what a user named, and its stat; see `Remote.look`.

    Raises:
        PathProblem: It is missing.
        PermissionProblem: A folder above it may not be looked into.
        WorldProblem: Its file system does not answer.
    """
    try:
        return remote.look(path, follow=follow)
    except NotResponding as silent:
        raise unanswered(path, silent) from silent
    except OSError as error:
        raise out_of_sight(path, error) from error


def _insist_on_readable(path: bytes, real: bytes, remote: Remote) -> None:
    """Refuse a folder that may not be read; of one on a remote file system the walk tells that."""
    if not remote.is_remote(real) and not os.access(real, os.R_OK | os.X_OK):
        raise PermissionProblem(f"You may not read the folder {shown(path)}.", "Ask its owner for read permission.")


def unreadable(path: bytes, error: OSError) -> PermissionProblem:
    """Return what is told of a file that could not be read."""
    return PermissionProblem(f"{shown(path)} cannot be read ({error.strerror}).", "Check its permissions.")


def out_of_sight(path: bytes, error: OSError) -> VexError:
    """Return what is told of a path where nothing is seen: a folder above it may be closed to the user."""
    if isinstance(error, PermissionError):
        return PermissionProblem(f"You may not look at {shown(path)}.", "Ask for permission on the folder it lies in.")
    return PathProblem(f"{shown(path)} does not exist.", "Check the spelling.")


def unanswered(path: bytes, silent: NotResponding) -> WorldProblem:
    """Return what is told of a path on a file system that does not answer."""
    mount = silent.mount
    where = told(f"{shown(mount.kind)} from {shown(mount.source)}, mounted at {shown(mount.point)}")
    return WorldProblem(
        f"{shown(path)} is on a file system that does not answer ({where}).", "Try again when it is back."
    )
