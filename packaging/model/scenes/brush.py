"""A brush that draws in hundredths of its frame, in one style, on a picture twice as large as wanted."""

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from scenes.chance import Rng
from scenes.colours import BLACK, RGB, WHITE, lightness, shade
from scenes.lettering import SANS, font

SCALE = 2

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Style:
    """How shapes are put on paper; the defaults are flat colours without outlines."""

    outline: RGB | None = None
    width: float = 1.0
    wobble: float = 0.0
    """How far points stray, in hundredths of the frame (standard deviation)."""
    paper: RGB | None = None
    """For line drawings: what shapes are filled with instead of their colour."""
    strokes: int = 1
    ink: RGB | None = None
    """For silhouettes: the one colour of everything."""


FLAT = Style()


@dataclass(frozen=True, slots=True)
class Paints:
    """The colours of a drawing: the named one and a second, unnamed one."""

    main: RGB
    second: RGB = WHITE


class Brush:
    """Draws shapes in a frame whose corners are (0, 0) and (100, 100), y downwards."""

    def __init__(
        self,
        image: Image.Image,
        rng: Rng,
        style: Style = FLAT,
        paints: Paints | None = None,
        place: tuple[Points, Points] | None = None,
    ) -> None:
        self.image = image
        self.rng = rng
        self.style = style
        self.paints = paints or Paints((200, 60, 50))
        self._draw = ImageDraw.Draw(image)
        whole: tuple[Points, Points] = (np.diag([image.width / 100, image.height / 100]), np.zeros(2))
        self._matrix: Points
        self._offset: Points
        self._matrix, self._offset = self._place = place or whole

    @property
    def main(self) -> RGB:
        """The colour that captions name."""
        return self.paints.main

    @property
    def dark(self) -> RGB:
        """A darker tone of the main colour."""
        return shade(self.paints.main, 0.7)

    @property
    def light(self) -> RGB:
        """A lighter tone of the main colour."""
        return shade(self.paints.main, 1.35)

    @property
    def second(self) -> RGB:
        """A colour that captions do not name."""
        return self.paints.second

    @property
    def unit(self) -> float:
        """One hundredth of the frame in pixels (geometric mean of both directions)."""
        return math.sqrt(abs(float(np.linalg.det(self._matrix))))

    def frame(self, x: float, y: float, width: float, height: float, *, turn: float = 0, lean: float = 0) -> Self:
        """Return a brush for a smaller frame around a centre; a negative width mirrors it; turn in degrees."""
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        local = np.array([[c, -s], [s, c]]) @ np.array([[1.0, lean], [0.0, 1.0]])
        local = local @ np.diag([width / 100, height / 100])
        offset = self._matrix @ (np.array([x, y]) - local @ np.array([50.0, 50.0])) + self._offset
        return type(self)(self.image, self.rng, self.style, self.paints, (self._matrix @ local, offset))

    def dressed(self, *, paints: Paints | None = None, style: Style | None = None) -> Self:
        """Return a brush for the same frame with other colours or another style."""
        return type(self)(self.image, self.rng, style or self.style, paints or self.paints, self._place)

    def plain(self) -> Self:
        """Return a brush for the same frame that draws its colours as they are, for lettering and signs."""
        return self.dressed(style=replace(FLAT, ink=self.style.ink))

    def poly(self, fill: RGB, *xy: float) -> None:
        """Draw a polygon through points given as x, y pairs in a row."""
        self._shape(fill, _pairs(xy))

    def blob(self, fill: RGB, *xy: float) -> None:
        """Draw a closed smooth shape through points given as x, y pairs in a row."""
        self._shape(fill, _spline(_pairs(xy), closed=True))

    def oval(self, fill: RGB, x: float, y: float, rx: float, ry: float | None = None, *, turn: float = 0) -> None:
        """Draw an ellipse, or a circle where one radius is given."""
        self._shape(fill, _arc(x, y, rx, rx if ry is None else ry, 0, 360, turn)[:-1])

    def pie(self, fill: RGB, x: float, y: float, radius: float, start: float, end: float) -> None:
        """Draw a sector between two angles in degrees, clockwise from the right."""
        self._shape(fill, np.vstack([_arc(x, y, radius, radius, start, end), [[x, y]]]))

    def chord(self, fill: RGB, x: float, y: float, rx: float, ry: float, start: float, end: float) -> None:
        """Draw the part of an ellipse that a straight line cuts off, from one angle to another."""
        self._shape(fill, _arc(x, y, rx, ry, start, end))

    def rect(self, fill: RGB, left: float, top: float, right: float, bottom: float, corner: float = 0) -> None:
        """Draw a rectangle, with rounded corners where a radius is given."""
        if corner <= 0:
            self._shape(fill, np.array([[left, top], [right, top], [right, bottom], [left, bottom]]))
            return
        r = min(corner, abs(right - left) / 2, abs(bottom - top) / 2)
        centres = (
            (right - r, bottom - r, 0),
            (left + r, bottom - r, 90),
            (left + r, top + r, 180),
            (right - r, top + r, 270),
        )
        self._shape(fill, np.vstack([_arc(x, y, r, r, a, a + 90) for x, y, a in centres]))

    def line(self, fill: RGB, width: float, *xy: float) -> None:
        """Draw straight lines through points."""
        self._stroke(self._ink(fill), width, self._placed(_pairs(xy)))

    def curve(self, fill: RGB, width: float, *xy: float) -> None:
        """Draw a smooth line through points."""
        self._stroke(self._ink(fill), width, self._placed(_spline(_pairs(xy), closed=False)))

    def arc(self, fill: RGB, width: float, x: float, y: float, rx: float, ry: float, span: tuple[float, float]) -> None:
        """Draw part of an ellipse's outline, between two angles in degrees."""
        self._stroke(self._ink(fill), width, self._placed(_arc(x, y, rx, ry, *span)))

    def text(
        self, fill: RGB, x: float, y: float, size: float, words: str, *, face: int = SANS, anchor: str = "lt"
    ) -> None:
        """Write words, upright whatever the frame's turn; size is the letters' height in the frame's units."""
        at = self._matrix @ np.array([x, y]) + self._offset
        letters = font(face, max(round(size * float(np.linalg.norm(self._matrix[:, 1]))), 5))
        self._draw.text((float(at[0]), float(at[1])), words, fill=self._ink(fill), font=letters, anchor=anchor)

    def _placed(self, points: Points) -> list[float]:
        if self.style.wobble:
            points = points + self.rng.normal(0, self.style.wobble, points.shape)
        placed: list[float] = (points @ self._matrix.T + self._offset).ravel().tolist()
        return placed

    def _ink(self, fill: RGB) -> RGB:
        style = self.style
        if style.ink is not None:
            return style.ink
        return style.outline or BLACK if style.paper is not None else fill

    def _filling(self, fill: RGB) -> RGB:
        style = self.style
        if style.ink is not None:
            return style.ink
        if style.paper is not None:
            return (style.outline or BLACK) if lightness(fill) < 60 else style.paper
        return fill

    def _shape(self, fill: RGB, points: Points) -> None:
        placed = self._placed(points)
        if len(placed) < 6:
            return
        self._draw.polygon(placed, fill=self._filling(fill))
        if self.style.outline is not None:
            for _ in range(self.style.strokes):
                again = placed if self.style.strokes == 1 else self._placed(points)
                self._stroke(self.style.outline, self.style.width, [*again, *again[:4]])

    def _stroke(self, ink: RGB, width: float, placed: list[float]) -> None:
        pixels = max(round(width * self.unit), 1)
        self._draw.line(placed, fill=ink, width=pixels, joint="curve" if pixels > 3 else None)


def _pairs(xy: tuple[float, ...]) -> Points:
    return np.array(xy, dtype=np.float64).reshape(-1, 2)


def _arc(x: float, y: float, rx: float, ry: float, start: float, end: float, turn: float = 0) -> Points:
    count = max(int(abs(end - start) / 12), 3) + 1
    angles = np.radians(np.linspace(start, end, count))
    px, py = rx * np.cos(angles), ry * np.sin(angles)
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return np.stack([x + px * c - py * s, y + px * s + py * c], axis=1)


_T = np.linspace(0, 1, 6, endpoint=False)[:, None]


def _spline(p: Points, *, closed: bool) -> Points:
    """Return points on the uniform Catmull-Rom spline through p, shape (n, 2), float64."""
    before = np.roll(p, 1, axis=0)
    after = np.roll(p, -1, axis=0)
    if not closed:
        before[0], after[-1] = p[0], p[-1]
    beyond = np.roll(after, -1, axis=0)
    if not closed:
        beyond[-2:] = p[-1]
    a, b, c, d = (q[:, None, :] for q in (before, p, after, beyond))
    t = _T
    line = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    flat: Points = line.reshape(-1, 2)
    return flat if closed else np.vstack([flat[: -len(_T)], p[-1:]])
