"""Paths as a user gave them: whether they can be meant, and what they are really called."""

import os
from collections.abc import Sequence

from vexgui.core.errors import PathProblem, PermissionProblem, VexError
from vexgui.core.paths import shown


def given_folder(path: bytes) -> bytes:
    """Return a folder's real path, so that a root reached through a link is one root.

    Raises:
        PathProblem: It is missing or not a folder.
        PermissionProblem: It may not be read.
    """
    if not os.path.exists(path):
        raise out_of_sight(path)
    if not os.path.isdir(path):
        raise PathProblem(f"{shown(path)} is not a folder.", "Name the folder it lies in.")
    if not os.access(path, os.R_OK | os.X_OK):
        raise PermissionProblem(f"You may not read the folder {shown(path)}.", "Ask its owner for read permission.")
    return os.path.realpath(path)


def given_file(path: bytes) -> bytes:
    """Return a file's real path.

    Raises:
        PathProblem: It is missing, or not a regular file.
        PermissionProblem: The folder it lies in may not be looked into.
    """
    if not os.path.exists(path):
        raise out_of_sight(path)
    if not os.path.isfile(path):
        raise PathProblem(f"{shown(path)} is not a file.", "Name a file.")
    return os.path.realpath(path)


def given_paths(paths: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Return the real paths of folders and of files.

    Raises:
        PathProblem: One is missing, or neither.
        PermissionProblem: One may not be read.
    """
    folders: list[bytes] = []
    files: list[bytes] = []
    for path in paths:
        if os.path.isdir(path):
            folders.append(given_folder(path))
        else:
            files.append(given_file(path))
    return folders, files


def insist_on_paths(paths: Sequence[bytes]) -> None:
    """Refuse paths of which one leads to nothing.

    Raises:
        PathProblem: It is missing.
        PermissionProblem: A folder above it may not be looked into.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise out_of_sight(path)


def unreadable(path: bytes, error: OSError) -> PermissionProblem:
    """Return what is told of a file that could not be read."""
    return PermissionProblem(f"{shown(path)} cannot be read ({error.strerror}).", "Check its permissions.")


def out_of_sight(path: bytes) -> VexError:
    """Return what is told of a path where nothing is seen: a folder above it may be closed to the user."""
    try:
        os.lstat(path)
    except PermissionError:
        return PermissionProblem(f"You may not look at {shown(path)}.", "Ask for permission on the folder it lies in.")
    except OSError:
        pass
    return PathProblem(f"{shown(path)} does not exist.", "Check the spelling.")
