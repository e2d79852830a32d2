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
            └── ModelResting      3  a model process died over and over

An exception outside this tree is our own mistake: the entry point logs it and prints one sentence.
"""

from typing import ClassVar

from typing_extensions import override


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
