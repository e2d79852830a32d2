"""What was asked for on the command line, as values; kept light, so that asking for help loads nothing else."""

import math
from dataclasses import dataclass
from typing import ClassVar

from vexgui.bench.choices import USUAL_PASSAGES, Benchmark


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """One command with its options; paths are absolute bytes.

    Attributes:
        json: Whether the answer is wanted as JSON.
        writes: Whether the command needs the profile for itself.
        stoppable: Whether it ends in good order when its stop flag is set.
    """

    json: bool = False
    writes: ClassVar[bool] = False
    stoppable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowText(Arguments):
    """Help or the version: text to print, no engine needed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gui(Arguments):
    """Open the window; each text or path is empty when not given."""

    writes: ClassVar[bool] = True
    query: str = ""
    similar: bytes = b""
    screenshot: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRoots(Arguments):
    """List the folders kept indexed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRoots(Arguments):
    """Keep folders indexed, with or without writing vectors to their files."""

    writes: ClassVar[bool] = True
    folders: tuple[bytes, ...]
    records: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRoots(Arguments):
    """Forget folders."""

    writes: ClassVar[bool] = True
    folders: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecords(Arguments):
    """Write vectors to the files of folders, or write none."""

    writes: ClassVar[bool] = True
    folders: tuple[bytes, ...]
    records: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExclusions(Arguments):
    """List what is not indexed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude(Arguments):
    """Change the patterns of what is not indexed; asked about first where that forgets much, but for ``yes``."""

    writes: ClassVar[bool] = True
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    yes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyExcluded(Arguments):
    """Tell why something is not indexed."""

    path: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Arguments):
    """Bring paths up to date; all roots when there are none."""

    writes: ClassVar[bool] = True
    stoppable: ClassVar[bool] = True
    paths: tuple[bytes, ...] = ()
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Arguments):
    """Answer one query, and tell how the answer was found where it is to be explained."""

    query: str
    limit: int
    explain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLines(Arguments):
    """Answer the queries on standard input, one a line, in JSON."""

    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar(Arguments):
    """Find files like some files."""

    paths: tuple[bytes, ...]
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspect(Arguments):
    """Tell what is known of a file."""

    path: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class History(Arguments):
    """Tell what happened to a file."""

    path: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStatus(Arguments):
    """Tell how things stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Arguments):
    """Keep the roots up to date until interrupted."""

    writes: ClassVar[bool] = True
    stoppable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Arguments):
    """Hold the work in the background for so many seconds; infinity until it is resumed."""

    writes: ClassVar[bool] = True
    for_s: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Arguments):
    """Let the work in the background go on."""

    writes: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Arguments):
    """Check store and records without changing them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Arguments):
    """Check store and records and mend what can be."""

    writes: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuild(Arguments):
    """Make the store again from files and their records."""

    writes: ClassVar[bool] = True
    stoppable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Compact(Arguments):
    """Collect garbage in the store."""

    writes: ClassVar[bool] = True
    stoppable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip(Arguments):
    """Remove records from files."""

    writes: ClassVar[bool] = True
    paths: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTags(Arguments):
    """List the tags that files have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Arguments):
    """Give files tags and take others from them, or tell which they have."""

    writes: ClassVar[bool] = True
    paths: tuple[bytes, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Arguments):
    """Rate files, 0 to 10, two a star; 0 takes their rating away."""

    writes: ClassVar[bool] = True
    paths: tuple[bytes, ...]
    rating: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListModels(Arguments):
    """List the models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseModel(Arguments):
    """Choose the model for pictures.

    Attributes:
        name: The model; "" when only a path was given.
        checkpoint: Its weights or its folder; b"" for weights already on disk.
    """

    writes: ClassVar[bool] = True
    name: str
    checkpoint: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadModel(Arguments):
    """Fetch a model's weights and choose it; asked about first, but for ``yes`` or where nobody can be asked."""

    writes: ClassVar[bool] = True
    stoppable: ClassVar[bool] = True
    name: str
    yes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveModel(Arguments):
    """Remove a model's vectors, and what was downloaded of it."""

    writes: ClassVar[bool] = True
    stoppable: ClassVar[bool] = True
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureModels(Arguments):
    """Measure how fast models are here; those that can be chosen when none is named."""

    writes: ClassVar[bool] = True
    stoppable: ClassVar[bool] = True
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench(Arguments):
    """Measure; all benchmarks when none is named.

    Attributes:
        folder: Where to work; b"" when not given.
        quick: Whether to measure with as little as shows that everything works.
        vectors: How many vectors to measure with besides the usual number, or 0.
        passages: How many of the user's own passages to measure with, at most.
    """

    stoppable: ClassVar[bool] = True
    benchmarks: tuple[Benchmark, ...] = ()
    folder: bytes = b""
    quick: bool = False
    vectors: int = 0
    passages: int = USUAL_PASSAGES
