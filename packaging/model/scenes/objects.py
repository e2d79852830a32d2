"""Pictures of everyday things: one in the middle, several of a kind, two or three different ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from scenes.backgrounds import background
from scenes.brush import FLAT, SCALE, Brush, Paints, Style
from scenes.chance import Rng, maybe, pick, some, weighted
from scenes.colours import BLACK, RGB, WHITE, Colour, colour, jittered, mix, named
from scenes.finish import COLOURLESS, finished, lit, pasted
from scenes.scene import Scene
from scenes.things.catalogue import THINGS
from scenes.things.registry import Thing
from scenes.words import article, chosen, counted, listed, uncountable


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture's things are drawn, and what people call that ("" where they would not say)."""

    style: Style
    word: str = ""
    volume: bool = False
    monochrome: bool = False


def look(rng: Rng) -> Look:
    """Return a random way of drawing."""
    wobble = float(rng.uniform(0, 0.8))
    kind = weighted(
        rng, (("flat", 30), ("volume", 34), ("outlined", 16), ("lines", 9), ("sketch", 7), ("silhouette", 4))
    )
    if kind == "outlined":
        return Look(
            Style(
                outline=mix(BLACK, pick(rng, (BLACK, (70, 40, 20), (40, 40, 90))), 0.6),
                width=float(rng.uniform(0.8, 2.6)),
                wobble=wobble,
            ),
            "cartoon",
        )
    if kind == "lines":
        ink = jittered(rng, pick(rng, (BLACK, BLACK, (40, 60, 140))))
        return Look(
            Style(outline=ink, width=float(rng.uniform(0.7, 2.4)), wobble=wobble, paper=WHITE),
            "line drawing",
            monochrome=True,
        )
    if kind == "sketch":
        ink = pick(rng, ((60, 60, 64), (90, 86, 84), (50, 60, 120)))
        return Look(
            Style(outline=ink, width=0.7, wobble=0.9, paper=(250, 249, 246), strokes=2), "sketch", monochrome=True
        )
    if kind == "silhouette":
        return Look(Style(wobble=wobble, ink=pick(rng, (BLACK, BLACK, colour(rng).rgb))), "silhouette", monochrome=True)
    return Look(Style(wobble=wobble * 0.7), "drawing" if kind == "flat" else "", volume=kind == "volume")


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of the picture, with its colour where captions may say it."""

    thing: Thing
    colour: Colour

    def said(self, rng: Rng, *, with_colour: bool, in_numbers: bool = False) -> str:
        """Return one of the thing's names, after its colour where that is wanted and shows."""
        others = [name for name in self.thing.also if not (in_numbers and uncountable(name))]
        name = self.thing.name if maybe(rng, 0.6) or not others else pick(rng, others)
        clash = any(word in name for word in ("red", "green", "yellow", "orange", "pink", "grey", "golden", "colo"))
        return f"{self.colour.name} {name}" if with_colour and self.thing.coloured and not clash else name


def draw_item(rng: Rng, brush: Brush, item: Item) -> None:
    """Draw one variant of a thing in the brush's frame."""
    paints = Paints(item.colour.rgb, mix(colour(rng).rgb, WHITE, 0.2))
    pick(rng, item.thing.variants)(brush.dressed(paints=paints))


def _item(rng: Rng) -> Item:
    return in_some_colour(rng, pick(rng, THINGS))


def in_some_colour(rng: Rng, kind: Thing) -> Item:
    """Return a thing in one of the colours that it comes in."""
    return Item(kind, named(rng, pick(rng, kind.tones)) if kind.tones else colour(rng))


def _spots(rng: Rng, count: int) -> list[tuple[float, float, float]]:
    """Return places without overlap for several frames: x, y and size in hundredths of the picture."""
    columns = int(np.ceil(np.sqrt(count))) if count > 3 or maybe(rng, 0.5) else count
    columns = max(columns, 1)
    rows = -(-count // columns)
    cell_w, cell_h = 100 / columns, 100 / rows
    size = min(cell_w, cell_h) * float(rng.uniform(0.7, 0.95))
    cells = [(c, r) for r in range(rows) for c in range(columns)]
    taken = cells[:count] if maybe(rng, 0.5) else some(rng, cells, count)
    slack_x, slack_y = (cell_w - size) / 2, (cell_h - size) / 2
    return [
        (
            (c + 0.5) * cell_w + float(rng.uniform(-1, 1)) * slack_x,
            (r + 0.5) * cell_h + float(rng.uniform(-1, 1)) * slack_y,
            size,
        )
        for c, r in taken
    ]


def _placed(rng: Rng, brush: Brush, x: float, y: float, size: float) -> Brush:
    flip = -1 if maybe(rng, 0.5) else 1
    turn = float(rng.normal(0, 6)) if maybe(rng, 0.75) else float(rng.normal(0, 25))
    stretch = float(np.exp(rng.normal(0, 0.09)))
    return brush.frame(x, y, size * stretch * flip, size / stretch, turn=turn, lean=float(rng.normal(0, 0.06)))


def _layer(
    rng: Rng, size_px: int, style: Style, items: Sequence[Item], spots: Sequence[tuple[float, float, float]]
) -> Image.Image:
    layer = Image.new("RGBA", (size_px * SCALE, size_px * SCALE), (0, 0, 0, 0))
    brush = Brush(layer, rng, style)
    for item, (x, y, size) in zip(items, spots, strict=True):
        draw_item(rng, _placed(rng, brush, x, y, size), item)
    return layer.reduce(SCALE)


def _ground(rng: Rng, size_px: int, way: Look) -> Image.Image:
    if not way.monochrome:
        return background(rng, size_px)
    tone: RGB = way.style.paper or mix(colour(rng).rgb, WHITE, float(rng.uniform(0.6, 1)))
    return Image.new(
        "RGB", (size_px, size_px), tone if maybe(rng, 0.7) else mix(tone, jittered(rng, (230, 214, 180)), 0.5)
    )


def _picture(
    rng: Rng, size_px: int, items: Sequence[Item], spots: Sequence[tuple[float, float, float]]
) -> tuple[Image.Image, Look, str]:
    way = look(rng)
    layer = _layer(rng, size_px, way.style, items, spots)
    if way.volume:
        layer = lit(rng, layer)
    shadow = float(rng.uniform(0.2, 0.6)) if way.volume and maybe(rng, 0.7) else 0.0
    picture, finish = finished(rng, pasted(rng, _ground(rng, size_px, way), layer, shadow))
    return picture, way, finish


def _manner(rng: Rng, way: Look, finish: str, noun: str) -> str:
    word = finish or way.word
    return (
        f"{article(word)} of {noun}"
        if word
        else f"{pick(rng, ('a picture of', 'an image of', 'an illustration of'))} {noun}"
    )


def one_thing(rng: Rng, size_px: int) -> Scene:
    """Draw one thing, mostly large and near the middle."""
    item = _item(rng)
    size = float(rng.uniform(62, 98)) if maybe(rng, 0.75) else float(rng.uniform(35, 62))
    play = (100 - size) / 2
    spot = (50 + float(rng.uniform(-1, 1)) * play, 50 + float(rng.uniform(-1, 1)) * play, size)
    picture, way, finish = _picture(rng, size_px, [item], [spot])
    shown = not way.monochrome and finish not in COLOURLESS
    first = item.said(rng, with_colour=shown)
    captions = [
        article(first),
        item.thing.name,
        _manner(rng, way, finish, article(item.said(rng, with_colour=shown and maybe(rng, 0.5)))),
        item.said(rng, with_colour=False),
        article(item.said(rng, with_colour=shown)),
    ]
    return Scene(picture, chosen(rng, captions), "object")


def many_of_one(rng: Rng, size_px: int) -> Scene:
    """Draw two to nine of one thing, in one colour."""
    item = _item(rng)
    count = weighted(rng, ((2, 5), (3, 5), (4, 4), (5, 3), (6, 2), (7, 1), (9, 1)))
    picture, way, finish = _picture(rng, size_px, [item] * count, _spots(rng, count))
    shown = not way.monochrome and finish not in COLOURLESS
    name = item.said(rng, with_colour=shown, in_numbers=True)
    captions = [
        counted(count, name),
        counted(count, item.thing.name),
        _manner(rng, way, finish, counted(count, item.said(rng, with_colour=False, in_numbers=True))),
        f"{'a pair of' if count == 2 else 'several'} {counted(2, name).removeprefix('two ')}",
    ]
    return Scene(picture, chosen(rng, captions), "several of one object")


def different_things(rng: Rng, size_px: int) -> Scene:
    """Draw two or three different things beside each other."""
    count = 2 if maybe(rng, 0.7) else 3
    items = [in_some_colour(rng, kind) for kind in some(rng, THINGS, count)]
    picture, way, finish = _picture(rng, size_px, items, _spots(rng, count))
    shown = not way.monochrome and finish not in COLOURLESS
    names = [article(item.said(rng, with_colour=shown)) for item in items]
    plain = [article(item.thing.name) for item in items]
    captions = [
        listed(names),
        listed(plain),
        f"{plain[0]} next to {listed(plain[1:])}",
        _manner(rng, way, finish, listed(some(rng, plain, count))),
    ]
    return Scene(picture, chosen(rng, captions), "different objects")


def sign(rng: Rng, size_px: int) -> Scene:
    """Draw a thing as an icon on a round or square badge."""
    item = _item(rng)
    badge = colour(rng)
    image = Image.new(
        "RGB", (size_px * SCALE, size_px * SCALE), WHITE if maybe(rng, 0.7) else jittered(rng, (232, 234, 240))
    )
    brush = Brush(image, rng, FLAT)
    if maybe(rng, 0.5):
        brush.oval(badge.rgb, 50, 50, 44)
    else:
        brush.rect(badge.rgb, 8, 8, 92, 92, float(rng.uniform(4, 22)))
    ink = WHITE if sum(badge.rgb) < 480 else named(rng, "black").rgb
    draw_item(rng, brush.dressed(style=Style(ink=ink) if maybe(rng, 0.5) else FLAT).frame(50, 50, 56, 56), item)
    captions = [
        f"an icon of {article(item.thing.name)}",
        f"{item.thing.name} icon on {article(badge.name)} badge",
        f"an app icon with {article(item.thing.name)}",
        f"{item.thing.name} symbol",
    ]
    return Scene(image.reduce(SCALE), chosen(rng, captions), "icon")
