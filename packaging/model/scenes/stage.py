"""The stage of a moment: a setting behind, things in front, lights that glow, and what captions may say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack

import numpy as np
from PIL import Image

from scenes.brush import Brush
from scenes.chance import Rng, maybe
from scenes.colours import RGB, Colour
from scenes.finish import Pixels, picture_of, pixels
from scenes.land import Land, Light
from scenes.objects import Item, draw_item, in_some_colour
from scenes.things.catalogue import BY_NAME

_WHOLE = {
    "cat": (0, 2),
    "dog": (0, 1),
    "owl": (0,),
    "duck": (0,),
    "cow": (0,),
    "horse": (0,),
    "sheep": (0,),
    "pig": (0,),
    "teddy bear": (0,),
    "umbrella": (0, 2),
    "child": (0, 2),
    "person": (0, 2, 3),
    "christmas tree": (0,),
}
"""The variants that show a thing whole and as it stands in the world, where not every one does."""


class How(TypedDict, total=False):
    """How a thing is put on the stage."""

    which: Sequence[int] | None
    """The variants to choose from; else all that show it whole."""
    tone: Colour | None
    """Its colour; else one that it comes in."""
    behind: bool
    """Whether it belongs to the setting."""
    flip: bool
    wide: float
    turn: float


@dataclass(frozen=True, slots=True)
class Told:
    """What captions may say: the main thing's names (the plainest first), the whole scene, the occasion."""

    things: tuple[str, ...]
    scenes: tuple[str, ...]
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glow:
    """A light in the picture; place and radius in hundredths of it."""

    x: float
    y: float
    radius: float
    rgb: RGB = (255, 190, 90)
    strength: float = 0.8


@dataclass(frozen=True, slots=True)
class Stage:
    """The canvas of one moment: the setting, and a transparent layer for the things in front of it."""

    back: Land
    front: Land
    glows: list[Glow] = field(default_factory=list)

    @property
    def rng(self) -> Rng:
        """The generator of this picture."""
        return self.back.rng

    @property
    def wall(self) -> Brush:
        """The brush for the setting."""
        return self.back.brush

    @property
    def brush(self) -> Brush:
        """The brush for what is in front."""
        return self.front.brush

    @property
    def light(self) -> Light:
        """The time of day."""
        return self.back.light

    def between(self, low: float, high: float) -> float:
        """Return a random number."""
        return float(self.rng.uniform(low, high))

    def spread(self, count: int, left: float, right: float) -> list[float]:
        """Return places side by side from left to right, a little off their regular distance."""
        step = (right - left) / max(count, 1)
        return [left + (i + 0.5 + self.between(-0.22, 0.22)) * step for i in range(count)]

    def darkness(self, tone: RGB) -> None:
        """Fill the setting with a dark colour, but leave the paper of line drawings bare."""
        if self.wall.style.paper is None:
            self.wall.rect(tone, -1, -1, 101, 101)

    def glow(self, x: float, y: float, radius: float, rgb: RGB = (255, 190, 90), strength: float = 0.8) -> None:
        """Remember a light, which shines once everything is drawn."""
        self.glows.append(Glow(x, y, radius, rgb, strength))

    def candlelight(self, x: float, foot: float, size: float) -> None:
        """Remember the light of candles on a thing of this size."""
        self.glow(x, foot - size * 0.85, size * self.between(0.5, 0.9), strength=self.between(0.3, 0.7))

    def put(self, name: str, x: float, foot: float, size: float, **how: Unpack[How]) -> Item:
        """Draw a thing of the catalogue that stands with its foot at a place; return it with its colour."""
        kind = BY_NAME[name]
        which, tone = how.get("which") or _WHOLE.get(name), how.get("tone")
        if which:
            kind = replace(kind, variants=[kind.variants[i] for i in which])
        item = Item(kind, tone) if tone else in_some_colour(self.rng, kind)
        width = size * how.get("wide", 1.0) * (-1 if how.get("flip") else 1)
        brush = self.wall if how.get("behind") else self.brush
        draw_item(self.rng, brush.frame(x, foot - size / 2, width, size, turn=how.get("turn", 0.0)), item)
        return item

    def row(self, names: Sequence[str], left: float, right: float, foot: float, size: tuple[float, float]) -> None:
        """Draw things side by side."""
        for name, x in zip(names, self.spread(len(names), left, right), strict=True):
            self.put(name, x, foot + self.between(0, 3), self.between(*size), flip=maybe(self.rng, 0.4))


Moment = Callable[[Stage], Told]


def shone(picture: Image.Image, ambient: tuple[float, float, float], glows: Sequence[Glow]) -> Image.Image:
    """Return the picture under this ambient light (factors of red, green, blue) and the lights in it."""
    size = picture.width
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32) * np.float32(100 / size)
    light: Pixels = np.empty((size, size, 3), dtype=np.float32)
    light[:] = ambient
    veil: Pixels = np.zeros((size, size, 3), dtype=np.float32)
    for glow in glows:
        reach = np.float32(2 * (glow.radius / 2) ** 2)
        near = np.exp(-((columns - glow.x) ** 2 + (rows - glow.y) ** 2) / reach) * np.float32(glow.strength)
        tone = np.array(glow.rgb, dtype=np.float32)
        light += near[..., None] * tone / 255
        veil += near[..., None] ** 2 * tone * np.float32(0.28)
    return picture_of(pixels(picture) * np.minimum(light, 1.15) + veil)
