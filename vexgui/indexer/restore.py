"""The first half of a rebuild: what the records on files say goes into the store, and no content is read."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from vexgui.core.files import RECIPE
from vexgui.core.paths import joined
from vexgui.extract.kinds import format_of
from vexgui.indexer.ahead import ahead
from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import Entry, walk
from vexgui.store.record.bulk import Block, RecordSieve
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import RecordedFile
from vexgui.store.store import Store

_BATCH_FILES = 10_000
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Files with the vectors of their records, which name a file by its place."""

    files: Sequence[RecordedFile] = ()
    blocks: Sequence[Block] = field(default=(), compare=False)

    @property
    def folders(self) -> set[bytes]:
        """The folders the files lie in."""
        return {file.folder for file in self.files}


class Restorer:
    """Takes files into a store by their records alone; their texts are read later, by the scan.

    A record is trusted when it is whole, bears the user's code, and names the size and the time of the file as it is.

    Args:
        store: What is filled.
        keeper: Reads records.
        rules: What is indexed.
        skip: Folders never entered: VexGUI's own.
    """

    def __init__(self, store: Store, keeper: RecordKeeper, rules: Rules, skip: Collection[bytes]) -> None:
        self._store = store
        self._keeper = keeper
        self._rules = rules
        self._skip = skip

    def run(self, folders: Sequence[bytes], stop: threading.Event, settle: Callable[[Batch], None]) -> None:
        """Go through folders, leaving out the files that the store knows; a stop leaves what was settled.

        Args:
            folders: Where to look.
            stop: Ends the run early.
            settle: Puts files into the store, in the calling thread, while others are read.
        """
        batches = ahead(self._batches(folders, stop), _AHEAD, "vexgui-restoring")
        try:
            for batch in batches:
                if batch is not None:
                    settle(batch)
                if stop.is_set():
                    return
        finally:
            batches.close()

    def _batches(self, folders: Sequence[bytes], stop: threading.Event) -> Iterator[Batch]:
        sieve = self._keeper.sieve()
        files: list[RecordedFile] = []
        for top in folders:
            for folder in walk(top, self._rules, self._skip):
                if stop.is_set():
                    return
                known = self._store.catalog.folder_stats(folder.path)
                for entry in folder.files:
                    if entry.name not in known:
                        self._take(folder.path, entry, sieve, files)
                if len(files) >= _BATCH_FILES:
                    yield Batch(files, sieve.blocks())
                    files = []
        yield Batch(files, sieve.blocks())

    def _take(self, folder: bytes, entry: Entry, sieve: RecordSieve, files: list[RecordedFile]) -> None:
        """Take in a file, unless it has no record that may be trusted."""
        name, seen = entry
        path = joined(folder, name)
        value = None if self._keeper.out_of_reach(path) else self._keeper.value(path)
        head = None if value is None else sieve.head(value)
        if value is None or head is None:
            return
        if (head.recipe, head.size, head.mtime_ns) != (RECIPE, seen.st_size, seen.st_mtime_ns):
            return
        if sieve.take(len(files), value):
            found = format_of(name, b"")
            files.append(RecordedFile(folder, name, seen, head.content_hash, head.recipe, found.kind, found.mime))
