"""Recovery: what a crash left in a space's columns is erased before anything is written to them."""

from collections.abc import Callable, Sequence

import numpy as np

from vexgui.store.buddy import SlotAllocator, slots_of
from vexgui.store.rows import Extents
from vexgui.store.spaces import OpenSpace, Run, runs_of


def recover(opened: OpenSpace, epoch: int, dead: Sequence[Run], extents: Callable[[], Extents]) -> None:
    """Erase the rows that no transaction names, and find the free slots.

    What the columns say is enough, unless a row contradicts itself, born after the last commit, or free and not empty,
    or there are not as many that are not free as there should be. A commit that was cut off leaves such rows, and so
    does damage to live ones. Only then the catalog is asked, which takes longer; what it names is neither erased nor
    given to another file.

    Args:
        opened: The space.
        epoch: The last commit's.
        dead: The runs that are to be erased before they are free; some may be erased already.
        extents: Asks the catalog for the runs that it names in the space.

    Raises:
        StoreDamaged: The disk did not take it.
    """
    rows = opened.columns.rows()
    odd = (rows.born > epoch) | ((rows.born == 0) & ((rows.owner != 0) | (rows.checksum != 0)))
    named = np.zeros(len(rows), np.bool_)
    for first, count in dead:
        named[first : first + count] = True
    if odd.any() or np.count_nonzero(rows.born) != opened.kept.used:
        runs = extents()
        slots = slots_of(runs.first, runs.count)
        named[slots[slots < len(rows)]] = True
        opened.columns.erase(runs_of(np.flatnonzero(odd & ~named)))
    opened.columns.erase_behind()
    opened.columns.flush()  # before a commit has the epoch of the one that was cut off, and brings it to life
    opened.slots = SlotAllocator((rows.born == 0) & ~named)
