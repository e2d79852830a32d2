"""What the engine tells its clients while it works; every event is a frozen value."""

from dataclasses import dataclass
from enum import StrEnum

from vexgui.core.files import Kind


class Activity(StrEnum):
    """What the indexer is doing."""

    IDLE = "idle"
    SCANNING = "scanning"
    INDEXING = "indexing"
    RESTORING = "restoring"
    """Vectors are taken from the files' records into a store that is made anew."""
    FILLING = "filling"
    """Files get the vectors they lack: their words have just been read, or another model was chosen."""
    FORGETTING = "forgetting"
    """The vectors of a model are taken out of the files' records."""
    COMPACTING = "compacting"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the indexer stands.

    Attributes:
        activity: What it is doing.
        done: Files finished of those found to need work; while compacting, hundredths.
        total: Files found so far to need work; 0 while it is unknown.
        current: The file in hand, or b"".
        rate: Files a second over the last moments; 0 when unknown.
        eta_s: Seconds left, or None when it cannot be told yet.
        why: Why it does this, or why it rests, in a few words: "new files", "on battery"; "" where that is plain.
        waiting: Files that wait, by kind, the most first; () while that is unknown.
    """

    activity: Activity
    done: int = 0
    total: int = 0
    current: bytes = b""
    rate: float = 0.0
    eta_s: float | None = None
    why: str = ""
    waiting: tuple[tuple[Kind, int], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexChanged:
    """Files were added, changed or removed: answers given before may be out of date."""

    files: int


@dataclass(frozen=True, slots=True)
class RootsChanged:
    """The list of roots is another one."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the user should know; a sentence and a remedy."""

    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """How far the fetching of a model's weights is.

    Attributes:
        name: The model.
        done_bytes: Fetched so far.
        total_bytes: Of so many; 0 while it is unknown.
    """

    name: str
    done_bytes: int
    total_bytes: int

    @property
    def share(self) -> float | None:
        """The share that is fetched, from 0 to 1; None while it is unknown."""
        return self.done_bytes / self.total_bytes if self.total_bytes else None


@dataclass(frozen=True, slots=True)
class ModelRetired:
    """A picture model chosen before answers no more: the space of the chosen one is complete.

    Attributes:
        name: The model; its vectors stay until it is forgotten.
        successor: The one that took over.
    """

    name: str
    successor: str


@dataclass(frozen=True, slots=True)
class MapProgress:
    """How far a map of the collection is that is being laid out.

    Attributes:
        share: 0 to 1.
    """

    share: float


@dataclass(frozen=True, slots=True)
class Lost:
    """The process that the engine runs in is gone, though nobody closed it."""


Event = Lost | Progress | IndexChanged | RootsChanged | Trouble | ModelProgress | ModelRetired | MapProgress
