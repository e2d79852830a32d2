"""A keeper of records that is watched at its work."""

from collections.abc import Callable, Sequence

from typing_extensions import override

from vexgui.core.files import FileStat
from vexgui.store.record import SpaceVectors
from vexgui.store.record.keeper import RecordKeeper

VectorsOfFile = Sequence[SpaceVectors]


class WatchedKeeper(RecordKeeper):
    """Counts the records it is asked to write; a test may do something before each, and change what goes into it."""

    written = 0
    before: Callable[[VectorsOfFile], VectorsOfFile] = staticmethod(lambda vectors: vectors)

    @override
    def write(
        self,
        descriptor: int,
        path: bytes,
        stat: FileStat,
        content_hash: bytes,
        recipe: int,
        reading: int,
        vectors: VectorsOfFile,
        *,
        anew: bool = True,
    ) -> str:
        self.written += 1
        return super().write(descriptor, path, stat, content_hash, recipe, reading, self.before(vectors), anew=anew)
