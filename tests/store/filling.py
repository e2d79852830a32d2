"""Fills the disk under a store, with a limit on the size of files in place of a small disk.

``python -m tests.store.filling FOLDER`` prints what each attempt came to.
"""

import os
import resource
import sys

from tests.store.builders import TEXT, a_file, held, vectors
from vexgui.core.errors import DiskFull, WorldProblem
from vexgui.core.vectors import CodecName
from vexgui.store.store import Store

LIMITS = (0, 65_536, 100_000, 131_072)
"""Bytes; what is to be written needs more."""


def main() -> None:
    """Try to keep a file of many vectors under each limit, then without one."""
    _, unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    store = Store(os.fsencode(sys.argv[1]), CodecName.INT8, writable=True)
    store.ensure_space(TEXT)
    store.commit([a_file(b"/a", vectors(2))])
    before = held(store)

    def keep_many() -> None:
        store.commit([a_file(b"/b", vectors(9000))])

    for limit in LIMITS:
        for attempt, refusal in ((keep_many, DiskFull), (store.compact, WorldProblem)):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited))
            try:
                attempt()
                print("done", end=" ")
            except refusal:
                print("refused", end=" ")
            resource.setrlimit(resource.RLIMIT_FSIZE, (unlimited, unlimited))
            if held(store) != before or store.check().problems:
                print("changed", end=" ")
    keep_many()
    print("at last", sorted(counts[TEXT.id] for counts in held(store).values()))
    store.close()


if __name__ == "__main__":
    main()
