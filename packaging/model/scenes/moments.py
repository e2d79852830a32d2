"""Everyday moments composed at random: a thing in its setting, in a light, in one of many manners of drawing."""

import re
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from scenes.backgrounds import gradient
from scenes.brush import SCALE, Brush, Style
from scenes.chance import Rng, maybe, pick, weighted
from scenes.colours import PALETTE, WHITE, jittered
from scenes.finish import COLOURLESS, blurred, finished, lit, pasted
from scenes.gatherings import GATHERINGS
from scenes.indoors import INDOORS
from scenes.journeys import JOURNEYS, space
from scenes.land import DAY, LIGHTS, NIGHT, OVERCAST, SUNSET, Land, Light, sky
from scenes.objects import Look, look
from scenes.outdoors import OUTDOORS, campfire, fireworks_night, halloween, rainy_street, umbrella_close, underwater
from scenes.pastimes import PASTIMES
from scenes.scene import Scene
from scenes.stage import Glow, Moment, Stage, Told, shone
from scenes.things.catalogue import BY_NAME
from scenes.words import article, chosen

MOMENTS: tuple[tuple[Moment, float], ...] = (*INDOORS, *GATHERINGS, *JOURNEYS, *OUTDOORS, *PASTIMES)

_A_BEFORE_VOWEL = re.compile(r"\ba (?=[aeiou])")
_NAMES_OF_COLOURS = "|".join(sorted((c.name for c in PALETTE), key=len, reverse=True))
_PAINTS = re.compile(rf"\b(?:{_NAMES_OF_COLOURS}) (?!(?:and|on|in|at|by|with|among)\b)")
"""Names of colours before what is painted in them, but not the fruit."""
_INSIDE = frozenset(kind for kind, _ in (*INDOORS, *GATHERINGS))
_IN_RAIN = (rainy_street, umbrella_close)
_AT_NIGHT = (fireworks_night, halloween)
_TIMELESS = (space, underwater, fireworks_night)
"""Moments that no time of day tints."""
_AMBIENTS = {
    "inside by day": ((1.0, 1.0, 1.0), (1.05, 1.0, 0.92), (0.95, 1.0, 1.05), (1.0, 0.94, 0.86)),
    "inside by night": ((0.86, 0.76, 0.62), (0.64, 0.64, 0.78), (0.95, 0.86, 0.74), (0.66, 0.58, 0.54)),
    "outside by day": ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.04, 1.0, 0.95)),
    "outside by night": ((0.85, 0.87, 1.0), (0.66, 0.7, 0.9), (0.74, 0.72, 0.86), (1.0, 1.0, 1.0)),
    "low sun": ((1.05, 0.9, 0.76), (1.02, 0.84, 0.82)),
}


def _light(rng: Rng, kind: Moment) -> Light:
    if kind in _AT_NIGHT:
        return NIGHT
    if kind in _IN_RAIN:
        return weighted(rng, ((OVERCAST, 6), (NIGHT, 3), (DAY, 1)))
    if kind is campfire:
        return weighted(rng, ((NIGHT, 6), (SUNSET, 3), (DAY, 1.5)))
    if kind in _INSIDE:
        return weighted(rng, ((DAY, 6), (NIGHT, 4)))
    light = weighted(rng, LIGHTS)
    return replace(light, sky=(jittered(rng, light.sky[0], 1.5), jittered(rng, light.sky[1])))


def _ambient(rng: Rng, light: Light, *, inside: bool) -> tuple[float, float, float]:
    if light.low_sun:
        return pick(rng, _AMBIENTS["low sun"])
    return pick(rng, _AMBIENTS[f"{'inside' if inside else 'outside'} by {'night' if light.night else 'day'}"])


def _composed(
    rng: Rng,
    ground: Image.Image,
    layer: Image.Image,
    *,
    volume: bool,
    light: tuple[float, float, float],
    glows: Sequence[Glow],
) -> Image.Image:
    if maybe(rng, 0.2):
        ground = blurred(ground, ground.width * float(rng.uniform(0.006, 0.02)))
    if volume:
        layer = lit(rng, layer)
    picture = pasted(rng, ground, layer, float(rng.uniform(0.2, 0.6)) if volume else 0.0)
    return shone(picture, light, glows) if glows or light != (1.0, 1.0, 1.0) else picture


def moment(rng: Rng, size_px: int) -> Scene:
    """Draw an everyday moment; the captions say its main thing, the whole scene and the occasion."""
    kind = weighted(rng, MOMENTS)
    return drawn(rng, size_px, kind)


def _manner(rng: Rng) -> Look:
    """Return a way of drawing: finer lines than for things alone, seldom without colours, never silhouettes."""
    way = look(rng)
    while way.style.ink is not None or (way.monochrome and maybe(rng, 0.6)):
        way = look(rng)
    return replace(way, style=replace(way.style, wobble=way.style.wobble * 0.4, width=way.style.width * 0.5))


def drawn(rng: Rng, size_px: int, kind: Moment) -> Scene:
    """Draw one kind of moment in a random light and manner."""
    inside, light, way = kind in _INSIDE, _light(rng, kind), _manner(rng)
    lines_only = way.monochrome and way.style.paper is not None
    side = size_px * SCALE
    ground = Image.new("RGB", (side, side), WHITE) if lines_only else gradient(side, *light.sky)
    layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    style = way.style if lines_only or maybe(rng, 0.6) else Style(wobble=way.style.wobble)
    horizon = float(rng.uniform(40, 60))
    stage = Stage(Land(Brush(ground, rng, style), light, horizon), Land(Brush(layer, rng, way.style), light, horizon))
    if not inside:
        sky(stage.back)
    told = kind(stage)
    ambient = (1.0, 1.0, 1.0) if lines_only or kind in _TIMELESS else _ambient(rng, light, inside=inside)
    glows = [] if lines_only else [g for g in stage.glows if light.night or light.low_sun or g.strength > 0.6]
    picture = _composed(rng, ground.reduce(SCALE), layer.reduce(SCALE), volume=way.volume, light=ambient, glows=glows)
    manner = ""
    if not lines_only:
        picture, manner = finished(rng, picture)
    when = "" if inside or kind in _TIMELESS else pick(rng, light.words)
    if lines_only or manner in COLOURLESS:
        told = replace(told, scenes=tuple(_PAINTS.sub("", scene) for scene in told.scenes))
    return Scene(picture, _captions(rng, told, when, manner or way.word), "moment")


def _captions(rng: Rng, told: Told, when: str, manner: str) -> tuple[str, ...]:
    scene, again = pick(rng, told.scenes), pick(rng, told.scenes)
    kind = article(manner or pick(rng, ("picture", "illustration", "drawing", "scene")))
    captions = [
        pick(rng, (_noun(told.things[0]), told.things[0], told.scenes[0])),
        scene,
        f"{_said(told, again)} {when}".strip(),
        _noun(pick(rng, told.things)),
        pick(rng, told.occasions),
        f"{kind} of {_said(told, scene)}",
    ]
    return chosen(rng, [_A_BEFORE_VOWEL.sub("an ", caption) for caption in captions])


def _noun(name: str) -> str:
    return article(name) if name in BY_NAME else name


def _said(told: Told, scene: str) -> str:
    name = told.things[0]
    return scene.replace(name, _noun(name), 1) if scene.startswith(f"{name} ") else scene
