"""The desktop's trash: files go there and come back, and nothing is ever removed for good.

By the Trash Specification 1.0 of freedesktop.org, as far as Qt leaves anything to be done.
"""

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QFile

from vexgui.core.paths import folder_of, joined
from vexgui.core.reports import Failure
from vexgui.gui.files.opening import is_utf8
from vexgui.gui.language import tr
from vexgui.system.trash import information_on, move


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file in the trash.

    Attributes:
        path: Where it was.
        kept: Where it is now.
    """

    path: bytes
    kept: bytes


@dataclass(frozen=True, slots=True)
class TrashReport:
    """What became of files that were moved to the trash."""

    trashed: tuple[Trashed, ...]
    failed: tuple[Failure, ...]


def move_to_trash(paths: Sequence[bytes], environment: Mapping[bytes, bytes]) -> TrashReport:
    """Move files to the trash; those it cannot take stay where they are."""
    trashed: list[Trashed] = []
    failed: list[Failure] = []
    home = environment.get(b"XDG_DATA_HOME") or joined(environment.get(b"HOME", b"/"), b".local/share")
    for path in paths:
        if not os.path.lexists(path):
            failed.append(Failure(path, tr("It is not there any more.")))
        elif (kept := _taken(path, home)) is None:
            failed.append(Failure(path, tr("The trash of its drive cannot take it.")))
        else:
            trashed.append(Trashed(path, kept))
    return TrashReport(tuple(trashed), tuple(failed))


def bring_back(files: Sequence[Trashed]) -> tuple[Failure, ...]:
    """Move files from the trash to where they were; return those that stayed in it, each with the reason."""
    failed: list[Failure] = []
    for file in files:
        if os.path.lexists(file.path):
            failed.append(Failure(file.path, tr("Another file has its name now.")))
            continue
        try:
            os.makedirs(folder_of(file.path), exist_ok=True)
            os.rename(file.kept, file.path)
        except OSError as error:
            failed.append(Failure(file.path, f"{error.strerror}."))
            continue
        with contextlib.suppress(OSError):
            os.unlink(information_on(file.kept))
    return tuple(failed)


def _taken(path: bytes, data_home: bytes) -> bytes | None:
    """Move one file to the trash; return where it is now, None where it stayed."""
    if not is_utf8(path):
        with contextlib.suppress(OSError):
            return move(path, data_home)
        return None
    # Qt makes the trash in it, and fails where it is not there.
    with contextlib.suppress(OSError):
        os.makedirs(data_home, mode=0o700, exist_ok=True)
    file = QFile(path.decode())
    return os.fsencode(file.fileName()) if file.moveToTrash() and not os.path.lexists(path) else None
