"""What happens to a whole picture after it is drawn: photo-like, watercolour, low-poly, pixels, pencil and others."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from scenes.chance import Rng, maybe, weighted
from scenes.colours import RGB

Pixels = NDArray[np.float32]
Finish = Callable[[Rng, Image.Image], Image.Image]


def pixels(picture: Image.Image) -> Pixels:
    """Return a picture as float32 of shape (height, width, channels), 0 to 255."""
    return np.asarray(picture, dtype=np.float32)


def picture_of(array: Pixels) -> Image.Image:
    """Return the picture of an array, clipped to 0 to 255."""
    return Image.fromarray(np.clip(array, 0, 255).astype(np.uint8))


def smooth_noise(rng: Rng, size_px: int, cells: int) -> Pixels:
    """Return soft noise between about -1 and 1, shape (size, size), whose spots are size/cells wide."""
    grid = Image.fromarray(rng.uniform(-1, 1, (cells, cells)).astype(np.float32))
    return np.asarray(grid.resize((size_px, size_px), Image.Resampling.BICUBIC))


def grain(rng: Rng, size_px: int, amount: float) -> Pixels:
    """Return grey noise with this standard deviation, shape (size, size, 1)."""
    return rng.standard_normal((size_px, size_px, 1), dtype=np.float32) * np.float32(amount)


def slope(size_px: int, angle: float) -> Pixels:
    """Return a plane from -1 to 1 that rises towards an angle in radians, shape (size, size)."""
    axis = np.linspace(-1, 1, size_px, dtype=np.float32)
    plane: Pixels = np.asarray(axis[None, :] * np.cos(angle) + axis[:, None] * np.sin(angle), dtype=np.float32)
    return plane / np.float32(1.42)


def blurred(picture: Image.Image, radius_px: float) -> Image.Image:
    """Return the picture out of focus."""
    return picture.filter(ImageFilter.GaussianBlur(radius_px))


def photo(rng: Rng, picture: Image.Image) -> Image.Image:
    """Add what cameras add: uneven light, a colour cast, a vignette, grain, sometimes blur."""
    size = picture.width
    if maybe(rng, 0.4):
        picture = blurred(picture, float(rng.uniform(0.3, 0.008 * size)))
    light = 1 + rng.uniform(0, 0.3) * slope(size, float(rng.uniform(0, 6.3)))
    if maybe(rng, 0.6):
        light = light * (1 - rng.uniform(0.05, 0.3) * (slope(size, 0) ** 2 + slope(size, 1.571) ** 2))
    cast = rng.uniform(0.88, 1.08, 3).astype(np.float32)
    texture = smooth_noise(rng, size, 24)[..., None] * np.float32(rng.uniform(0, 8))
    return picture_of(
        pixels(picture) * light[..., None].astype(np.float32) * cast
        + texture
        + grain(rng, size, float(rng.uniform(1, 9)))
    )


def watercolour(rng: Rng, picture: Image.Image) -> Image.Image:
    """Let colours run and dry unevenly on rough paper."""
    size = picture.width
    soft = picture.filter(ImageFilter.ModeFilter(5)) if maybe(rng, 0.5) else blurred(picture, size / 120)
    dx, dy = (smooth_noise(rng, size, 22) * 2.2 * size / 160 for _ in range(2))
    rows, columns = np.mgrid[0:size, 0:size]
    at_y = np.clip(rows + dy, 0, size - 1).astype(np.intp)
    at_x = np.clip(columns + dx, 0, size - 1).astype(np.intp)
    pale = 255 - (255 - pixels(soft)[at_y, at_x]) * (0.72 + 0.16 * smooth_noise(rng, size, 9)[..., None])
    return picture_of((pale - np.abs(smooth_noise(rng, size, 60))[..., None] * 14).astype(np.float32))


def pixel_art(rng: Rng, picture: Image.Image) -> Image.Image:
    """Draw the picture again in a few large pixels and few colours."""
    size = picture.width
    cells = int(rng.integers(28, 56))
    small = picture.resize((cells, cells), Image.Resampling.BOX).quantize(
        int(rng.integers(8, 24)), method=Image.Quantize.FASTOCTREE
    )
    return small.convert("RGB").resize((size, size), Image.Resampling.NEAREST)


def low_poly(rng: Rng, picture: Image.Image) -> Image.Image:
    """Replace the picture by triangles, each in the colour of its centre."""
    size = picture.width
    cells = int(rng.integers(12, 19))
    step = size / cells
    rows, columns = np.mgrid[-1 : cells + 2, -1 : cells + 2]
    shift = rng.uniform(-0.38, 0.38, (2, *rows.shape))
    xs, ys = (columns + shift[0]) * step, (rows + shift[1]) * step
    source, out = blurred(picture, step / 5).load(), picture.copy()
    assert source is not None
    draw = ImageDraw.Draw(out)
    for r in range(cells + 2):
        for c in range(cells + 2):
            a, b, d, e = ((xs[i, j], ys[i, j]) for i, j in ((r, c), (r, c + 1), (r + 1, c), (r + 1, c + 1)))
            for triangle in ((a, b, d), (b, d, e)):
                x = min(max(int(sum(p[0] for p in triangle) / 3), 0), size - 1)
                y = min(max(int(sum(p[1] for p in triangle) / 3), 0), size - 1)
                draw.polygon(triangle, fill=source[x, y])
    return out


def pencil(rng: Rng, picture: Image.Image) -> Image.Image:
    """Keep only edges, as grey strokes on paper (colour dodge of the picture by its blurred negative)."""
    grey = ImageOps.grayscale(picture)
    soft = pixels(blurred(ImageOps.invert(grey), picture.width / 60))
    dodged = pixels(grey) * 255 / np.maximum(256 - soft, 1)
    tone = np.clip(dodged, 0, 255) * 0.8 + pixels(grey) * 0.2
    paper = rng.uniform(0.92, 1.0, 3).astype(np.float32)
    return picture_of(((tone + 6)[..., None] * paper + grain(rng, picture.width, 7)).astype(np.float32))


def poster(rng: Rng, picture: Image.Image) -> Image.Image:
    """Keep a few flat colours."""
    return picture.quantize(int(rng.integers(4, 9)), method=Image.Quantize.MEDIANCUT).convert("RGB")


def black_and_white(rng: Rng, picture: Image.Image) -> Image.Image:
    """Turn the picture into an old photograph without colours."""
    grey = ImageOps.autocontrast(ImageOps.grayscale(picture), cutoff=1)
    tint: RGB = (255, 244, 222) if maybe(rng, 0.4) else (255, 255, 255)
    return photo(rng, ImageOps.colorize(grey, (15, 12, 10), tint)) if maybe(rng, 0.6) else grey.convert("RGB")


def paint(rng: Rng, picture: Image.Image) -> Image.Image:
    """Smear the picture into brush strokes with more colour."""
    smeared = picture.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.ModeFilter(3))
    rich = ImageEnhance.Color(smeared).enhance(float(rng.uniform(1.1, 1.6)))
    relief = np.repeat(rng.standard_normal((picture.width, max(picture.width // 6, 1), 1), dtype=np.float32), 6, axis=1)
    relief = np.resize(relief, (picture.width, picture.width, 1))
    return picture_of(pixels(rich) + relief * 6)


def faded(rng: Rng, picture: Image.Image) -> Image.Image:
    """Change contrast, brightness and colourfulness a little."""
    picture = ImageEnhance.Contrast(picture).enhance(float(rng.uniform(0.65, 1.2)))
    picture = ImageEnhance.Color(picture).enhance(float(rng.uniform(0.5, 1.3)))
    return ImageEnhance.Brightness(picture).enhance(float(rng.uniform(0.75, 1.15)))


def compressed(rng: Rng, picture: Image.Image) -> Image.Image:
    """Lose sharpness as a picture does that was saved small and enlarged."""
    small = int(picture.width * rng.uniform(0.4, 0.7))
    return picture.resize((small, small), Image.Resampling.BILINEAR).resize(picture.size, Image.Resampling.BICUBIC)


FINISHES: tuple[tuple[tuple[str, Finish | None], float], ...] = (
    (("", None), 30),
    (("", photo), 30),
    (("", faded), 8),
    (("", compressed), 5),
    (("watercolour painting", watercolour), 6),
    (("painting", paint), 5),
    (("pixel art", pixel_art), 4),
    (("pencil drawing", pencil), 4),
    (("poster", poster), 2),
    (("black and white photo", black_and_white), 4),
)


COARSE: tuple[tuple[tuple[str, Finish | None], float], ...] = (*FINISHES, (("low poly picture", low_poly), 6))
"""Finishes for pictures without fine lines."""

COLOURLESS = ("pencil drawing", "black and white photo")
"""Names of the finishes that leave no colours."""


def finished(rng: Rng, picture: Image.Image, *, coarse: bool = False) -> tuple[Image.Image, str]:
    """Return the picture with a random finish, and the finish's name ("" for those nobody would mention)."""
    name, finish = weighted(rng, COARSE if coarse else FINISHES)
    return (finish(rng, picture) if finish else picture), name


def lit(rng: Rng, layer: Image.Image) -> Image.Image:
    """Return a cut-out RGBA layer with light and shade along its edges, as if it had volume, and a fine texture."""
    size = layer.width
    alpha = layer.getchannel("A")
    height = pixels(blurred(alpha, size * float(rng.uniform(0.02, 0.06)))) / 255
    rise, run = np.gradient(height)
    angle = rng.uniform(3.6, 5.8)
    light = (run * np.cos(angle) + rise * np.sin(angle)) * size * -rng.uniform(0.05, 0.16)
    texture = smooth_noise(rng, size, 40) * rng.uniform(0, 0.08)
    shaded = pixels(layer.convert("RGB")) * (1 + np.clip(light, -0.6, 0.7) + texture)[..., None]
    out = picture_of(shaded.astype(np.float32))
    out.putalpha(alpha)
    return out


def pasted(rng: Rng, ground: Image.Image, layer: Image.Image, shadow: float) -> Image.Image:
    """Return the ground with a cut-out RGBA layer on it, which throws a soft shadow of this strength (0: none)."""
    if shadow > 0:
        dark = blurred(layer.getchannel("A"), ground.width * float(rng.uniform(0.01, 0.04)))
        shift = int(ground.width * 0.02)
        dark = ImageChops.offset(dark, int(rng.integers(-shift, shift + 1)), int(rng.integers(0, 2 * shift + 1)))
        ground = Image.composite(
            Image.new("RGB", ground.size, (20, 18, 22)), ground, dark.point([int(i * shadow) for i in range(256)])
        )
    out = ground.copy()
    out.paste(layer, (0, 0), layer)
    return out
