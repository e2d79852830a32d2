"""Which files a search may find, in a form that SQL looks up fast."""

import numpy as np
from numpy.typing import NDArray

IS_AMONG = "substr(?, {file} + 1, 1) = x'01'"
"""SQL, true of a file's number that `marks` were made of: one look into the parameter, however many files there are."""


def marks(files: NDArray[np.int64]) -> bytes:
    """Return a byte for each number of a file up to the largest of some, 1 for those, given in ascending order."""
    table = np.zeros(int(files[-1]) + 1 if len(files) else 0, np.uint8)
    table[files] = 1
    return table.tobytes()
