"""Landscapes composed at random: a place, a time of day, weather, and what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageDraw

from scenes.backgrounds import gradient
from scenes.brush import SCALE, Brush, Style
from scenes.chance import Rng, maybe, pick, some, weighted
from scenes.colours import BLACK, RGB, WHITE, jittered, mix, shade
from scenes.finish import finished, photo
from scenes.objects import draw_item, in_some_colour
from scenes.scene import Scene
from scenes.things.catalogue import BY_NAME
from scenes.words import article, chosen, counted, listed


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


def _sky(land: Land) -> str:
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


def _water(land: Land, top: float, bottom: float = 101) -> None:
    base = mix((46, 116, 176), land.light.sky[1], 0.3)
    land.brush.rect(land.tone(base), -1, top, 101, bottom)
    for _ in range(int(land.rng.integers(8, 30))):
        x, y = float(land.rng.uniform(0, 100)), float(land.rng.uniform(top, bottom))
        width = float(land.rng.uniform(2, 9)) * (0.4 + (y - top) / 60)
        land.brush.line(land.tone(mix(base, WHITE, 0.35)), 0.6, x, y, x + width, y)


def _sea(land: Land) -> tuple[str, ...]:
    _water(land, land.horizon)
    if maybe(land.rng, 0.25):
        land.ridge(land.tone((96, 118, 110)), land.horizon, 9, 1, smooth=True)
        _water(land, land.horizon + 2)
    return ("the sea", "the ocean", "a calm sea", "open water")


def _beach(land: Land) -> tuple[str, ...]:
    _water(land, land.horizon)
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


def _mountains(land: Land) -> tuple[str, ...]:
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
        _water(land, 78)
        return ("a mountain lake", "mountains by a lake", "a lake in the mountains")
    return (
        ("snowy mountains", "mountains with snow", "the alps")
        if snow
        else ("mountains", "a mountain landscape", "mountain peaks")
    )


def _hills(land: Land) -> tuple[str, ...]:
    for step in range(3):
        land.ridge(
            land.tone(mix((84, 160, 70), (150, 190, 120), 1 - step / 2)),
            land.horizon + 4 + step * 14,
            12,
            int(land.rng.integers(1, 3)),
            smooth=True,
        )
    return ("green hills", "a hilly landscape", "meadows", "the countryside")


def _forest(land: Land) -> tuple[str, ...]:
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


def _desert(land: Land) -> tuple[str, ...]:
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


def _city(land: Land) -> tuple[str, ...]:
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


def _fields(land: Land) -> tuple[str, ...]:
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


def _village(land: Land) -> tuple[str, ...]:
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


def _river(land: Land) -> tuple[str, ...]:
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


def _road(land: Land) -> tuple[str, ...]:
    land.ridge(land.tone((120, 150, 110)), land.horizon + 2, 16, 2, smooth=maybe(land.rng, 0.5))
    land.brush.rect(land.tone(pick(land.rng, ((116, 162, 84), (210, 190, 130)))), -1, land.horizon + 6, 101, 101)
    to = float(land.rng.uniform(35, 65))
    land.brush.poly(land.tone((92, 94, 100)), to - 1, land.horizon + 6, to + 1, land.horizon + 6, 88, 101, 12, 101)
    for part in (0.15, 0.35, 0.6, 0.85):
        y = land.horizon + 6 + (95 - land.horizon) * part**1.5
        x = to + (50 - to) * part**1.5
        land.brush.line(land.tone((240, 240, 236)), 0.5 + 1.8 * part, x, y, x, y + 2 + 6 * part)
    return ("a road", "a country road", "a road to the horizon", "an empty road")


def _snow_land(land: Land) -> tuple[str, ...]:
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
    Place(_sea, ("sailing boat", "ship", "sailing boat", "ship"), (60, 90), 1.5),
    Place(_beach, ("palm tree", "umbrella", "sailing boat", "ball", "person", "dog", "person running"), (82, 97), 1.5),
    Place(_mountains, ("tent", "fir tree", "house", "person", "horse", "fire", "cow", "tree"), (78, 96), 1.6),
    Place(_hills, _RURAL, (78, 96), 1.2),
    Place(_forest, ("tent", "fire", "person", "rabbit", "owl", "house", "bicycle", "horse", "mushroom"), (88, 98)),
    Place(_desert, ("pyramid", "tent", "person", "snake", "car", "horse"), (74, 94)),
    Place(_city, _URBAN, (94, 99), 1.6),
    Place(_fields, _RURAL, (72, 94)),
    Place(_village, _URBAN, (88, 98)),
    Place(_river, ("bridge", "duck", "house", "tree", "sailing boat", "person", "cow"), (74, 94)),
    Place(_road, ("car", "truck", "bicycle", "motorcycle", "bus", "tree", "person running", "house"), (76, 96), 1.1),
    Place(_snow_land, ("snowman", "house", "person", "dog", "fir tree", "church", "rabbit"), (78, 96)),
)
_ALOFT = ("hot air balloon", "airplane", "helicopter", "bird", "kite")


def _inhabitants(land: Land, place: Place) -> list[str]:
    """Put things in the foreground and into the sky; return how captions say them."""
    rng, said = land.rng, []
    if maybe(rng, 0.6):
        kind = pick(rng, place.things)
        count = weighted(rng, ((1, 6), (2, 2), (3, 1)))
        size = float(rng.uniform(20, 46)) / (1 if count == 1 else 1.5)
        for i in range(count):
            x = (
                50 + (i - (count - 1) / 2) * 30 + float(rng.uniform(-12, 12))
                if count > 1
                else float(rng.uniform(18, 82))
            )
            land.put(kind, x, float(rng.uniform(*place.feet)), size, flip=maybe(rng, 0.5))
        said.append(counted(count, kind))
    if maybe(rng, 0.13):
        kind = pick(rng, _ALOFT)
        size = float(rng.uniform(14, 28))
        land.put(kind, float(rng.uniform(15, 85)), float(rng.uniform(size, max(land.horizon - 4, size + 4))), size)
        said.append(article(kind))
    return said


def _weather(rng: Rng, picture: Image.Image) -> tuple[Image.Image, str]:
    """Add rain, falling snow or fog to some pictures."""
    kind = weighted(rng, (("", 80), ("in the rain", 7), ("in falling snow", 7), ("in the fog", 6)))
    if kind == "in the fog":
        fog = Image.new("RGB", picture.size, (214, 218, 222))
        mask = gradient(picture.width, (200, 200, 200), (int(rng.integers(40, 150)),) * 3).convert("L")
        return Image.composite(fog, picture, mask), kind
    draw = ImageDraw.Draw(picture, "RGBA")
    drops = rng.uniform(0, picture.width, (int(rng.integers(60, 180)) if kind else 0, 2)).tolist()
    scale = picture.width / 160
    for x, y in drops:
        if kind == "in the rain":
            draw.line((x, y, x - 3 * scale, y + 9 * scale), fill=(210, 222, 236, 150), width=1)
        else:
            draw.ellipse((x, y, x + 2.4 * scale, y + 2.4 * scale), fill=(255, 255, 255, 230))
    return picture, kind


def _style(rng: Rng) -> Style:
    wobble = float(rng.uniform(0, 0.35))
    if maybe(rng, 0.14):
        return Style(outline=(40, 36, 36), width=float(rng.uniform(0.3, 0.9)), wobble=wobble)
    if maybe(rng, 0.07):
        return Style(outline=pick(rng, (BLACK, (50, 60, 110))), width=0.5, wobble=wobble, paper=WHITE)
    return Style(wobble=wobble)


def landscape(rng: Rng, size_px: int) -> Scene:
    """Draw a landscape; the captions say the place, the light, the weather and what stands in it."""
    light = weighted(rng, LIGHTS)
    light = replace(light, sky=(jittered(rng, light.sky[0], 1.5), jittered(rng, light.sky[1], 1.0)))
    place = weighted(rng, tuple((p, p.weight) for p in PLACES))
    style = _style(rng)
    side = size_px * SCALE
    image = Image.new("RGB", (side, side), WHITE) if style.paper else gradient(side, *light.sky)
    land = Land(Brush(image, rng, style), light, float(rng.uniform(42, 60)))
    sky = _sky(land)
    names = place.draw(land)
    things = _inhabitants(land, place)
    picture, weather = _weather(rng, image.reduce(SCALE))
    finish = ""
    if style.paper is None:
        picture, finish = (photo(rng, picture), "") if maybe(rng, 0.25) else finished(rng, picture, coarse=True)
    return Scene(
        picture,
        _captions(rng, (names, things), (light, sky, weather), finish or ("line drawing" if style.paper else "")),
        "landscape",
    )


def _captions(
    rng: Rng, seen: tuple[tuple[str, ...], list[str]], air: tuple[Light, str, str], manner: str
) -> tuple[str, ...]:
    names, things = seen
    light, sky, weather = air
    when = pick(rng, light.words) if not weather or light.night else ""
    name = pick(rng, names)
    around = " ".join(part for part in (when, sky, weather) if part)
    captions = [
        " ".join(part for part in (name, around) if part),
        " ".join(part for part in (pick(rng, names), weather or when) if part),
    ]
    if things:
        captions = [
            f"{listed(things)} {pick(rng, ('in front of', 'and'))} {name}",
            captions[0],
            f"{captions[1]} with {listed(things)}",
            listed(things),
        ]
    kind = article(manner or pick(rng, ("landscape", "photo", "picture", "view")))
    captions += [f"{kind} of {name}" if not kind.endswith("landscape") else f"a landscape with {name}", names[0]]
    return chosen(rng, captions)
