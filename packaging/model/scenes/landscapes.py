"""Landscapes composed at random: a place, a time of day, weather, and what stands in it."""

from dataclasses import replace

from PIL import Image, ImageDraw

from scenes.backgrounds import gradient
from scenes.brush import SCALE, Brush, Style
from scenes.chance import Rng, maybe, pick, weighted
from scenes.colours import BLACK, WHITE, jittered
from scenes.finish import finished, photo
from scenes.land import LIGHTS, Land, Light, sky
from scenes.places import PLACES, Place
from scenes.scene import Scene
from scenes.words import article, chosen, counted, listed

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
    above = sky(land)
    names = place.draw(land)
    things = _inhabitants(land, place)
    picture, weather = _weather(rng, image.reduce(SCALE))
    finish = ""
    if style.paper is None:
        picture, finish = (photo(rng, picture), "") if maybe(rng, 0.25) else finished(rng, picture, coarse=True)
    return Scene(
        picture,
        _captions(rng, (names, things), (light, above, weather), finish or ("line drawing" if style.paper else "")),
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
