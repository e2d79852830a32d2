"""A canvas for flat illustrations: soft shapes and gradients, drawn three times too large and scaled down."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Fill = str | tuple[str, ...]
"""A colour, or the colours of a gradient from top to bottom at equal distances."""

At = Callable[[Sequence[Point]], list[Point]]
Draw = Callable[[ImageDraw.ImageDraw, At], object]

SCALE = 3


def curve(points: Sequence[Point], *, closed: bool = False, steps: int = 14) -> list[Point]:
    """Return a smooth line through points (a Catmull-Rom spline)."""
    count = len(points)
    spans = range(count if closed else count - 1)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    line = []
    for i in spans:
        a, b, c, d = at(i - 1), at(i), at(i + 1), at(i + 2)
        for step in range(steps):
            t = step / steps
            line.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return line if closed else [*line, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def pts(text: str, x: float = 0, y: float = 0, size: float = 1) -> list[Point]:
    """Return the points written as "x,y x,y", moved to a place and scaled."""
    pairs = (pair.split(",") for pair in text.split())
    return [(x + float(px) * size, y + float(py) * size) for px, py in pairs]


def arc(x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360, steps: int = 48) -> list[Point]:
    """Return points on an ellipse around a centre, from one angle to another in degrees, clockwise from the right."""
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def turned(points: Sequence[Point], x: float, y: float, degrees: float) -> list[Point]:
    """Return points turned clockwise around a centre."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c) for px, py in points]


class Canvas:
    """A picture of a given size; all coordinates are pixels of the finished picture.

    Every drawing method takes the fill first and, by keyword, `alpha` (0 to 1) and `blur` (a radius in pixels).
    """

    def __init__(self, width: int, height: int, fill: Fill = "#ffffff") -> None:
        self.width = width
        self.height = height
        self._image = Image.new("RGB", (width * SCALE, height * SCALE))
        self._clip: Image.Image | None = None
        self.polygon(fill, [(0, 0), (width, 0), (width, height), (0, height)])

    def finished(self) -> Image.Image:
        """Return the picture at its size."""
        return self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def polygon(self, fill: Fill, points: Sequence[Point], *, alpha: float = 1, blur: float = 0) -> None:
        """Fill a polygon."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        self._paint(
            fill, (min(xs), min(ys), max(xs), max(ys)), alpha, blur, lambda pen, at: pen.polygon(at(points), 255)
        )

    def blob(self, fill: Fill, points: Sequence[Point], *, alpha: float = 1, blur: float = 0) -> None:
        """Fill the smooth closed shape through points."""
        self.polygon(fill, curve(points, closed=True), alpha=alpha, blur=blur)

    def hills(self, fill: Fill, points: Sequence[Point], *, alpha: float = 1, blur: float = 0) -> None:
        """Fill everything below the smooth line through points."""
        line = curve(points)
        ground = [(line[-1][0], self.height), (line[0][0], self.height)]
        self.polygon(fill, [*line, *ground], alpha=alpha, blur=blur)

    def ellipse(
        self, fill: Fill, x: float, y: float, rx: float, ry: float | None = None, *, alpha: float = 1, blur: float = 0
    ) -> None:
        """Fill an ellipse around a centre; a circle with one radius."""
        self.polygon(fill, arc(x, y, rx, rx if ry is None else ry, steps=96), alpha=alpha, blur=blur)

    def box(
        self,
        fill: Fill,
        corners: tuple[float, float, float, float],
        radius: float = 0,
        *,
        alpha: float = 1,
        blur: float = 0,
    ) -> None:
        """Fill a rectangle (left, top, right, bottom) with rounded corners."""
        left, top, right, bottom = corners
        r = min(radius, (right - left) / 2, (bottom - top) / 2)
        points = [
            *arc(right - r, top + r, r, r, -90, 0, 12),
            *arc(right - r, bottom - r, r, r, 0, 90, 12),
            *arc(left + r, bottom - r, r, r, 90, 180, 12),
            *arc(left + r, top + r, r, r, 180, 270, 12),
        ]
        self.polygon(fill, points, alpha=alpha, blur=blur)

    def line(
        self,
        fill: Fill,
        points: Sequence[Point],
        width: float = 2,
        *,
        smooth: bool = False,
        alpha: float = 1,
        blur: float = 0,
    ) -> None:
        """Draw a line with round ends and joints."""
        path = curve(points) if smooth else list(points)
        xs, ys = [p[0] for p in path], [p[1] for p in path]
        half = width / 2

        def draw(pen: ImageDraw.ImageDraw, at: At) -> None:
            pen.line(at(path), 255, max(1, round(width * SCALE)))
            r = half * SCALE
            for x, y in at(path):
                pen.ellipse((x - r, y - r, x + r, y + r), 255)

        self._paint(fill, (min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half), alpha, blur, draw)

    def glow(self, colour: str, x: float, y: float, radius: float, strength: float = 1) -> None:
        """Add light that fades from a centre."""
        size = round(2 * radius * SCALE)
        fade = Image.radial_gradient("L").resize((size, size), Image.Resampling.BICUBIC)
        mask = fade.point([round(255 * strength * max(0.0, 1 - i / 181) ** 2) for i in range(256)])
        corner = (round((x - radius) * SCALE), round((y - radius) * SCALE))
        self._put(Image.new("RGB", mask.size, colour), mask, corner)

    def text(
        self, fill: str, x: float, y: float, words: str, size: float, *, anchor: str = "lm", weight: float = 0
    ) -> None:
        """Write one line; `anchor` as Pillow names it, `weight` thickens the strokes, in pixels."""
        font = ImageFont.load_default(size * SCALE)
        mask = Image.new("L", self._image.size)
        pen = ImageDraw.Draw(mask)
        stroke = round(weight * SCALE)
        pen.text((x * SCALE, y * SCALE), words, 255, font, anchor, stroke_width=stroke)
        box = mask.getbbox()
        if box:
            part = mask.crop(box)
            self._put(Image.new("RGB", part.size, fill), part, box[:2])

    @contextmanager
    def inside(self, points: Sequence[Point]) -> Iterator[None]:
        """Draw only inside a polygon for a while."""
        before = self._clip
        clip = Image.new("L", self._image.size)
        ImageDraw.Draw(clip).polygon([(x * SCALE, y * SCALE) for x, y in points], 255)
        self._clip = clip if before is None else ImageChops.multiply(before, clip)
        try:
            yield
        finally:
            self._clip = before

    def _paint(
        self, fill: Fill, bounds: tuple[float, float, float, float], alpha: float, blur: float, draw: Draw
    ) -> None:
        """Draw a mask that is just large enough, blur it, and put the fill through it."""
        margin = 3 * blur + 1
        left = math.floor((max(bounds[0], -blur * 3 - 400) - margin) * SCALE)
        top = math.floor((max(bounds[1], -blur * 3 - 400) - margin) * SCALE)
        right = math.ceil((min(bounds[2], self.width + 400) + margin) * SCALE)
        bottom = math.ceil((min(bounds[3], self.height + 400) + margin) * SCALE)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        draw(ImageDraw.Draw(mask), lambda points: [(x * SCALE - left, y * SCALE - top) for x, y in points])
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        if alpha < 1:
            mask = mask.point([round(i * alpha) for i in range(256)])
        self._put(_paper(fill, mask.size), mask, (left, top))

    def _put(self, paper: Image.Image, mask: Image.Image, corner: tuple[int, int]) -> None:
        if self._clip is not None:
            box = (*corner, corner[0] + mask.width, corner[1] + mask.height)
            mask = ImageChops.multiply(mask, self._clip.crop(box))
        self._image.paste(paper, corner, mask)


def _paper(fill: Fill, size: tuple[int, int]) -> Image.Image:
    """Return a picture of one colour, or of a gradient from top to bottom."""
    if isinstance(fill, str):
        return Image.new("RGB", size, fill)
    spans = len(fill) - 1
    column = Image.new("RGB", (1, 64 * spans + 1))
    for row in range(column.height):
        span = min(row // 64, spans - 1)
        column.putpixel((0, row), mixed(fill[span], fill[span + 1], row / 64 - span))
    return column.resize(size, Image.Resampling.BILINEAR)


def mixed(one: str, other: str, share: float) -> tuple[int, int, int]:
    """Return the colour between two colours "#rrggbb" at a share from 0 to 1."""
    a, b = (bytes.fromhex(colour[1:]) for colour in (one, other))
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def blend(one: str, other: str, share: float) -> str:
    """Return the colour between two colours as "#rrggbb"."""
    return "#" + bytes(mixed(one, other, share)).hex()
