"""Drawn pictures, each kept once under a key: names and splits may change without drawing anything again."""

import io
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from splits import Entry

SIDE = 144
"""Pixels; the model looks at 112, where a picture may be shown larger in training."""

THUMB = 12
"""Pixels of the pictures' small copies, which near-duplicates are found by."""

_MAX_PIXELS = 178_956_970
"""Pillow's own limit: it warns of half as many."""

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn: a key that names it for good, what it shows, and what draws it."""

    key: str
    entry: Entry
    draw: Callable[[], Image.Image]


def svg(text: str, colour: str = "") -> Image.Image:
    """Draw an SVG as large as fits; ``currentColor`` is the colour given."""
    import resvg_py  # here: only who draws needs it

    if colour:
        text = text.replace("currentColor", colour)
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text, width=4 * SIDE // 3))))


def from_file(path: Path) -> Callable[[], Image.Image]:
    """Return what draws a file."""
    return (lambda: svg(path.read_text("utf-8", "replace"))) if path.suffix == ".svg" else lambda: Image.open(path)


def from_bytes(data: bytes) -> Callable[[], Image.Image]:
    """Return what draws the content of a file that is no SVG."""
    return lambda: Image.open(io.BytesIO(data))


def fitted(picture: Image.Image) -> np.ndarray:
    """Return a picture fitted into the pool's square, uint8 [SIDE, SIDE, 4]."""
    picture = picture.convert("RGBA")
    box = picture.getchannel("A").point(lambda value: 255 if value > 8 else 0).getbbox()
    if box is None:
        raise ValueError("nothing is drawn")
    picture = picture.crop(box)
    scale = SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # Premultiplied while it is resized, or the edges take on the colour of what cannot be seen.
    picture = picture.convert("RGBa").resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0).convert("RGBA")
    canvas = Image.new("RGBA", (SIDE, SIDE))
    canvas.paste(picture, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.asarray(canvas)


class Drawings:
    """The pictures drawn so far: ``drawings.raw`` (uint8 [SIDE, SIDE, 4] each), ``drawings.keys`` and ``broken.keys``.

    Args:
        folder: Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self._raw, self._keys, self._broken = (
            folder / name for name in ("drawings.raw", "drawings.keys", "broken.keys")
        )
        self.rows = {key: row for row, key in enumerate(_lines(self._keys))}

    def add(self, drawings: Iterable[Drawing]) -> list[tuple[int, Entry]]:
        """Draw what is not there yet; return the rows and entries of all that could be drawn."""
        # Some clip art is huge. Which of it is refused hangs on this alone, whoever has set it before.
        Image.MAX_IMAGE_PIXELS = _MAX_PIXELS // 2
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        broken = set(_lines(self._broken))
        found: list[tuple[int, Entry]] = []
        with open(self._raw, "ab") as raw, open(self._keys, "a") as keys, open(self._broken, "a") as refused:
            raw.truncate(len(self.rows) * SIDE * SIDE * 4)  # a picture whose key was not written any more
            for drawing in drawings:
                if drawing.key in broken:
                    continue
                if drawing.key not in self.rows:
                    try:
                        pixels = fitted(drawing.draw())
                    except Exception:  # noqa: BLE001 - the edge to drawings of all sorts: some are broken
                        refused.write(f"{drawing.key}\n")
                        continue
                    raw.write(pixels.tobytes())
                    raw.flush()
                    self.rows[drawing.key] = len(self.rows)
                    keys.write(f"{drawing.key}\n")
                    keys.flush()
                found.append((self.rows[drawing.key], drawing.entry))
        return found

    def pixels(self) -> np.ndarray:
        """Return all pictures, uint8 [n, SIDE, SIDE, 4], mapped."""
        return np.memmap(self._raw, np.uint8, "r").reshape(-1, SIDE, SIDE, 4)


def kept_for_each(path: Path, pixels: np.ndarray, make: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return something of every picture, kept in a file that grows with them.

    Args:
        path: The file.
        pixels: All pictures, uint8 [n, SIDE, SIDE, 4].
        make: Makes it of a batch.
    """
    parts = [np.load(path)] if path.exists() else []
    start = sum(map(len, parts))
    while start < len(pixels):
        parts.append(make(pixels[start : start + _BATCH]))
        start += _BATCH
        if len(parts) > 80 or start >= len(pixels):
            parts = [np.concatenate(parts)]
            save(path, parts[0])
    return np.concatenate(parts)


def save(path: Path, array: np.ndarray) -> None:
    """Put an array in a file in place of what was there; a run that dies meanwhile leaves the old one."""
    part = path.with_suffix(".part.npy")
    np.save(part, array)
    part.replace(path)


def thumbs(pixels: np.ndarray) -> np.ndarray:
    """Return small copies in front of white, less their mean and of unit length, float16 [n, THUMB * THUMB * 3]."""
    blocks = pixels.reshape(len(pixels), THUMB, SIDE // THUMB, THUMB, SIDE // THUMB, 4).astype(np.float32) / 255
    alpha = blocks[..., 3:]
    small = (blocks[..., :3] * alpha + (1 - alpha)).mean((2, 4)).reshape(len(pixels), -1)
    small -= small.mean(1, keepdims=True)
    return (small / (np.linalg.norm(small, axis=1, keepdims=True) + 1e-6)).astype(np.float16)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
