"""What the catalog tells of spaces, and of the slots that hold files' vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vexgui.core.paths import joined
from vexgui.core.vectors import CodecName, Modality, Space, SpaceId
from vexgui.store.catalog import edits
from vexgui.store.catalog.lending import Reading
from vexgui.store.catalog.values import UNSEEN
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.rows import Extent, Extents, FileId

_RUN = np.dtype([("first", np.int64), ("count", np.int64), ("file", np.int64)])
_LACKING = (
    "((SELECT count(*) FROM passages p"
    f" WHERE p.id >= f.id << {PASSAGE_BITS} AND p.id < (f.id + 1) << {PASSAGE_BITS}"
    " AND (p.kind = 'picture') = (:modality = 'picture'))"
    " > (SELECT coalesce(sum(e.count), 0) FROM extents e WHERE e.file_id = f.id AND e.space_id = :space)"
    f" OR f.unread = {UNSEEN} AND :modality = 'picture')"
    " AND NOT (f.state = 'failed' AND f.reason = :failure)"
)


@dataclass(frozen=True, slots=True)
class KeptSpace:
    """A space as the catalog keeps it.

    Attributes:
        number: Its number in the catalog.
        space: The space.
        codec: How its columns keep vectors.
        generation: Which folder of columns is in force.
        slots: How many slots its columns have at least.
        used: How many of them are not free: they hold vectors, of the past too.
        basis: What the codec learnt from the space, or None.
    """

    number: int
    space: Space
    codec: CodecName
    generation: int
    slots: int = 0
    used: int = 0
    basis: bytes | None = None


class Links(Reading):
    """Finds slots by file and files by what they lack."""

    def epoch(self) -> int:
        """Return the number of the last commit that touched vectors."""
        with self.reading() as db:
            return edits.epoch(db)

    def rebuilding(self) -> bool:
        """Tell whether the store is being made again from files and records."""
        with self.reading() as db:
            return bool(db.execute("SELECT rebuilding FROM state").fetchone()[0])

    def roots(self) -> dict[bytes, int]:
        """Return the numbers of the roots in force."""
        with self.reading() as db:
            return edits.root_ids(db)

    def spaces(self) -> tuple[KeptSpace, ...]:
        """Return the spaces that have columns."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT id, space, model, modality, dim, picture_px, codec, generation, slots, used, basis FROM spaces"
            ).fetchall()
        return tuple(
            KeptSpace(number, Space(SpaceId(space), model, Modality(modality), dim, px), CodecName(codec), *rest)
            for number, space, model, modality, dim, px, codec, *rest in rows
        )

    def space(self, space: SpaceId) -> KeptSpace | None:
        """Return a space that has columns, or None."""
        return next((kept for kept in self.spaces() if kept.space.id == space), None)

    def dead(self) -> list[edits.DeadRun]:
        """Return the slots of all spaces that are named no longer and not free yet."""
        with self.reading() as db:
            return edits.dead(db)

    def dead_in(self, space: int) -> list[tuple[int, int]]:
        """Return the runs of a space, first slots and counts, that are named no longer and not free yet."""
        with self.reading() as db:
            return db.execute("SELECT first, count FROM dead WHERE space_id = ?", (space,)).fetchall()

    def extents(self, file_id: FileId) -> list[Extent]:
        """Return the runs of slots that hold a file's vectors, by space and first slot."""
        with self.reading() as db:
            return edits.extents_of(db, [file_id])

    def extents_of(self, file_ids: Sequence[FileId]) -> list[Extent]:
        """Return the runs of slots that hold files' vectors, by file, space and first slot."""
        with self.reading() as db:
            return edits.extents_of(db, file_ids)

    def extents_in(self, space: int) -> Extents:
        """Return all runs of slots of a space that hold vectors."""
        with self.reading() as db:
            rows = np.fromiter(
                db.execute("SELECT first, count, file_id FROM extents WHERE space_id = ?", (space,)), _RUN
            )
        rows = rows[np.argsort(rows["first"], kind="stable")]
        return Extents(*(np.ascontiguousarray(rows[name]) for name in ("first", "count", "file")))

    def files_in(self, space: int) -> tuple[bytes, ...]:
        """Return the files that have vectors in a space."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT d.path, f.name FROM files f JOIN folders d ON d.id = f.folder_id"
                " WHERE f.id IN (SELECT file_id FROM extents WHERE space_id = ?) ORDER BY f.id",
                (space,),
            )
            return tuple(joined(folder, name) for folder, name in rows)

    def covers(self, space: int, modality: Modality, failure: str = "") -> bool:
        """Tell whether all files that have vectors in other spaces of a modality have some in a space, too.

        Args:
            space: The number of the space.
            modality: Its modality.
            failure: Files that failed for this reason have none and never will; see `Space.failure`.
        """
        with self.reading() as db:
            row = db.execute(
                "SELECT 1 FROM extents e WHERE e.space_id IN (SELECT id FROM spaces WHERE modality = ? AND id != ?)"
                " AND NOT EXISTS (SELECT 1 FROM extents n WHERE n.file_id = e.file_id AND n.space_id = ?)"
                " AND NOT EXISTS (SELECT 1 FROM files f WHERE f.id = e.file_id AND f.state = 'failed' AND f.reason = ?)"
                " LIMIT 1",
                (modality.value, space, space, failure),
            ).fetchone()
        return row is None

    def lacks_vectors(self, file_id: FileId, space: int, modality: Modality, failure: str = "") -> bool:
        """Tell whether a file has more passages of a modality than vectors in a space, or pictures nobody has seen.

        ``failure`` is as in `covers`.
        """
        wanted = {"file": file_id, "modality": modality.value, "space": space, "failure": failure}
        with self.reading() as db:
            row = db.execute(f"SELECT 1 FROM files f WHERE f.id = :file AND {_LACKING}", wanted).fetchone()
        return row is not None

    def lacking_vectors(self, space: int, modality: Modality, failure: str = "") -> dict[bytes, int]:
        """Return the files that `lacks_vectors` is true of, with their mtimes in ns."""
        wanted = {"modality": modality.value, "space": space, "failure": failure}
        with self.reading() as db:
            rows = db.execute(
                f"SELECT d.path, f.name, f.mtime_ns FROM files f JOIN folders d ON d.id = f.folder_id WHERE {_LACKING}",
                wanted,
            )
            return {joined(folder, name): mtime_ns for folder, name, mtime_ns in rows}
