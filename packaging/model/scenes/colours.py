"""Colours with the words that people use for them."""

import colorsys
from dataclasses import dataclass

from scenes.chance import Rng, maybe, pick

RGB = tuple[int, int, int]

WHITE: RGB = (255, 255, 255)
BLACK: RGB = (20, 20, 22)
GREY: RGB = (128, 128, 130)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour and its everyday name."""

    name: str
    rgb: RGB


PALETTE = (
    Colour("red", (216, 40, 38)),
    Colour("orange", (242, 132, 28)),
    Colour("yellow", (246, 212, 40)),
    Colour("green", (52, 158, 66)),
    Colour("blue", (38, 96, 208)),
    Colour("purple", (124, 58, 170)),
    Colour("pink", (244, 128, 174)),
    Colour("brown", (128, 80, 44)),
    Colour("black", (28, 28, 32)),
    Colour("white", (248, 248, 246)),
    Colour("grey", (136, 138, 142)),
    Colour("turquoise", (44, 190, 182)),
    Colour("dark blue", (22, 36, 104)),
    Colour("light blue", (140, 196, 240)),
    Colour("dark green", (18, 84, 44)),
    Colour("light green", (146, 214, 108)),
    Colour("beige", (222, 204, 168)),
    Colour("golden", (212, 168, 52)),
)
BRIGHT = PALETTE[:7]


def jittered(rng: Rng, rgb: RGB, amount: float = 1.0) -> RGB:
    """Return a colour near this one: hue within 2 %, lightness and saturation within 10 %."""
    h, s, v = colorsys.rgb_to_hsv(rgb[0] / 255, rgb[1] / 255, rgb[2] / 255)
    dh, ds, dv = rng.uniform(-1, 1, 3) * amount
    r, g, b = colorsys.hsv_to_rgb((h + 0.018 * dh) % 1, _unit(s * (1 + 0.12 * ds)), _unit(v * (1 + 0.1 * dv)))
    return round(r * 255), round(g * 255), round(b * 255)


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def colour(rng: Rng) -> Colour:
    """Return a named colour, bright ones more often, a little off its textbook value."""
    chosen = pick(rng, BRIGHT) if maybe(rng, 0.45) else pick(rng, PALETTE)
    return Colour(chosen.name, jittered(rng, chosen.rgb))


def named(rng: Rng, name: str) -> Colour:
    """Return a colour of the palette by its name, a little off its textbook value."""
    return Colour(name, jittered(rng, next(c.rgb for c in PALETTE if c.name == name)))


def two_colours(rng: Rng) -> tuple[Colour, Colour]:
    """Return two named colours that are easily told apart."""
    one, other = colour(rng), colour(rng)
    while sum(abs(a - b) for a, b in zip(one.rgb, other.rgb, strict=True)) < 150:
        other = colour(rng)
    return one, other


def shade(rgb: RGB, factor: float) -> RGB:
    """Return the colour darker (factor below 1) or lighter (above 1, towards white at 2)."""
    if factor <= 1:
        return round(rgb[0] * factor), round(rgb[1] * factor), round(rgb[2] * factor)
    return mix(rgb, WHITE, min(factor - 1, 1))


def mix(one: RGB, other: RGB, part: float) -> RGB:
    """Return the colour this part of the way from one to the other."""
    return (
        round(one[0] + (other[0] - one[0]) * part),
        round(one[1] + (other[1] - one[1]) * part),
        round(one[2] + (other[2] - one[2]) * part),
    )


def lightness(rgb: RGB) -> float:
    """Return how light a colour looks, 0 to 255 (ITU-R BT.601 weights)."""
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
