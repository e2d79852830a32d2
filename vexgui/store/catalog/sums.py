"""The sums of a catalog's pages as they lie beside it, and what a page must be to fit them. Pure."""

import zlib
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vexgui.core.errors import StoreDamaged, StoreTooNew
from vexgui.core.paths import shown
from vexgui.core.told import told
from vexgui.store.catalog.log import Log
from vexgui.store.format import SUM_TYPE, SUMS_CRC, SUMS_HEADER, SUMS_MAGIC, SUMS_VERSION

Pages = NDArray[np.uint64]
"""Numbers of pages, from 1; uint64, [n]."""
Pairs = NDArray[np.uint64]
"""Page << 32 | CRC-32 of its content; uint64, [n]."""

REPAIR = "Run `vexgui verify --repair` to have SQLite check the catalog and its pages summed anew."
_NAMED = 10


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What is known of the pages of a catalog.

    Attributes:
        page_bytes: Size of a page.
        settled: Whether the file is exactly this. Else a checkpoint was begun that may have ended or not: the file has
            old and new pages, and the log, if it is still there, the new ones.
        pages: How many pages the file has when the log is written back.
        fewest: How many it has at least until then.
        seen: How many frames of the log the pairs are from.
        salts: Which log that was.
        pairs: What fits, ascending; a page may have several.
    """

    page_bytes: int
    settled: bool
    pages: int
    fewest: int
    seen: int
    salts: bytes
    pairs: Pairs

    @classmethod
    def of(cls, page_bytes: int, pairs: Pairs) -> "Sums":
        """Return the sums of a file of these pages, whatever may be in its log."""
        return cls(page_bytes, settled=False, pages=len(pairs), fewest=len(pairs), seen=0, salts=bytes(8), pairs=pairs)

    def knows(self, log: Log) -> bool:
        """Tell whether all that a log holds has been written back."""
        return self.settled and (not len(log) or (self.salts, self.seen) == (log.salts, len(log)))

    def misses_frames_of(self, log: Log) -> bool:
        """Tell whether a log has lost frames that were in it when it was begun to be written back."""
        return self.salts == log.salts and len(log) < self.seen

    def begun(self, log: Log) -> "Sums":
        """Return the sums while a log is written back: old pages fit and new ones."""
        if not len(log):
            return self
        lengths = log.lengths[log.lengths > 0].tolist()
        return replace(
            self,
            settled=False,
            pages=lengths[-1],
            fewest=min(self.fewest, *lengths),
            seen=len(log),
            salts=log.salts,
            pairs=_distinct(self.pairs, paired(log.pages, log.sums)),
        )

    def ended(self, log: Log) -> "Sums":
        """Return the sums once a log is written back: only the last of what it held of each page fits."""
        newest = dict(zip(log.pages.tolist(), log.sums.tolist(), strict=True))
        logged = paired(np.array([*newest], np.uint64), np.array([*newest.values()], np.uint64))
        pages = self.pairs >> 32
        pairs = _distinct(self.pairs[~np.isin(pages, log.pages)], logged)
        return replace(self, settled=True, fewest=self.pages, pairs=pairs[pairs >> 32 <= self.pages])

    def adding(self, pairs: Pairs) -> "Sums":
        """Return the sums with more pairs."""
        return replace(self, pairs=_distinct(self.pairs, pairs))

    def unknown(self) -> Pages:
        """Return the pages without a sum: those that SQLite has not written, like the one at 1 GiB."""
        missing = np.ones(self.pages + 1, np.bool_)
        missing[0] = missing[self.pairs >> 32] = False
        return np.flatnonzero(missing).astype(np.uint64)

    def problems(self, log: Log, size: int, found: Pairs) -> tuple[str, ...]:
        """Return what is wrong with a file of so many bytes and these pages, beside a log; in sentences' ends."""
        wrong: list[str] = []
        if self.settled or not len(log):
            if size != self.pages * self.page_bytes:
                wanted = self.pages * self.page_bytes
                wrong.append(told(f"it has {size} bytes instead of {wanted}"))
        elif size < self.fewest * self.page_bytes:
            least = self.fewest * self.page_bytes
            wrong.append(told(f"it has {size} bytes instead of at least {least}"))
        pages = found >> 32
        unfit = ~np.isin(found, self.pairs)
        if not self.settled:  # what is in the log is written back again, and a page nobody wrote may be anything
            unfit &= np.isin(pages, self.pairs >> 32) & ~np.isin(pages, log.pages)
        bad = pages[unfit].tolist()
        if bad:
            pages_named = ", ".join([*map(str, bad[:_NAMED]), *(["…"] if len(bad) > _NAMED else [])])
            wrong.append(told(f"what does not fit its checksum is page {pages_named}"))
        return tuple(wrong)


def _distinct(*parts: Pairs) -> Pairs:
    """Return pairs ascending, each once; several times as fast as numpy's unique on what is nearly in order."""
    pairs = np.sort(np.concatenate(parts))
    return pairs[np.diff(pairs, prepend=np.uint64(0)) > 0]  # no page has the number 0


def paired(pages: NDArray[np.uint32] | Pages, sums: NDArray[np.uint32] | NDArray[np.uint64]) -> Pairs:
    """Return pages [n] and their CRC-32s [n] as pairs."""
    return pages.astype(np.uint64) << np.uint64(32) | sums.astype(np.uint64)


def packed(sums: Sums) -> bytes:
    """Return sums as they are written."""
    body = SUMS_HEADER.pack(
        SUMS_MAGIC,
        SUMS_VERSION,
        sums.settled,
        sums.page_bytes,
        sums.pages,
        sums.fewest,
        sums.seen,
        len(sums.pairs),
        sums.salts,
    )
    body += sums.pairs.astype(SUM_TYPE).tobytes()
    return body + SUMS_CRC.pack(zlib.crc32(body))


def parsed(data: bytes, path: bytes) -> Sums:
    """Return the sums that were written to a path.

    Raises:
        StoreDamaged: They do not fit their own checksum.
        StoreTooNew: A newer VexGUI wrote them.
    """
    body = data[: -SUMS_CRC.size]
    if len(body) < SUMS_HEADER.size or SUMS_CRC.pack(zlib.crc32(body)) != data[-SUMS_CRC.size :]:
        raise StoreDamaged(f"The page checksums {shown(path)} are damaged.", REPAIR)
    magic, version, settled, page_bytes, pages, fewest, seen, entries, salts = SUMS_HEADER.unpack_from(body)
    if magic != SUMS_MAGIC:
        raise StoreDamaged(f"{shown(path)} holds no page checksums.", REPAIR)
    if version > SUMS_VERSION:
        raise StoreTooNew(f"{shown(path)} was written by a newer VexGUI.", "Update VexGUI.")
    pairs = np.frombuffer(body, SUM_TYPE, entries, SUMS_HEADER.size).astype(np.uint64)
    return Sums(page_bytes, bool(settled), pages, fewest, seen, salts, pairs)
