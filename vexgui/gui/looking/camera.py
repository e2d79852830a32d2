"""From places on a map to pixels in a view, and back. Pure."""

from dataclasses import dataclass, replace

_MARGIN_PX = 28
_FARTHEST = 0.7
"""Of the scale at which all is seen."""


@dataclass(frozen=True, slots=True)
class Camera:
    """What of a map is seen, and how large.

    Attributes:
        width: Of the view, pixels.
        height: Of the view, pixels.
        scale: Pixels for a unit of the map.
        x: Place in the middle of the view.
        y: Place in the middle of the view.
        least: The smallest scale.
        most: The largest.
    """

    width: float
    height: float
    scale: float
    x: float
    y: float
    least: float
    most: float

    @classmethod
    def on_all(cls, width: float, height: float, right: float, bottom: float, files: int) -> "Camera":
        """Return a camera that shows all of a map of some files that goes from 0 to its right and bottom ends."""
        room = max(width - 2 * _MARGIN_PX, 40.0), max(height - 2 * _MARGIN_PX, 40.0)
        scale = min(room[0] / max(right, 0.05), room[1] / max(bottom, 0.05))
        most = max(scale * 4, 240 * max(files, 1) ** 0.5)  # till a file has this much room to itself
        return cls(width, height, scale, right / 2, bottom / 2, scale * _FARTHEST, most)

    def zoomed(self, factor: float, at_x: float, at_y: float) -> "Camera":
        """Return a camera nearer or farther; what is at a pixel of the view stays there."""
        scale = min(max(self.scale * factor, self.least), self.most)
        x, y = self.place_at(at_x, at_y)
        nearer = replace(self, scale=scale)
        return nearer.centred(x - (at_x - self.width / 2) / scale, y - (at_y - self.height / 2) / scale)

    def moved(self, by_x: float, by_y: float) -> "Camera":
        """Return a camera that shows everything so many pixels further to the right and down."""
        return self.centred(self.x - by_x / self.scale, self.y - by_y / self.scale)

    def centred(self, x: float, y: float) -> "Camera":
        """Return a camera with a place in its middle, which is on the map: nobody gets lost beside it."""
        return replace(self, x=min(max(x, 0.0), 1.0), y=min(max(y, 0.0), 1.0))

    def resized(self, width: float, height: float) -> "Camera":
        """Return a camera for a view of another size."""
        return replace(self, width=width, height=height)

    def place_at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place that is seen at a pixel."""
        return self.x + (x - self.width / 2) / self.scale, self.y + (y - self.height / 2) / self.scale

    @property
    def origin(self) -> tuple[float, float]:
        """The pixel at which place (0, 0) is seen."""
        return self.width / 2 - self.x * self.scale, self.height / 2 - self.y * self.scale
