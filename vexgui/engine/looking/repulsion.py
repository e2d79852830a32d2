"""How points on a plane push each other away in t-SNE, for all of them at once, by Fourier transforms. Pure.

Their density is put on a grid, what it does everywhere is a convolution, and each point takes what the grid says around
it: Linderman and others, "Fast interpolation-based t-SNE", 2019, with linear interpolation.
"""

import numpy as np
from numpy.typing import NDArray

_SIZES = (16, 24, 32, 48, 64, 96, 128, 160, 192, 256, 320, 384, 512)
"""Points on a side of the grid, numbers that are quickly transformed."""
_WIDTH = 0.5
"""Between two points of the grid: half the width of the kernel."""
_STEPS = 8
"""A grid that must be wider is so by eighths, so that it serves many rounds."""


class Repulsion:
    """Computes it, round after round, for places that change little between two."""

    def __init__(self) -> None:
        self._grid = _Grid(_SIZES[0], _WIDTH)

    def of(self, places: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what pushes each point away, [n, 2], for places [n, 2]: the sum over the others, as a share of all."""
        low = places.min(axis=0)
        size, width = _fitting(float((places.max(axis=0) - low).max()))
        if (size, width) != (self._grid.size, self._grid.width):
            self._grid = _Grid(size, width)
        nearness, across, along = self._grid.felt(places, low)
        total = max(float(nearness.sum()), 1e-9)
        return np.stack((across, along), axis=1) / np.float32(total)


class _Grid:
    """A grid with its kernels, which are transformed once."""

    def __init__(self, size: int, width: float) -> None:
        self.size, self.width = size, width
        steps = np.arange(2 * size, dtype=np.float32)
        steps = np.where(steps < size, steps, steps - 2 * size) * np.float32(width)
        across, along = np.meshgrid(steps, steps, indexing="ij")
        nearness = 1 / (1 + across * across + along * along)
        kernels = (nearness, across * nearness**2, along * nearness**2)
        self._kernels = [np.fft.rfft2(kernel).astype(np.complex64) for kernel in kernels]

    def felt(self, places: NDArray[np.float32], low: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Return what each point feels of each kernel, itself left out."""
        inside = (places - low) / np.float32(self.width)
        corner = inside.astype(np.int32)
        x, y = (inside - corner).T
        first = corner[:, 0] * self.size + corner[:, 1]
        corners = (
            (first, (1 - x) * (1 - y)),
            (first + 1, (1 - x) * y),
            (first + self.size, x * (1 - y)),
            (first + self.size + 1, x * y),
        )
        density = np.zeros(self.size * self.size)
        for at, share in corners:
            density += np.bincount(at, share, len(density))
        shape = (2 * self.size, 2 * self.size)  # twice the size, so that nothing is felt around the edge
        spread = np.fft.rfft2(density.reshape(self.size, self.size).astype(np.float32), s=shape)
        felt: list[NDArray[np.float32]] = []
        for kernel in self._kernels:
            field = np.fft.irfft2(spread * kernel, s=shape)[: self.size, : self.size].ravel()
            felt.append(sum((share * field[at] for at, share in corners), np.zeros(len(places), np.float32)))
        felt[0] -= self._own(x, y)  # the other two are zero at their middle
        return felt

    def _own(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how near each point is to itself, which is shared out over four points of the grid."""
        same_x, other_x, same_y, other_y = x**2 + (1 - x) ** 2, 2 * x * (1 - x), y**2 + (1 - y) ** 2, 2 * y * (1 - y)
        beside, across = 1 / (1 + self.width**2), 1 / (1 + 2 * self.width**2)
        own = same_x * same_y + (other_x * same_y + same_x * other_y) * beside + other_x * other_y * across
        return own.astype(np.float32)


def _fitting(span: float) -> tuple[int, float]:
    """Return size and width of a grid that points lie on which are so far apart."""
    most = _SIZES[-1] - 3
    width = max(_WIDTH, np.ceil(span / most * _STEPS) / _STEPS)
    return next(size for size in _SIZES if size >= span / width + 3), float(width)
