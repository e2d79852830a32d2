"""How a picture lies in a view: fitted, or in a scale of its own around a place of the picture. Pure."""

from dataclasses import dataclass, replace

MOST_SCALE = 8.0
_STEP = 1.25
_WHOLE = 0.5


@dataclass(frozen=True, slots=True)
class Zoom:
    """A picture in a view.

    Attributes:
        width: Of the picture, pixels.
        height: Of the picture, pixels.
        room_width: Of the view, pixels of the screen.
        room_height: Of the view, pixels of the screen.
        grows: Whether fitting may enlarge it, as a page's picture may, which is drawn as large as is wanted.
        scale: Pixels of the screen that a pixel of the picture takes; None while it is fitted.
        x: Share of the picture's width that lies in the middle of the view.
        y: Share of the picture's height that lies in the middle of the view.
    """

    width: float
    height: float
    room_width: float
    room_height: float
    grows: bool = False
    scale: float | None = None
    x: float = _WHOLE
    y: float = _WHOLE

    @property
    def fitting(self) -> float:
        """The scale in which all of it is seen, and no larger than it is."""
        if not self.width or not self.height:
            return 1.0
        fits = min(self.room_width / self.width, self.room_height / self.height)
        return fits if self.grows else min(1.0, fits)

    @property
    def shown_scale(self) -> float:
        """The scale in which it is shown."""
        return self.fitting if self.scale is None else self.scale

    @property
    def place(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the picture in the view, pixels of the screen."""
        width, height = self.width * self.shown_scale, self.height * self.shown_scale
        return (
            _along(self.room_width, width, self.x),
            _along(self.room_height, height, self.y),
            width,
            height,
        )

    def in_room(self, width: float, height: float) -> "Zoom":
        """Return it in a view of another size."""
        return replace(self, room_width=width, room_height=height)

    def fitted(self) -> "Zoom":
        """Return it fitted."""
        return replace(self, scale=None, x=_WHOLE, y=_WHOLE)

    def scaled(self, scale: float, at: tuple[float, float] | None = None) -> "Zoom":
        """Return it in another scale; what lies at a place of the view, or in its middle, stays there."""
        least = min(self.fitting, 1.0)
        scale = min(max(scale, least), max(MOST_SCALE, self.fitting))
        if scale <= self.fitting:
            return self.fitted()
        across, down = at or (self.room_width / 2, self.room_height / 2)
        left, top, width, height = self.place
        over, under = (across - left) / width, (down - top) / height
        moved_x = over + (self.room_width / 2 - across) / (self.width * scale)
        moved_y = under + (self.room_height / 2 - down) / (self.height * scale)
        return _kept_in(replace(self, scale=scale, x=moved_x, y=moved_y))

    def stepped(self, steps: float, at: tuple[float, float] | None = None) -> "Zoom":
        """Return it larger or smaller by steps."""
        return self.scaled(self.shown_scale * _STEP**steps, at)

    def moved(self, across: float, down: float) -> "Zoom":
        """Return it pushed by so many pixels of the screen."""
        _, _, width, height = self.place
        if self.scale is None or not width or not height:
            return self
        return _kept_in(replace(self, x=self.x - across / width, y=self.y - down / height))


def _kept_in(zoom: Zoom) -> Zoom:
    """Return a picture in its view with no more room beside it than there has to be."""
    _, _, width, height = zoom.place
    return replace(zoom, x=_held(zoom.x, zoom.room_width, width), y=_held(zoom.y, zoom.room_height, height))


def _along(room: float, extent: float, middle: float) -> float:
    """Return where a picture begins along one side of a view."""
    return (room - extent) / 2 if extent <= room else room / 2 - extent * middle


def _held(middle: float, room: float, extent: float) -> float:
    if extent <= room:
        return _WHOLE
    half = room / 2 / extent
    return min(max(middle, half), 1 - half)
