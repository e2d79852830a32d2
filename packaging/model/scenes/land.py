"""The canvas of a landscape: times of day, ridges, and the sky."""

from dataclasses import dataclass, replace

import numpy as np

from scenes.brush import Brush
from scenes.chance import Rng, maybe
from scenes.colours import BLACK, RGB, WHITE, jittered, mix
from scenes.objects import draw_item, in_some_colour
from scenes.things.catalogue import BY_NAME


@dataclass(frozen=True, slots=True)
class Light:
    """A time of day: what it is called, its sky, and how it tints the land."""

    words: tuple[str, ...]
    sky: tuple[RGB, RGB]
    tint: RGB
    strength: float
    night: bool = False
    low_sun: bool = False
    clear: bool = False


DAY = Light(
    ("", "in daylight", "under a blue sky", "on a sunny day"), ((70, 136, 222), (196, 226, 248)), WHITE, 0.0, clear=True
)
OVERCAST = Light(("on a cloudy day", "under a grey sky"), ((150, 160, 172), (214, 218, 222)), (150, 156, 164), 0.25)
SUNSET = Light(
    ("at sunset", "in the evening", "with an orange sky"),
    ((96, 74, 140), (252, 150, 70)),
    (150, 60, 60),
    0.35,
    low_sun=True,
)
SUNRISE = Light(
    ("at sunrise", "at dawn", "in the morning light"),
    ((130, 170, 220), (254, 206, 160)),
    (240, 170, 140),
    0.2,
    low_sun=True,
)
NIGHT = Light(
    ("at night", "under a starry sky", "in the dark"), ((8, 12, 38), (30, 42, 90)), (10, 16, 50), 0.62, night=True
)
LIGHTS = ((DAY, 45), (OVERCAST, 10), (SUNSET, 20), (SUNRISE, 7), (NIGHT, 18))


_WHOLE_FIRST = ("horse", "cow", "sheep", "dog", "rabbit", "owl", "duck")
"""Things of which only the first variant shows the whole animal on its feet."""


@dataclass(frozen=True, slots=True)
class Land:
    """The canvas of one landscape: brush, light and the height of the horizon in hundredths."""

    brush: Brush
    light: Light
    horizon: float

    @property
    def rng(self) -> Rng:
        """The generator of this picture."""
        return self.brush.rng

    def tone(self, rgb: RGB) -> RGB:
        """Return a colour a little off and as this light shows it."""
        return mix(jittered(self.rng, rgb), self.light.tint, self.light.strength)

    def ridge(self, rgb: RGB, base: float, rough: float, peaks: int, *, smooth: bool) -> list[float]:
        """Draw a line of hills (smooth) or peaks across the picture down to its lower edge; return its points."""
        xs = np.linspace(-5, 105, peaks * 2 + 1)
        rise = np.where(np.arange(len(xs)) % 2, self.rng.uniform(0.4, 1, len(xs)), self.rng.uniform(-0.3, 0.3, len(xs)))
        line = [float(v) for x, up in zip(xs, rise, strict=True) for v in (x, base - up * rough)]
        if smooth:
            self.brush.blob(rgb, -30, 120, -30, base, *line, 130, base, 130, 120)
        else:
            self.brush.poly(rgb, -5, 101, *line, 105, 101)
        return line

    def put(self, name: str, x: float, foot: float, size: float, *, flip: bool = False) -> None:
        """Draw a thing of the catalogue that stands with its foot at a place."""
        kind = BY_NAME[name]
        if name in _WHOLE_FIRST:
            kind = replace(kind, variants=kind.variants[:1])
        item = in_some_colour(self.rng, kind)
        frame = self.brush.frame(x, foot - size / 2, -size if flip else size, size)
        draw_item(self.rng, frame, item)


def sky(land: Land) -> str:
    """Draw sun, moon, stars, clouds, birds or a rainbow; return what captions may say of it."""
    rng, light = land.rng, land.light
    if light.night:
        return _night_sky(land)
    if light.low_sun:
        _disc(land, (15, 85), (land.horizon - 14, land.horizon + 3), (5, 11), (255, 230, 150))
    elif light.clear and maybe(rng, 0.35):
        _disc(land, (10, 90), (8, 20), (4, 8), (255, 240, 160))
    if maybe(rng, 0.55):
        _clouds(land)
    if not light.low_sun and maybe(rng, 0.1):
        _rainbow(land)
        return "with a rainbow"
    if maybe(rng, 0.12):
        for x, y in rng.uniform((10, 6), (90, land.horizon * 0.6), (int(rng.integers(3, 8)), 2)).tolist():
            land.brush.curve(BLACK, 0.7, x - 3, y - 1.2, x - 1.2, y - 1.6, x, y, x + 1.2, y - 1.6, x + 3, y - 1.2)
        return "with birds in the sky"
    return ""


def _disc(land: Land, xs: tuple[float, float], ys: tuple[float, float], radii: tuple[float, float], tone: RGB) -> None:
    x, y, radius = (float(land.rng.uniform(*span)) for span in (xs, ys, radii))
    land.brush.oval(tone, x, y, radius)


def _night_sky(land: Land) -> str:
    for _ in range(int(land.rng.integers(10, 60))):
        _disc(land, (0, 100), (0, land.horizon), (0.15, 0.5), (240, 240, 250))
    if maybe(land.rng, 0.5):
        _disc(land, (12, 88), (8, 26), (4, 9), (246, 240, 210))
        return "with the moon"
    return ""


def _rainbow(land: Land) -> None:
    bows = ((220, 60, 60), (240, 150, 50), (245, 225, 80), (90, 180, 90), (70, 120, 210), (130, 80, 180))
    for i, tone in enumerate(bows):
        soft = mix(tone, land.light.sky[1], 0.3)
        land.brush.arc(soft, 2.2, 50, land.horizon + 4, 44 - i * 2, 38 - i * 2, (180, 360))


def _clouds(land: Land) -> None:
    tone = mix(WHITE, land.light.sky[1] if land.light.low_sun else (200, 204, 210), 0.4)
    for _ in range(int(land.rng.integers(1, 6))):
        x, y = float(land.rng.uniform(0, 100)), float(land.rng.uniform(4, land.horizon * 0.7))
        size = float(land.rng.uniform(3, 8))
        for dx in (-1.4, -0.5, 0.5, 1.4):
            land.brush.oval(
                tone,
                x + dx * size,
                y - (1.5 - abs(dx)) * size * 0.3,
                size * float(land.rng.uniform(0.7, 1)),
                size * 0.55,
            )
