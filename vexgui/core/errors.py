"""Every error a user can meet, in one tree.

    VexError                      a message, a remedy, an exit code
    ├── UsageProblem              2  what was asked for cannot be meant
    │   ├── PathProblem           2  a path that is missing or of the wrong kind
    │   └── CheckpointProblem     2  a model file that does not fit the model
    └── WorldProblem              3  the environment lacks something
        ├── PermissionProblem     3
        ├── DiskFull              3
        ├── StoreDamaged          3
        ├── StoreTooNew           3
        ├── ProfileBusy           3  another process owns the profile
        ├── ModelUnavailable      3  no network, missing package, wrong digest
        └── ChildFailed           3  a helper process died or stalled
            ├── ModelResting      3  a model process died over and over
            └── EngineLost        3  the engine's process is gone

An exception outside this tree is our own mistake: the entry point logs it and prints one sentence.
"""

import errno
from typing import Any, ClassVar, TypeVar

from typing_extensions import override

from vexgui.core.paths import shown


class VexError(Exception):
    """A failure that is told to the user as one sentence and a remedy.

    Attributes:
        message: What happened, a sentence with its full stop.
        remedy: What the user can do about it, a sentence, or "".
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    @override
    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # What the initialiser takes is another thing for every kind, and need not be taken once more.
        return _again, (type(self), self.args, self.__dict__)


class UsageProblem(VexError):
    """The command cannot be meant as it was given."""

    exit_code: ClassVar[int] = 2


class PathProblem(UsageProblem):
    """A path is missing or names the wrong kind of thing."""


class CheckpointProblem(UsageProblem):
    """A checkpoint is missing, damaged, or belongs to another model."""


class WorldProblem(VexError):
    """The environment lacks something the command needs."""


class PermissionProblem(WorldProblem):
    """The user may not read or write something that is needed."""


class DiskFull(WorldProblem):
    """There is no room left where VexGUI keeps its data."""


class StoreDamaged(WorldProblem):
    """The store's files contradict their checksums or each other."""


class StoreTooNew(WorldProblem):
    """The store was written by a newer VexGUI."""


class ProfileBusy(WorldProblem):
    """Another process owns the profile for writing."""


class ModelUnavailable(WorldProblem):
    """A model cannot be loaded or fetched here."""


class ChildFailed(WorldProblem):
    """A child process died, stalled, or answered nonsense."""


class ModelResting(ChildFailed):
    """A model process died over and over, and is not started again for a while."""


class EngineLost(ChildFailed):
    """The process that the engine runs in is gone."""

    def __init__(self) -> None:
        super().__init__(
            "The part of VexGUI that reads and finds files has ended unexpectedly.", "Start it again; nothing is lost."
        )


def is_full(error: OSError) -> bool:
    """Tell whether there is no room on the disk, or none in the user's share of it."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def closed_already() -> WorldProblem:
    """Return what is told to those who come when the engine has been closed."""
    return WorldProblem("The engine has been closed.")


def not_made(path: bytes, error: OSError, otherwise: WorldProblem) -> WorldProblem:
    """Return why a file or folder cannot be made: there is no room, or what is said of it ``otherwise``."""
    if is_full(error):
        return DiskFull(f"There is no room to make {shown(path)}.", "Free some space on that disk.")
    return otherwise


def no_room_in_store(path: bytes) -> DiskFull:
    """Return what a full disk means to a file of the store that is to grow."""
    return DiskFull(
        f"There is no room left on the disk that holds {shown(path)}.",
        "Free some space; nothing was lost, and indexing goes on where it stopped.",
    )


_E = TypeVar("_E", bound=VexError)


def _again(kind: type[_E], arguments: tuple[object, ...], attributes: dict[str, object]) -> _E:
    """Return an error as it was in another process."""
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(attributes)
    return error
