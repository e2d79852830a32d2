"""Grounds to put cut-out pictures on: white, gradients, paper, wood, grass, sky, bokeh, rooms, blurred landscapes."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from scenes.chance import Rng, maybe, pick, weighted
from scenes.colours import PALETTE, RGB, WHITE, colour, jittered, mix, shade
from scenes.finish import Pixels, blurred, grain, picture_of, slope, smooth_noise

Ground = Callable[[Rng, int], Image.Image]


def gradient(size_px: int, top: RGB, bottom: RGB, angle: float = 1.5708) -> Image.Image:
    """Return a picture that runs from one colour to another towards an angle in radians (downwards)."""
    part = (slope(size_px, angle) * 1.42 + 1) / 2
    part = np.clip(part, 0, 1)[..., None]
    ends = np.array([top, bottom], dtype=np.float32)
    return picture_of(ends[0] * (1 - part) + ends[1] * part)


def _white(rng: Rng, size: int) -> Image.Image:
    return Image.new("RGB", (size, size), WHITE if maybe(rng, 0.7) else shade(WHITE, float(rng.uniform(0.9, 1))))


def _plain(rng: Rng, size: int) -> Image.Image:
    rgb = mix(colour(rng).rgb, WHITE, float(rng.uniform(0, 0.85)))
    return Image.new("RGB", (size, size), rgb)


def _gradient(rng: Rng, size: int) -> Image.Image:
    ends = [mix(colour(rng).rgb, WHITE, float(rng.uniform(0, 0.7))) for _ in range(2)]
    return gradient(size, ends[0], ends[1], float(rng.uniform(0, 6.3)))


def _studio(rng: Rng, size: int) -> Image.Image:
    tone = jittered(rng, (200, 200, 204), 1.5)
    far = slope(size, 0) ** 2 + (slope(size, 1.5708) + np.float32(rng.uniform(-0.3, 0.3))) ** 2
    light = 1.15 - rng.uniform(0.2, 0.7) * far
    return picture_of((np.array(tone, dtype=np.float32) * light[..., None]).astype(np.float32))


def _noise(rng: Rng, size: int) -> Image.Image:
    base = np.array(colour(rng).rgb, dtype=np.float32)
    field: Pixels = np.zeros((size, size), dtype=np.float32)
    for cells, weight in ((4, 40.0), (11, 22.0), (32, 12.0)):
        field = field + smooth_noise(rng, size, cells) * np.float32(weight * rng.uniform(0.3, 1))
    return picture_of(base + field[..., None] + grain(rng, size, float(rng.uniform(0, 8))))


def _paper(rng: Rng, size: int) -> Image.Image:
    tone = np.array(jittered(rng, (240, 230, 206)), dtype=np.float32)
    field = smooth_noise(rng, size, 5) * 8 + smooth_noise(rng, size, 60) * 5
    return picture_of(tone + field[..., None] + grain(rng, size, 3))


def _wood(rng: Rng, size: int) -> Image.Image:
    tone = np.array(
        jittered(rng, pick(rng, ((166, 116, 70), (120, 78, 46), (206, 166, 116), (84, 58, 40)))), dtype=np.float32
    )
    axis = np.linspace(0, 1, size, dtype=np.float32)
    bent = axis[:, None] + smooth_noise(rng, size, 4) * np.float32(0.04)
    rings = np.sin(bent * rng.uniform(40, 120)) * 9 + np.sin(bent * rng.uniform(140, 300)) * 5
    planks = int(rng.integers(2, 7))
    seams = ((axis * planks) % 1 < 0.035 * planks / 4)[:, None] * 45.0
    tint = rng.uniform(-14, 14, planks + 1)[(axis * planks).astype(np.intp)][:, None]
    board = tone + (rings + tint - seams)[..., None] + grain(rng, size, 4)
    out = picture_of(board.astype(np.float32))
    return out.transpose(Image.Transpose.ROTATE_90) if maybe(rng, 0.4) else out


def _grass(rng: Rng, size: int) -> Image.Image:
    tone = np.array(jittered(rng, (84, 140, 56)), dtype=np.float32)
    tall = Image.fromarray(rng.uniform(-1, 1, (max(size // 5, 2), size // 2)).astype(np.float32))
    blades = np.asarray(tall.resize((size, size), Image.Resampling.BICUBIC)) * 34
    return picture_of(tone * (1 + 0.2 * smooth_noise(rng, size, 5)[..., None]) + blades[..., None])


def _sky(rng: Rng, size: int) -> Image.Image:
    top = jittered(rng, pick(rng, ((70, 130, 214), (110, 170, 230), (150, 170, 190))))
    sky = gradient(size, top, mix(top, WHITE, 0.6))
    cover = np.clip(smooth_noise(rng, size, 5) + smooth_noise(rng, size, 14) * 0.5 + rng.uniform(-0.6, 0.3), 0, 1)[
        ..., None
    ]
    return picture_of((np.asarray(sky, dtype=np.float32) * (1 - cover) + 250 * cover).astype(np.float32))


def _bokeh(rng: Rng, size: int) -> Image.Image:
    tone = shade(colour(rng).rgb, float(rng.uniform(0.15, 0.6)))
    out = gradient(size, tone, shade(tone, 0.6), float(rng.uniform(0, 6.3)))
    draw = ImageDraw.Draw(out, "RGBA")
    for _ in range(int(rng.integers(8, 26))):
        x, y = rng.uniform(0, size, 2)
        r = rng.uniform(0.02, 0.11) * size
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(*mix(colour(rng).rgb, WHITE, 0.3), int(rng.integers(50, 140))))
    return blurred(out, size * float(rng.uniform(0.005, 0.03)))


def _stripes(rng: Rng, size: int) -> Image.Image:
    one = mix(colour(rng).rgb, WHITE, float(rng.uniform(0.2, 0.8)))
    other = mix(one, WHITE, 0.5) if maybe(rng, 0.6) else mix(colour(rng).rgb, WHITE, 0.5)
    wave = np.sin(slope(size, pick(rng, (0.0, 1.5708, 0.7854, -0.7854))) * rng.uniform(8, 40)) > 0
    if maybe(rng, 0.3):
        wave = wave ^ (np.sin(slope(size, 1.5708) * rng.uniform(8, 30)) > 0)
    return picture_of(np.where(wave[..., None], one, other).astype(np.float32))


def _landscape(rng: Rng, size: int) -> Image.Image:
    top = jittered(rng, (120, 176, 232))
    out = gradient(size, top, mix(top, WHITE, 0.6))
    draw = ImageDraw.Draw(out)
    line = rng.uniform(0.4, 0.7) * size
    for step in range(int(rng.integers(1, 4))):
        tone = jittered(
            rng, pick(rng, ((84, 140, 70), (70, 110, 90), (196, 178, 130), (110, 120, 150), (58, 100, 150)))
        )
        y = line + step * 0.13 * size
        edge = [(x, y + rng.uniform(-0.08, 0.06) * size) for x in np.linspace(0, size, 7)]
        draw.polygon([(0, size), *edge, (size, size)], fill=tone)
    for _ in range(int(rng.integers(0, 9))):
        x, r = rng.uniform(0, size), rng.uniform(0.04, 0.14) * size
        draw.ellipse((x - r, line - r, x + r, line + r), fill=jittered(rng, (50, 104, 54), 1.5))
    return blurred(out, size * float(rng.uniform(0.015, 0.05)))


def _room(rng: Rng, size: int) -> Image.Image:
    wall = jittered(rng, mix(pick(rng, PALETTE).rgb, (235, 228, 215), float(rng.uniform(0.55, 0.95))))
    floor = jittered(rng, pick(rng, ((150, 108, 72), (190, 170, 150), (120, 116, 112), (210, 206, 200))))
    out = gradient(size, wall, shade(wall, 0.88), 0.6)
    line = float(rng.uniform(0.6, 0.85)) * size
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, line, size, size), fill=floor)
    draw.rectangle((0, line - size * 0.02, size, line), fill=shade(wall, 1.4))
    return blurred(out, size * 0.012) if maybe(rng, 0.6) else out


GROUNDS: tuple[tuple[Ground, float], ...] = (
    (_white, 26),
    (_plain, 12),
    (_gradient, 10),
    (_studio, 7),
    (_noise, 7),
    (_paper, 6),
    (_wood, 7),
    (_grass, 4),
    (_sky, 5),
    (_bokeh, 4),
    (_stripes, 3),
    (_landscape, 5),
    (_room, 6),
)


def background(rng: Rng, size_px: int) -> Image.Image:
    """Return a square ground, RGB, of a random kind; plain white is the most frequent."""
    return weighted(rng, GROUNDS)(rng, size_px)


def desk(rng: Rng, size_px: int) -> Image.Image:
    """Return a ground that papers lie on: a table, a plain colour, a gradient."""
    return weighted(rng, ((_wood, 4), (_plain, 2), (_studio, 2), (_noise, 1), (_gradient, 1)))(rng, size_px)
