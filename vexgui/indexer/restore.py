"""The first half of a rebuild: what the records on files say goes into the store, and no content is read."""

import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from vexgui.core.files import FileFacts, FileState
from vexgui.core.paths import joined, name_of
from vexgui.core.vectors import SpaceId
from vexgui.extract.extractor import RECIPE
from vexgui.extract.kinds import format_of
from vexgui.indexer.ahead import ahead
from vexgui.indexer.plan import plan_folder
from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import walk
from vexgui.store.record.keeper import RecordKeeper
from vexgui.store.rows import FileUpdate
from vexgui.store.store import Store
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused

_BATCH_FILES = 2_000
_AHEAD = 2


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

    def run(
        self, folders: Sequence[bytes], stop: threading.Event, settle: Callable[[Sequence[FileUpdate]], None]
    ) -> None:
        """Go through folders, leaving out the files that the store knows as they are; a stop leaves what was settled.

        Args:
            folders: Where to look.
            stop: Ends the run early.
            settle: Puts files into the store, in the calling thread, while others are read.
        """
        dims = {kept.space.id: kept.space.dim for kept in self._store.spaces()}
        batches = ahead(self._batches(folders, stop, dims), _AHEAD, "vexgui-restoring")
        try:
            for batch in batches:
                if batch is not None:
                    settle(batch)
                if stop.is_set():
                    return
        finally:
            batches.close()

    def _batches(
        self, folders: Sequence[bytes], stop: threading.Event, dims: Mapping[SpaceId, int]
    ) -> Iterator[list[FileUpdate]]:
        batch: list[FileUpdate] = []
        for folder in folders:
            for path in self._unknown(folder):
                if stop.is_set():
                    return
                update = self._recorded(path, dims)
                if update is not None:
                    batch.append(update)
                if len(batch) >= _BATCH_FILES:
                    yield batch
                    batch = []
        yield batch

    def _unknown(self, top: bytes) -> Iterator[bytes]:
        """Yield the files beneath a folder that the store does not know as they are, read or not."""
        for folder in walk(top, self._rules, self._skip):
            known = self._store.catalog.folder_stats(folder.path)
            seen = {name: (a, b, c, d, e, 0) for name, (a, b, c, d, e, _) in known.items()}
            plan = plan_folder(folder.files, seen, RECIPE, force=False)
            for name in plan.changed:
                yield joined(folder.path, name)

    def _recorded(self, path: bytes, dims: Mapping[SpaceId, int]) -> FileUpdate | None:
        """Return what a file's record says of it; None where it has none that may be trusted."""
        try:
            descriptor = attributes.open_for_attributes(path)
        except AttributeRefused:
            return None
        try:
            stat = attributes.stat_of(descriptor)
            record = self._keeper.read(descriptor).record
        finally:
            os.close(descriptor)
        if record is None or record.recipe != RECIPE:
            return None
        fingerprint = record.fingerprint
        if (fingerprint.size, fingerprint.mtime_ns) != (stat.size, stat.mtime_ns):
            return None
        vectors = tuple(section.taken() for section in record.sections if dims.get(section.space) == section.dim)
        if not vectors:
            return None
        found = format_of(name_of(path), b"")
        return FileUpdate(
            path=path,
            stat=stat,
            content_hash=fingerprint.content_hash,
            kind=found.kind,
            mime=found.mime,
            state=FileState.INDEXED,
            reason="",
            recipe=RECIPE,
            facts=FileFacts(),
            passages=(),
            vectors=vectors,
            record_note="",
            unread=True,
        )
