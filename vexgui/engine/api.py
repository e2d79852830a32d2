"""What window, command line and services may ask of the engine."""

import math
from collections.abc import Callable, Sequence
from threading import Event as Flag
from typing import Any, Protocol

from vexgui.core.care import CompactReport, StripReport, VerifyReport
from vexgui.core.events import Event
from vexgui.core.exclusions import ExcludeReport, Exclusions, Weight
from vexgui.core.files import Kind
from vexgui.core.hits import Answer, Hit
from vexgui.core.labels import LabelReport, TagCount
from vexgui.core.looking import CollectionMap, DuplicateGroup, MonthCount
from vexgui.core.query import Order, Reading, Suggestions
from vexgui.core.reports import (
    FailedFile,
    Happening,
    IndexReport,
    Inspection,
    ModelInfo,
    RebuildReport,
    RootInfo,
    Status,
)
from vexgui.core.settings import Settings

Listener = Callable[[Event], None]


class EngineApi(Protocol):
    """Owns store, models, indexer and search of one profile.

    Every method may be called from any thread and may wait on disk or model, so never from a thread that draws.
    Paths are absolute bytes. Methods raise errors of `vexgui.core.errors` only.
    """

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a listener called with every event, from whichever thread it arises; return how to end that."""
        ...

    def watch(self) -> None:
        """Start the indexer thread: bring all roots up to date, then follow changes. Returns at once."""
        ...

    def pause(self, for_s: float = math.inf) -> None:
        """Hold the indexer for so many seconds, or until it is resumed; it stops within a second.

        That outlasts this engine. What is asked for with `index` is done all the same.
        """
        ...

    def resume(self) -> None:
        """Let the indexer go on, also where it rests for another reason: that is disregarded as long as it lasts."""
        ...

    def roots(self) -> tuple[RootInfo, ...]:
        """Return the folders kept indexed."""
        ...

    def add_roots(self, folders: Sequence[bytes], *, records: bool = True) -> None:
        """Keep folders indexed; the watching indexer starts on them. A folder inside a root is already kept.

        Without ``records`` no vectors are written to their files: see `set_records`.

        Raises:
            PathProblem: Missing, or not a folder; none of them is added.
        """
        ...

    def remove_root(self, folder: bytes) -> None:
        """Forget a root: its vectors, texts and the records on its files go. The files stay as they are.

        Raises:
            PathProblem: It is not a root.
        """
        ...

    def set_records(self, folder: bytes, *, records: bool) -> None:
        """Have vectors written to the files of a root, those that are kept already included, or to none from now on.

        A watching engine writes them to the files it knows when it has nothing else to do.
        Records that are on files stay until `strip`.

        Raises:
            PathProblem: It is not a root.
        """
        ...

    def exclusions(self) -> Exclusions:
        """Return what is not indexed."""
        ...

    def exclude(self, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> ExcludeReport:
        """Change the patterns of what is not indexed; what they leave out is forgotten at once, records included.

        What is taken in again comes with the next look, which the watching indexer begins at once.

        Raises:
            UsageProblem: One to add is no pattern, or one to remove is not there; nothing is changed.
        """
        ...

    def weigh_exclusion(self, add: Sequence[str]) -> Weight:
        """Return how many files `exclude` would forget for patterns that are added; nothing is changed.

        Raises:
            UsageProblem: One is no pattern.
        """
        ...

    def index(self, paths: Sequence[bytes], *, force: bool = False, stop: Flag | None = None) -> IndexReport:
        """Bring files and folders up to date and wait; all roots when ``paths`` is empty.

        A folder that lies in no root becomes one; a file in no root is indexed by itself. With ``force``
        files are embedded again even where nothing changed. Progress comes as events. Setting ``stop`` ends it early.
        """
        ...

    def search(  # noqa: PLR0913 - each says something else of how to answer
        self,
        query: str,
        limit: int,
        *,
        meaning: bool = True,
        folder: bytes = b"",
        strict: bool = False,
        order: Order | None = None,
        kind: Kind | None = None,
        stop: Flag | None = None,
    ) -> Answer:
        """Answer a query; with ``meaning`` off only names and words, which needs no model.

        Args:
            query: As it is typed, in the language of docs/QUERY.md. What of it cannot be read is left out, and told of
                with the answer.
            limit: Most hits that are wanted.
            meaning: Whether to ask the models.
            folder: Where relative paths in it begin, absolute; b"" for the user's home.
            strict: Whether to answer only what can be read; what is unfinished at its end is no mistake here either.
            order: How hits are ordered where the query does not say; None for by how well they answer.
            kind: The only kind of file that is wanted; None for any. `Answer.kinds` counts the others, too.
            stop: Ends it early, with an incomplete answer.

        Raises:
            QueryProblem: With ``strict``: it has a mistake.
            UsageProblem: It names a space that is not there, or is too long.
            PathProblem: With ``strict``: a file that others are to be like is missing.
            PermissionProblem: It may not be read.
        """
        ...

    def similar(
        self,
        paths: Sequence[bytes],
        limit: int,
        *,
        order: Order | None = None,
        kind: Kind | None = None,
        stop: Flag | None = None,
    ) -> Answer:
        """Answer with the files most like some files, indexed or not, which are left out themselves.

        First come those with the same content, then those that are nearly the same, then those that are related. One
        that is missing or cannot be read is told of in the note, if there is another. Setting ``stop`` ends it early.
        For ``order`` and ``kind`` see `search`.

        Raises:
            PathProblem: All are missing, or no regular files.
            PermissionProblem: None can be read.
        """
        ...

    def hits_of(self, token: int, start: int, count: int) -> tuple[Hit, ...]:
        """Return a stretch of an answer's ranking, row by row: as many hits as there are up to its end.

        A row keeps its place: where its file is not there any more, `Hit.gone` says so. The rankings of the last few
        answers are kept.

        Raises:
            UsageProblem: The answer is not kept any more.
        """
        ...

    def paths_of(self, token: int, stretches: Sequence[range]) -> tuple[bytes, ...]:
        """Return the paths of rows of an answer's ranking; quick, for nobody looks whether the files are still there.

        Rows whose files are not known any more are left out.

        Raises:
            UsageProblem: The answer is not kept any more.
        """
        ...

    def hits_for(
        self, paths: Sequence[bytes], limit: int, *, order: Order | None = None, kind: Kind | None = None
    ) -> Answer:
        """Answer with some files themselves, as a query that lists them would; those that are not known are left out.

        For ``order`` and ``kind`` see `search`.
        """
        ...

    def suggest(self, text: str, cursor: int) -> Suggestions:
        """Return what could stand at a place of a query: fields, and values of those whose values are known.

        Args:
            text: What was typed.
            cursor: Before which of its characters more would be typed.
        """
        ...

    def read(self, text: str) -> Reading:
        """Tell how a query is read; quick, and nothing is looked for."""
        ...

    def inspect(self, path: bytes) -> Inspection:
        """Tell all that is known of a file.

        Raises:
            PathProblem: There is no such file and the store does not know one.
            WorldProblem: Its file system does not answer, and the store does not know it.
        """
        ...

    def history(self, path: bytes) -> tuple[Happening, ...]:
        """Tell what happened to a file in the store, the latest first.

        Raises:
            PathProblem: The store does not know such a file.
        """
        ...

    def thumbnail(self, path: bytes, longest_px: int, page: int = 0) -> bytes:
        """Return a PNG of a picture or of a page of a document, counted from 0; b"" if the file has none.

        Only PDFs have pages beside the first.
        """
        ...

    def status(self) -> Status:
        """Tell how things stand."""
        ...

    def failures(self, limit: int = 1000) -> tuple[FailedFile, ...]:
        """Return the known files whose contents could not be read, at most so many, those tried last first."""
        ...

    def collection_map(self, *, anew: bool = False, stop: Flag | None = None) -> CollectionMap | None:
        """Return the files that have vectors as points on a map; None where there are none, or ``stop`` was set.

        The last map is kept, and files that came since are put next to those they are nearest to. Where much has
        changed, it says so (`CollectionMap.complete`), and is laid out anew only when that is wanted with ``anew``:
        then, and the first time, that takes seconds, and how far it is comes as `MapProgress`.

        Raises:
            ChildFailed: The process that lays it out died.
        """
        ...

    def timeline(self) -> tuple[MonthCount, ...]:
        """Return how many files are from which month, the earliest first; months without any are left out."""
        ...

    def duplicates(self) -> tuple[DuplicateGroup, ...]:
        """Return the files that are duplicates of each other: of the same content first, then pictures that look alike.

        Of both those come first that take the most room.
        """
        ...

    def settings(self) -> Settings:
        """Return what can be set, as it is set."""
        ...

    def change(self, **settings: Any) -> Settings:
        """Set some settings, by their names in `Settings`, and return all.

        What readers and store were begun with, and ``gitignore``, takes effect with the next start. What has a method
        of its own (roots, patterns, models, pauses) is set by that.

        Raises:
            UsageProblem: There is no such setting, it has a method of its own, or a value is not what it should be;
                nothing is changed.
        """
        ...

    def verify(self, *, repair: bool) -> VerifyReport:
        """Check store and records against their checksums and each other; with ``repair`` mend what can be."""
        ...

    def rebuild(self, *, stop: Flag | None = None) -> RebuildReport:
        """Make the store again: first from the records on files, then from the files; return when both are done.

        A rebuild that was stopped, or broken off, goes on where it was. What the store knows of files that are out
        of sight is kept.
        """
        ...

    def compact(self, *, stop: Flag | None = None) -> CompactReport:
        """Collect garbage, shrink the store's files, and keep all vectors in the codec that is set.

        Progress comes as events. Setting ``stop`` ends it early: the spaces that were not reached stay as they were.
        """
        ...

    def strip(self, paths: Sequence[bytes]) -> StripReport:
        """Remove records from files, recursively for folders; nothing else about the files changes."""
        ...

    def tag(self, paths: Sequence[bytes], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> LabelReport:
        """Give files tags of the desktop's and take others from them; tell what they have then.

        Raises:
            UsageProblem: Something cannot be a tag, or is to be given and taken; nothing is changed.
            PathProblem: A path is missing, or no regular file; nothing is changed.
        """
        ...

    def rate(self, paths: Sequence[bytes], rating: int | None) -> LabelReport:
        """Rate files as the desktop does, 1 to 10, two a star; with None or 0 nobody has rated them.

        Raises:
            UsageProblem: It is no number from 0 to 10.
            PathProblem: A path is missing, or no regular file; nothing is changed.
        """
        ...

    def tags(self, among: Sequence[bytes] | None = None) -> tuple[TagCount, ...]:
        """Return the tags that known files have, by name; with ``among`` those of some files, and how many of them."""
        ...

    def models(self) -> tuple[ModelInfo, ...]:
        """List the models."""
        ...

    def use_model(self, name: str, checkpoint: bytes) -> ModelInfo:
        """Choose the picture model; pictures get vectors of it in the background, and the one before answers till then.

        Args:
            name: A model of `models`, any architecture open_clip knows, or "none": pictures are found by their words.
            checkpoint: Its weights, or a directory that holds a model, whose name may be ""; b"" for weights that are
                installed or were downloaded.

        Raises:
            UsageProblem: No such model.
            CheckpointProblem: The checkpoint is missing, damaged, or of another model.
        """
        ...

    def download_model(self, name: str, *, stop: Flag | None = None) -> ModelInfo:
        """Fetch the weights of a model from the hub, and choose it; how far it is comes as `ModelProgress`.

        Setting ``stop`` ends it early; what was fetched is kept, and the next attempt goes on there.

        Raises:
            UsageProblem: No such model.
            CheckpointProblem: What came is another model's, or gives no vectors; it does not count as installed.
            ModelUnavailable: The network or the hub cannot be reached.
        """
        ...

    def measure_models(self, names: Sequence[str] = (), *, stop: Flag | None = None) -> tuple[ModelInfo, ...]:
        """Measure how fast models are on this computer, all of the list where none is named, and tell of them.

        Raises:
            UsageProblem: No such model.
            ModelUnavailable: One that was named cannot be built here, or ``stop`` was set.
        """
        ...

    def forget_model(self, name: str, *, stop: Flag | None = None) -> None:
        """Remove the vectors of a picture model that is not in use any more, from files and store.

        Progress comes as events. Setting ``stop`` ends it early; what is left goes with the next attempt.

        Raises:
            UsageProblem: There are no vectors of such a model, it is the chosen one or the text model, or several are
                called so.
        """
        ...

    def close(self) -> None:
        """Stop the indexer, end the helper processes, close the store."""
        ...
