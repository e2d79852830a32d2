"""Fonts: the DejaVu faces of this system, or Pillow's own where there are none."""

import subprocess
from functools import lru_cache

from PIL import ImageFont

FACES = (
    "DejaVu Sans",
    "DejaVu Sans:bold",
    "DejaVu Serif",
    "DejaVu Serif:bold",
    "DejaVu Sans Mono",
    "DejaVu Serif:italic",
)
SANS, BOLD, SERIF, SERIF_BOLD, MONO, ITALIC = range(len(FACES))

AnyFont = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache
def font_path(face: int) -> str | None:
    """Return the file of a face, or None where the system has no such font."""
    try:
        found = subprocess.run(
            ["fc-match", "--format=%{file}", FACES[face]], capture_output=True, text=True, check=True, timeout=10
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return found if "DejaVu" in found else None


@lru_cache(maxsize=512)
def font(face: int, size_px: int) -> AnyFont:
    """Return a face at a size."""
    path = font_path(face)
    if path is None:
        return ImageFont.load_default(size_px)
    return ImageFont.truetype(path, size_px, layout_engine=ImageFont.Layout.BASIC)
