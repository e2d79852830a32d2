"""Arrays as they are handed about; apart from the rest, so that a program that has none need not load NumPy."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Embeddings, dtype float32; shape [n, dim] or [dim]; every row of unit length."""

Pixels = NDArray[np.uint8]
"""An RGB picture, shape [height, width, 3], dtype uint8."""
