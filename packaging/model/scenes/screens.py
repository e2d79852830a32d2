"""Screens: windows of programs, terminals, web pages, phones."""

from PIL import Image

from scenes.apps import SCREENS, Theme, theme
from scenes.backgrounds import background
from scenes.brush import SCALE, Brush, Paints
from scenes.chance import Rng, maybe, pick, some
from scenes.colours import colour, shade
from scenes.finish import compressed, photo
from scenes.landscapes import landscape
from scenes.scene import Scene
from scenes.words import chosen, word


def _window(rng: Rng, brush: Brush, t: Theme) -> Brush:
    """Draw a window's frame and return a brush for its content."""
    left, top = rng.uniform(2, 10, 2).tolist()
    right, bottom = rng.uniform(90, 98, 2).tolist()
    brush.rect((20, 20, 24), left + 1, top + 1.5, right + 1.5, bottom + 2)
    brush.rect(shade(t.panel, 0.85), left, top, right, top + 7, 1.5)
    for i, tone in enumerate(((240, 90, 80), (240, 190, 70), (90, 200, 90))):
        brush.oval(tone, (left + 4 + i * 4) if left > 6 else (right - 4 - i * 4), top + 3.4, 1.3)
    brush.text(t.ink, (left + right) / 2, top + 3.4, 3.4, word(rng).title(), anchor="mm")
    brush.rect(t.ground, left, top + 6.4, right, bottom)
    return brush.frame((left + right) / 2, (top + 6.4 + bottom) / 2, right - left, bottom - top - 6.4)


def _phone(rng: Rng, brush: Brush, t: Theme) -> Brush:
    """Draw a phone and return a brush for its screen."""
    half = float(rng.uniform(22, 30))
    brush.rect(pick(rng, ((20, 20, 22), (210, 212, 216))), 50 - half - 2, 1, 52 + half, 99, 5)
    brush.rect(t.ground, 50 - half, 4, 50 + half, 96, 2)
    return brush.frame(50, 50, 2 * half, 92)


def _wallpaper(rng: Rng, size_px: int) -> Image.Image:
    if maybe(rng, 0.4):
        return landscape(rng, size_px).picture
    return background(rng, size_px)


def screen(rng: Rng, size_px: int) -> Scene:
    """Draw a screenshot, or a phone with an app."""
    kind = pick(rng, SCREENS)
    t = theme(rng, kind.dark)
    side = size_px * SCALE
    framed = kind.phone or maybe(rng, 0.55)
    ground = _wallpaper(rng, size_px).resize((side, side)) if framed else Image.new("RGB", (side, side), t.ground)
    brush = Brush(ground, rng, paints=Paints(t.accent, colour(rng).rgb))
    inner = brush
    if kind.phone:
        inner = _phone(rng, brush, t)
    elif framed:
        inner = _window(rng, brush, t)
    kind.draw(inner, t)
    picture = ground.reduce(SCALE)
    if maybe(rng, 0.18):
        picture = pick(rng, (photo, compressed))(rng, picture)
    name, other = kind.names[0], pick(rng, kind.names)
    captions = [
        f"a screenshot of a {name}" if name[0] not in "aeiou" else f"a screenshot of an {name}",
        other,
        f"screenshot: {pick(rng, kind.names)}",
        f"{'phone' if kind.phone else 'computer'} screen with {other}",
        name,
        *some(rng, kind.names, 2),
    ]
    return Scene(picture, chosen(rng, captions), "screen")
