"""The kinds of land: sea, mountains, forest, city and others."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenes.chance import maybe, pick, some
from scenes.colours import RGB, WHITE, mix, shade
from scenes.land import Land


def water(land: Land, top: float, bottom: float = 101) -> None:
    """Draw water with ripples from one height to another."""
    base = mix((46, 116, 176), land.light.sky[1], 0.3)
    land.brush.rect(land.tone(base), -1, top, 101, bottom)
    for _ in range(int(land.rng.integers(8, 30))):
        x, y = float(land.rng.uniform(0, 100)), float(land.rng.uniform(top, bottom))
        width = float(land.rng.uniform(2, 9)) * (0.4 + (y - top) / 60)
        land.brush.line(land.tone(mix(base, WHITE, 0.35)), 0.6, x, y, x + width, y)


def sea(land: Land) -> tuple[str, ...]:
    """Draw the sea up to the horizon; return what it may be called."""
    water(land, land.horizon)
    if maybe(land.rng, 0.25):
        land.ridge(land.tone((96, 118, 110)), land.horizon, 9, 1, smooth=True)
        water(land, land.horizon + 2)
    return ("the sea", "the ocean", "a calm sea", "open water")


def beach(land: Land) -> tuple[str, ...]:
    """Draw a beach by the sea; return what it may be called."""
    water(land, land.horizon)
    shore = float(land.rng.uniform(68, 80))
    wave = [float(v) for x in range(-10, 120, 15) for v in (x, shore + land.rng.uniform(-3, 3))]
    land.brush.blob(
        land.tone(WHITE),
        -30,
        130,
        -30,
        shore - 2,
        *(v - (2 if i % 2 else 0) for i, v in enumerate(wave)),
        130,
        shore,
        130,
        130,
    )
    land.brush.blob(land.tone((232, 208, 150)), -30, 130, -30, shore, *wave, 130, shore, 130, 130)
    return ("a beach", "a sandy beach", "a beach by the sea", "the seaside")


def mountains(land: Land) -> tuple[str, ...]:
    """Draw mountains; return what it may be called."""
    tone = pick(land.rng, ((110, 124, 152), (128, 116, 110), (96, 116, 124)))
    snow = maybe(land.rng, 0.6)
    for far in range(int(land.rng.integers(1, 4))):
        base = land.horizon + far * 7
        line = land.ridge(
            land.tone(mix(tone, land.light.sky[1], 0.55 - 0.25 * far)),
            base,
            float(land.rng.uniform(22, 42)) - far * 5,
            int(land.rng.integers(2, 4)),
            smooth=False,
        )
        if snow and far == 0:
            for x, y in zip(line[2::4], line[3::4], strict=True):
                land.brush.poly(
                    land.tone((246, 248, 252)), x, y, x + 4.5, y + 8, x + 1, y + 6, x - 2, y + 9, x - 5, y + 7
                )
    land.ridge(
        land.tone(pick(land.rng, ((86, 140, 74), (120, 150, 80), (70, 110, 70)))), land.horizon + 20, 7, 2, smooth=True
    )
    if maybe(land.rng, 0.25):
        water(land, 78)
        return ("a mountain lake", "mountains by a lake", "a lake in the mountains")
    return (
        ("snowy mountains", "mountains with snow", "the alps")
        if snow
        else ("mountains", "a mountain landscape", "mountain peaks")
    )


def hills(land: Land) -> tuple[str, ...]:
    """Draw green hills; return what it may be called."""
    for step in range(3):
        land.ridge(
            land.tone(mix((84, 160, 70), (150, 190, 120), 1 - step / 2)),
            land.horizon + 4 + step * 14,
            12,
            int(land.rng.integers(1, 3)),
            smooth=True,
        )
    return ("green hills", "a hilly landscape", "meadows", "the countryside")


def forest(land: Land) -> tuple[str, ...]:
    """Draw a forest; return what it may be called."""
    land.brush.rect(land.tone((74, 120, 62)), -1, land.horizon, 101, 101)
    firs = maybe(land.rng, 0.5)
    for row in range(4):
        foot = land.horizon + 4 + row * 11
        size = 26 + row * 7
        for x in np.arange(-5, 106, size * 0.42):
            land.put(
                "fir tree" if firs else "tree",
                float(x) + float(land.rng.uniform(-3, 3)),
                foot + float(land.rng.uniform(-3, 3)),
                size * float(land.rng.uniform(0.8, 1.15)),
            )
    return (
        ("a forest", "a conifer forest", "fir trees", "woods")
        if firs
        else ("a forest", "woods", "many trees", "a wood with broad trees")
    )


def desert(land: Land) -> tuple[str, ...]:
    """Draw dunes; return what it may be called."""
    for step in range(3):
        land.ridge(
            land.tone(shade((230, 190, 120), 1 - step * 0.09)),
            land.horizon + 2 + step * 15,
            13,
            int(land.rng.integers(1, 3)),
            smooth=True,
        )
    for _ in range(int(land.rng.integers(0, 4))):
        land.put(
            "cactus", float(land.rng.uniform(8, 92)), float(land.rng.uniform(72, 96)), float(land.rng.uniform(12, 28))
        )
    return ("a desert", "sand dunes", "a sandy desert", "dunes in the desert")


def city(land: Land) -> tuple[str, ...]:
    """Draw a skyline; return what it may be called."""
    b, rng = land.brush, land.rng
    for far in range(2):
        x = -3.0
        while x < 100:
            width, top = float(rng.uniform(6, 16)), land.horizon + 12 - float(rng.uniform(14, 52)) + far * 16
            tone = land.tone(shade((120, 130, 146) if maybe(rng, 0.7) else (170, 130, 110), 1.25 - far * 0.35))
            b.rect(tone, x, top, x + width, 90)
            _lit_windows(land, x, top, width, tone)
            x += width + float(rng.uniform(0, 2))
    b.rect(land.tone((90, 92, 98)), -1, 88, 101, 101)
    return ("a city skyline", "a city", "skyscrapers", "tall buildings in a city")


def _lit_windows(land: Land, x: float, top: float, width: float, wall: RGB) -> None:
    step = 3.6
    for wy in np.arange(top + 2, 86, step):
        for wx in np.arange(x + 1.2, x + width - 2, step):
            bright = land.light.night and maybe(land.rng, 0.5)
            land.brush.rect(
                (255, 224, 130) if bright else shade(wall, 0.75), float(wx), float(wy), float(wx) + 1.6, float(wy) + 1.8
            )


def fields(land: Land) -> tuple[str, ...]:
    """Draw fields; return what it may be called."""
    tones = ((222, 190, 80), (130, 170, 70), (176, 200, 90), (150, 110, 70), (240, 220, 90))
    for i in range(8):
        left, right = 50 + (i - 4) * 9, 50 + (i - 3) * 9
        land.brush.poly(
            land.tone(pick(land.rng, tones)),
            left,
            land.horizon,
            right,
            land.horizon,
            50 + (i - 3) * 70,
            101,
            50 + (i - 4) * 70,
            101,
        )
    return ("fields", "farmland", "a field", "fields in the countryside")


def village(land: Land) -> tuple[str, ...]:
    """Draw a village; return what it may be called."""
    land.ridge(land.tone((110, 160, 86)), land.horizon + 3, 8, 2, smooth=True)
    land.brush.rect(land.tone((120, 172, 90)), -1, land.horizon + 14, 101, 101)
    for x in some(land.rng, (12, 30, 48, 66, 86), int(land.rng.integers(3, 6))):
        land.put(
            pick(land.rng, ("house", "house", "house", "church")),
            x + float(land.rng.uniform(-4, 4)),
            float(land.rng.uniform(66, 76)),
            float(land.rng.uniform(20, 32)),
        )
    return ("a village", "houses in a village", "a small town", "houses in the countryside")


def river(land: Land) -> tuple[str, ...]:
    """Draw a river through meadows; return what it may be called."""
    land.ridge(land.tone((96, 150, 90)), land.horizon + 2, 14, 2, smooth=True)
    land.brush.rect(land.tone((112, 168, 82)), -1, land.horizon + 8, 101, 101)
    bend = float(land.rng.uniform(-26, 26))
    land.brush.blob(
        land.tone((76, 144, 204)),
        48,
        land.horizon + 8,
        52,
        land.horizon + 8,
        56 + bend,
        68,
        60 - bend,
        82,
        90,
        112,
        10,
        112,
        34 - bend,
        82,
        46 + bend,
        68,
    )
    return ("a river", "a river through meadows", "a stream in the countryside", "a river landscape")


def road(land: Land) -> tuple[str, ...]:
    """Draw a road to the horizon; return what it may be called."""
    land.ridge(land.tone((120, 150, 110)), land.horizon + 2, 16, 2, smooth=maybe(land.rng, 0.5))
    land.brush.rect(land.tone(pick(land.rng, ((116, 162, 84), (210, 190, 130)))), -1, land.horizon + 6, 101, 101)
    to = float(land.rng.uniform(35, 65))
    land.brush.poly(land.tone((92, 94, 100)), to - 1, land.horizon + 6, to + 1, land.horizon + 6, 88, 101, 12, 101)
    for part in (0.15, 0.35, 0.6, 0.85):
        y = land.horizon + 6 + (95 - land.horizon) * part**1.5
        x = to + (50 - to) * part**1.5
        land.brush.line(land.tone((240, 240, 236)), 0.5 + 1.8 * part, x, y, x, y + 2 + 6 * part)
    return ("a road", "a country road", "a road to the horizon", "an empty road")


def snow_land(land: Land) -> tuple[str, ...]:
    """Draw hills in snow; return what it may be called."""
    for step in range(3):
        land.ridge(
            land.tone(shade((244, 248, 252), 1 - 0.05 * (2 - step))), land.horizon + 4 + step * 14, 9, 2, smooth=True
        )
    for _ in range(int(land.rng.integers(2, 7))):
        land.put(
            "fir tree", float(land.rng.uniform(4, 96)), float(land.rng.uniform(62, 90)), float(land.rng.uniform(16, 34))
        )
    return ("a winter landscape", "snow", "a snowy landscape", "snow-covered hills")


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of land: who draws it, what may stand in it, and where the feet of things are."""

    draw: Callable[[Land], tuple[str, ...]]
    things: tuple[str, ...]
    feet: tuple[float, float] = (76, 94)
    weight: float = 1.0


_WATER_THINGS = ("sailing boat", "ship", "duck", "lighthouse")
_RURAL = (
    "tree",
    "house",
    "cow",
    "sheep",
    "horse",
    "tractor",
    "windmill",
    "fence",
    "dog",
    "person",
    "tent",
    "bicycle",
    "fire",
    "car",
)
_URBAN = ("car", "bus", "tram", "truck", "bicycle", "person", "traffic light", "street lamp", "person running", "tree")
PLACES = (
    Place(sea, ("sailing boat", "ship", "sailing boat", "ship"), (60, 90), 1.5),
    Place(beach, ("palm tree", "umbrella", "sailing boat", "ball", "person", "dog", "person running"), (82, 97), 1.5),
    Place(mountains, ("tent", "fir tree", "house", "person", "horse", "fire", "cow", "tree"), (78, 96), 1.6),
    Place(hills, _RURAL, (78, 96), 1.2),
    Place(forest, ("tent", "fire", "person", "rabbit", "owl", "house", "bicycle", "horse", "mushroom"), (88, 98)),
    Place(desert, ("pyramid", "tent", "person", "snake", "car", "horse"), (74, 94)),
    Place(city, _URBAN, (94, 99), 1.6),
    Place(fields, _RURAL, (72, 94)),
    Place(village, _URBAN, (88, 98)),
    Place(river, ("bridge", "duck", "house", "tree", "sailing boat", "person", "cow"), (74, 94)),
    Place(road, ("car", "truck", "bicycle", "motorcycle", "bus", "tree", "person running", "house"), (76, 96), 1.1),
    Place(snow_land, ("snowman", "house", "person", "dog", "fir tree", "church", "rabbit"), (78, 96)),
)
