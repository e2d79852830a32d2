"""Geometric shapes with colours, counts, places and patterns."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from scenes.backgrounds import background
from scenes.brush import FLAT, SCALE, Brush, Style
from scenes.chance import Rng, maybe, pick, some, weighted
from scenes.colours import BLACK, WHITE, Colour, colour, mix, two_colours
from scenes.finish import finished, photo
from scenes.scene import Scene
from scenes.words import article, chosen, counted

Shape = Callable[[Brush, Colour], None]


def _regular(sides: int) -> Shape:
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False) - np.pi / 2
    xy = [float(v) for a in angles for v in (50 + 46 * np.cos(a), 50 + 46 * np.sin(a))]

    def draw(b: Brush, tone: Colour) -> None:
        b.poly(tone.rgb, *xy)

    return draw


def _circle(b: Brush, tone: Colour) -> None:
    b.oval(tone.rgb, 50, 50, 46)


def _ellipse(b: Brush, tone: Colour) -> None:
    b.oval(tone.rgb, 50, 50, 47, 28)


def _square(b: Brush, tone: Colour) -> None:
    b.rect(tone.rgb, 8, 8, 92, 92)


def _rectangle(b: Brush, tone: Colour) -> None:
    b.rect(tone.rgb, 2, 24, 98, 76)


def _star(b: Brush, tone: Colour) -> None:
    b.poly(tone.rgb, 50, 4, 61, 38, 97, 38, 68, 59, 79, 94, 50, 73, 21, 94, 32, 59, 3, 38, 39, 38)


def _heart(b: Brush, tone: Colour) -> None:
    b.blob(tone.rgb, 50, 92, 24, 70, 6, 44, 8, 20, 28, 10, 50, 28, 72, 10, 92, 20, 94, 44, 76, 70)


def _cross(b: Brush, tone: Colour) -> None:
    b.poly(tone.rgb, 36, 4, 64, 4, 64, 36, 96, 36, 96, 64, 64, 64, 64, 96, 36, 96, 36, 64, 4, 64, 4, 36, 36, 36)


def _arrow(b: Brush, tone: Colour) -> None:
    b.poly(tone.rgb, 4, 38, 56, 38, 56, 14, 97, 50, 56, 86, 56, 62, 4, 62)


def _ring(b: Brush, tone: Colour) -> None:
    b.arc(tone.rgb, 15, 50, 50, 38, 38, (0, 360))


def _diamond(b: Brush, tone: Colour) -> None:
    b.poly(tone.rgb, 50, 2, 86, 50, 50, 98, 14, 50)


def _half_circle(b: Brush, tone: Colour) -> None:
    b.chord(tone.rgb, 50, 72, 46, 46, 180, 360)


def _spiral(b: Brush, tone: Colour) -> None:
    turns = np.linspace(0, 6 * np.pi, 60)
    b.line(tone.rgb, 5, *(float(v) for t in turns for v in (50 + t * 2.4 * np.cos(t), 50 + t * 2.4 * np.sin(t))))


def _wave(b: Brush, tone: Colour) -> None:
    b.curve(tone.rgb, 8, 4, 50, 16, 34, 28, 50, 40, 66, 52, 50, 64, 34, 76, 50, 88, 66, 97, 52)


def _cube(b: Brush, tone: Colour) -> None:
    b.poly(mix(tone.rgb, WHITE, 0.35), 50, 6, 90, 26, 50, 46, 10, 26)
    b.poly(tone.rgb, 10, 26, 50, 46, 50, 94, 10, 74)
    b.poly(mix(tone.rgb, BLACK, 0.35), 90, 26, 50, 46, 50, 94, 90, 74)


SHAPES: dict[str, Shape] = {
    "circle": _circle,
    "square": _square,
    "triangle": _regular(3),
    "star": _star,
    "heart": _heart,
    "rectangle": _rectangle,
    "pentagon": _regular(5),
    "hexagon": _regular(6),
    "cross": _cross,
    "arrow": _arrow,
    "ring": _ring,
    "diamond": _diamond,
    "ellipse": _ellipse,
    "half circle": _half_circle,
    "spiral": _spiral,
    "wavy line": _wave,
    "cube": _cube,
    "octagon": _regular(8),
}
_WORDS = {
    "circle": ("ball", "dot", "disc"),
    "ellipse": ("oval",),
    "ring": ("round ring",),
    "cross": ("plus sign",),
    "diamond": ("rhombus",),
}
_NAMES = tuple(SHAPES)
_COMMON = _NAMES[:6]


def _name(rng: Rng) -> str:
    return pick(rng, _COMMON) if maybe(rng, 0.6) else pick(rng, _NAMES)


def _synonym(rng: Rng, name: str) -> str:
    return pick(rng, _WORDS[name]) if name in _WORDS else name


def _sheet(rng: Rng, size_px: int) -> tuple[Image.Image, Brush]:
    if maybe(rng, 0.5):
        ground = Image.new(
            "RGB", (size_px * SCALE, size_px * SCALE), WHITE if maybe(rng, 0.7) else mix(colour(rng).rgb, WHITE, 0.8)
        )
    else:
        ground = background(rng, size_px).resize((size_px * SCALE, size_px * SCALE))
    outline = Style(outline=BLACK, width=float(rng.uniform(1, 4))) if maybe(rng, 0.25) else FLAT
    return ground, Brush(ground, rng, outline)


def _done(rng: Rng, image: Image.Image) -> Image.Image:
    small = image.reduce(SCALE)
    kind = weighted(rng, (("plain", 6), ("photo", 3), ("any", 1)))
    if kind == "plain":
        return small
    return photo(rng, small) if kind == "photo" else finished(rng, small)[0]


def _grid(rng: Rng, count: int) -> list[tuple[float, float, float]]:
    columns = int(np.ceil(np.sqrt(count + 1e-9)))
    cell = 100 / columns
    cells = some(rng, [(c, r) for r in range(columns) for c in range(columns)], count)
    out = []
    for c, r in cells:
        size = cell * float(rng.uniform(0.45, 0.85))
        slack = (cell - size) / 2
        out.append(
            (
                (c + 0.5) * cell + float(rng.uniform(-1, 1)) * slack,
                (r + 0.5) * cell + float(rng.uniform(-1, 1)) * slack,
                size,
            )
        )
    return out


def counted_shapes(rng: Rng, size_px: int) -> Scene:
    """Draw one to twelve shapes of one kind and colour."""
    name, tone = _name(rng), colour(rng)
    count = weighted(rng, ((1, 4), (2, 4), (3, 4), (4, 3), (5, 3), (6, 2), (7, 1), (8, 1), (9, 1), (12, 1)))
    image, b = _sheet(rng, size_px)
    for x, y, size in _grid(rng, count):
        SHAPES[name](b.frame(x, y, size, size, turn=float(rng.normal(0, 8))), tone)
    noun, other = f"{tone.name} {name}", f"{tone.name} {_synonym(rng, name)}"
    captions = [
        counted(count, noun),
        f"a drawing with {counted(count, other)}",
        f"{counted(count, other)} on a {pick(rng, ('plain', 'simple'))} background",
        f"geometric figure: {counted(count, noun)}",
        counted(count, name),
    ]
    return Scene(_done(rng, image), chosen(rng, captions), "shapes")


_PLACES = {
    "left of": ((28, 50), (72, 50)),
    "right of": ((72, 50), (28, 50)),
    "above": ((50, 28), (50, 74)),
    "below": ((50, 74), (50, 28)),
}


def two_shapes(rng: Rng, size_px: int) -> Scene:
    """Draw two different shapes and say how they lie to each other."""
    names = [_name(rng), _name(rng)]
    tones = two_colours(rng)
    image, b = _sheet(rng, size_px)
    nouns = [article(f"{t.name} {n}") for t, n in zip(tones, names, strict=True)]
    relation = pick(rng, (*_PLACES, "inside"))
    places = _PLACES.get(relation, ((50, 50), (50, 50)))
    sizes = (34, 88) if relation == "inside" else (float(rng.uniform(30, 44)), float(rng.uniform(30, 44)))
    for i in (1, 0):
        SHAPES[names[i]](b.frame(*places[i], sizes[i], sizes[i]), tones[i])
    captions = [
        f"{nouns[0]} {relation} {nouns[1]}",
        f"{nouns[0]} and {nouns[1]}",
        f"a drawing of two shapes: {nouns[1]} and {nouns[0]}",
    ]
    return Scene(_done(rng, image), chosen(rng, captions), "shapes")


def pattern(rng: Rng, size_px: int) -> Scene:
    """Draw a pattern: stripes, dots, checks, waves, zigzag, a mosaic."""
    one, other = two_colours(rng)
    image = Image.new("RGB", (size_px * SCALE, size_px * SCALE), other.rgb)
    b = Brush(image, rng)
    kind = pick(
        rng,
        (
            "horizontal stripes",
            "vertical stripes",
            "diagonal stripes",
            "polka dots",
            "checkerboard",
            "waves",
            "zigzag",
            "grid",
            "concentric circles",
            "mosaic",
            "star pattern",
        ),
    )
    step = float(rng.uniform(8, 24))
    _PATTERNS[kind](b, one, step)
    both = f"{one.name} and {other.name}"
    captions = [
        f"{both} {kind}",
        f"a pattern of {kind}",
        f"{kind} in {both}",
        f"an abstract {both} pattern",
        f"wallpaper with {kind}",
    ]
    if kind == "mosaic":
        captions = ["a colourful mosaic", "mosaic pattern of coloured squares", "abstract coloured squares"]
    return Scene(_done(rng, image), chosen(rng, captions), "pattern")


def _steps(step: float) -> list[float]:
    return [float(v) for v in np.arange(-100, 200, step)]


def _stripes(turn: float) -> Callable[[Brush, Colour, float], None]:
    def draw(b: Brush, tone: Colour, step: float) -> None:
        turned = b.frame(50, 50, 100, 100, turn=turn)
        for y in _steps(step):
            turned.rect(tone.rgb, -60, y, 160, y + step / 2)

    return draw


def _dots(b: Brush, tone: Colour, step: float) -> None:
    for row, y in enumerate(_steps(step)):
        if -step < y < 100 + step:
            for x in np.arange(-step, 100 + step, step):
                b.oval(tone.rgb, float(x) + row % 2 * step / 2, y, step * 0.3)


def _checks(b: Brush, tone: Colour, step: float) -> None:
    for i in range(int(100 / step) + 1):
        for j in range(i % 2, int(100 / step) + 1, 2):
            b.rect(tone.rgb, i * step, j * step, (i + 1) * step, (j + 1) * step)


def _waves(b: Brush, tone: Colour, step: float) -> None:
    for y in np.arange(0, 110, step):
        b.curve(
            tone.rgb,
            step / 3,
            *(float(v) for i, x in enumerate(range(-5, 115, 10)) for v in (x, y + (step / 4 if i % 2 else -step / 4))),
        )


def _zigzag(b: Brush, tone: Colour, step: float) -> None:
    for y in np.arange(0, 110, step):
        b.line(
            tone.rgb,
            step / 3,
            *(
                float(v)
                for i, x in enumerate(np.arange(-5, 115, step / 1.5))
                for v in (x, y + (step / 3 if i % 2 else -step / 3))
            ),
        )


def _lines(b: Brush, tone: Colour, step: float) -> None:
    for v in np.arange(step / 2, 100, step):
        b.line(tone.rgb, 1.5, float(v), 0, float(v), 100)
        b.line(tone.rgb, 1.5, 0, float(v), 100, float(v))


def _circles(b: Brush, tone: Colour, step: float) -> None:
    for r in np.arange(step / 2, 75, step):
        b.arc(tone.rgb, step / 2.5, 50, 50, float(r), float(r), (0, 360))


def _mosaic(b: Brush, tone: Colour, step: float) -> None:
    for x in np.arange(0, 100, step):
        for y in np.arange(0, 100, step):
            b.rect(colour(b.rng).rgb, float(x), float(y), float(x) + step * 0.92, float(y) + step * 0.92)
    b.rect(tone.rgb, 0, 0, step * 0.9, step * 0.9)


def _stars(b: Brush, tone: Colour, step: float) -> None:
    for x in np.arange(step, 100, step * 1.5):
        for y in np.arange(step, 100, step * 1.5):
            _star(b.frame(float(x), float(y), step, step), tone)


_PATTERNS: dict[str, Callable[[Brush, Colour, float], None]] = {
    "horizontal stripes": _stripes(0),
    "vertical stripes": _stripes(90),
    "diagonal stripes": _stripes(45),
    "polka dots": _dots,
    "checkerboard": _checks,
    "waves": _waves,
    "zigzag": _zigzag,
    "grid": _lines,
    "concentric circles": _circles,
    "mosaic": _mosaic,
    "star pattern": _stars,
}
