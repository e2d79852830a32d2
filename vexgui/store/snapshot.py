"""A snapshot: the store as one commit left it, whatever the writer does meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vexgui.core.arrays import Vectors
from vexgui.core.filters import Filter
from vexgui.core.vectors import SpaceId
from vexgui.store.catalog import CatalogView, KeptSpace
from vexgui.store.catalog.conditions import condition
from vexgui.store.columns.masks import mask
from vexgui.store.columns.scan import NOTHING, Scan, Searched
from vexgui.store.format import PASSAGE_BITS
from vexgui.store.passing import Passing
from vexgui.store.planning.following import State
from vexgui.store.planning.rates import Rates
from vexgui.store.planning.searching import searched
from vexgui.store.record import SpaceVectors
from vexgui.store.rows import Extent, FileId, passage_id
from vexgui.store.spaces import Live, OpenSpace, OpenSpaces


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Reads one state of the store.

    Attributes:
        epoch: The commit it shows.
        catalog: The catalog as it was then.
    """

    epoch: int
    catalog: CatalogView
    _spaces: OpenSpaces
    _rates: Rates
    _passing: Passing

    def spaces(self) -> tuple[KeptSpace, ...]:
        """Return the spaces that have columns."""
        return self.catalog.spaces()

    def count_vectors(self, space: SpaceId) -> int:
        """Return how many vectors a space holds."""
        kept = self.catalog.space(space)
        return 0 if kept is None else len(self.live(self.opened(kept)))

    def count_files_in(self, space: SpaceId) -> int:
        """Return how many files have vectors in a space."""
        kept = self.catalog.space(space)
        if kept is None:
            return 0
        opened = self.opened(kept)
        owners = opened.columns.rows().owner[self.live(opened)]
        return len(np.unique(owners >> PASSAGE_BITS))

    def scan(self, space: SpaceId, query: Vectors, count: int, where: Filter | None = None) -> Scan:
        """Find the best of a space's vectors for a query [dim], those of files alone that pass a filter.

        Which way is taken, and whether the answer is exact, the `Scan` says.
        """
        kept = self.catalog.space(space)
        if kept is None:
            return NOTHING
        opened = self.opened(kept)
        state, of = self.state(opened), self.searched(opened)
        slots = of.live
        if where is not None:
            passes = mask(where, of.rows, self.catalog.roots(), self.files_where)
            slots = np.flatnonzero(passes[: len(state.alive)] & state.alive)
        followed = opened.followed  # one reading: another thread may let it go
        graph = None if followed is None else (followed, state)
        return searched(of, slots, query, count, self._rates, graph)

    def files_where(self, where: Filter) -> NDArray[np.int64]:
        """Return the ids of the files that a filter lets through, ascending; the catalog is asked once in a state."""
        return self._passing.files(self.epoch, where, lambda: self.catalog.file_ids(*condition(where)))

    def vectors_of(self, file: FileId) -> tuple[SpaceVectors, ...]:
        """Return a file's vectors, one entry a space that has any; damaged ones are left out."""
        extents = self.catalog.extents(file)
        parts = [
            self._vectors(kept, [extent for extent in extents if extent.space == kept.number]) for kept in self.spaces()
        ]
        return tuple(part for part in parts if part is not None)

    def _vectors(self, kept: KeptSpace, extents: Sequence[Extent]) -> SpaceVectors | None:
        if not extents:
            return None
        opened = self.opened(kept)
        slots = np.concatenate([np.arange(extent.first, extent.first + extent.count) for extent in extents])
        ordinals = np.concatenate([extent.ordinals for extent in extents])
        rows = opened.columns.rows().at(slots)
        owners = passage_id(extents[0].file, 0) + ordinals.astype(np.int64)
        good = np.flatnonzero(rows.intact() & (rows.owner == owners))
        good = good[np.argsort(ordinals[good], kind="stable")]
        if not len(good):
            return None
        units = opened.codec.decode(rows.codes[good], rows.scale[good], kept.space.dim)
        units /= np.linalg.norm(units, axis=1, keepdims=True)
        return SpaceVectors(
            kept.space.id, ordinals[good], units, extents[0].source, min(extent.confidence for extent in extents)
        )

    def live(self, opened: OpenSpace) -> NDArray[np.int64]:
        """Return the slots of a space that hold vectors, ascending."""
        return self._live(opened).slots

    def state(self, opened: OpenSpace) -> State:
        """Return which slots of a space hold vectors and when they were written."""
        live = self._live(opened)
        return State(live.epoch, live.alive, opened.columns.rows().born)

    def searched(self, opened: OpenSpace) -> Searched:
        """Return all vectors of a space, to be searched."""
        return Searched(opened.columns.rows(), self._live(opened).slots, opened.codec)

    def _live(self, opened: OpenSpace) -> Live:
        return opened.live(self.epoch, lambda: self.catalog.dead_in(opened.kept.number))

    def opened(self, kept: KeptSpace) -> OpenSpace:
        """Return a space with its columns."""
        return self._spaces.get(kept)
