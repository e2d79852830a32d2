"""What pictures look like: changed ones like before, others not."""

import os
from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance

from vexgui.core.files import FileFacts, Passage
from vexgui.extract import worker
from vexgui.extract.contents import Raster
from vexgui.extract.looks import HEX_DIGITS, LOOKS, POINTS, Looks, bits_apart, looks_in, looks_of
from vexgui.extract.readers.picture import shades_of

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
PICTURES = sorted(
    path for path in SAMPLES.rglob("*") if path.suffix.lower() in (".jpg", ".png", ".webp", ".gif") and path.is_file()
)
NEAR = 16
"""See `vexgui.search.likeness.NEARLY_SAME_BITS`."""

Change = Callable[[Image.Image], Image.Image]


def told(image: Image.Image, short_px: int = 224) -> str:
    """Return what a picture looks like as the decoder tells it: from pixels that were shrunk."""
    factor = min(1.0, short_px / min(image.size))
    small = image.resize((round(image.width * factor), round(image.height * factor)), Image.Resampling.BICUBIC)
    return looks_of(shades_of(Raster(small.width, small.height, small.tobytes()), POINTS))


def looks(image: Image.Image, short_px: int = 224) -> Looks:
    return looks_in([told(image, short_px)])


def apart(one: Image.Image, other: Image.Image) -> int:
    return int(bits_apart(looks(one)[0], looks(other))[0])


def as_jpeg(image: Image.Image) -> Image.Image:
    sink = BytesIO()
    image.save(sink, "JPEG", quality=40)
    return Image.open(sink).convert("RGB")


def cropped(image: Image.Image) -> Image.Image:
    """Return a picture without a fiftieth on each side."""
    across, down = round(image.width / 50), round(image.height / 50)
    return image.crop((across, down, image.width - across, image.height - down))


CHANGES: dict[str, Change] = {
    "a quarter of the size": lambda image: image.resize((image.width // 4, image.height // 4)),
    "JPEG at quality 40": as_jpeg,
    "cropped": cropped,
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.7),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.3),
    "grey": lambda image: image.convert("L").convert("RGB"),
}


def opened(path: Path) -> Image.Image:
    with Image.open(path) as file:
        shown = file.convert("RGBA")
    shown.thumbnail((480, 480))
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    return paper.convert("RGB")


@pytest.fixture(scope="module")
def pictures() -> dict[str, Image.Image]:
    return {path.name: opened(path) for path in PICTURES}


@pytest.mark.parametrize("change", CHANGES)
def test_every_sample_picture_looks_as_before(change: str, pictures: dict[str, Image.Image]) -> None:
    for name, picture in pictures.items():
        assert apart(picture, CHANGES[change](picture)) <= NEAR, name


def test_no_two_sample_pictures_look_the_same(pictures: dict[str, Image.Image]) -> None:
    all_looks = [looks(picture)[0] for picture in pictures.values()]
    nearest = min(int(bits_apart(one, other[None])[0]) for one, other in combinations(all_looks, 2))
    assert nearest > 1.5 * NEAR


def house(seed: int) -> Image.Image:
    """Return a drawing of a house on a meadow, no two alike."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (300, 200), tuple(rng.integers(120, 255, 3).tolist()))
    draw = ImageDraw.Draw(image)
    ground, left, width = (int(rng.integers(*bounds)) for bounds in ((100, 170), (20, 150), (60, 130)))
    top = ground - int(rng.integers(40, 80))
    draw.rectangle((0, ground, 300, 200), tuple(rng.integers(30, 140, 3).tolist()))
    draw.rectangle((left, top, left + width, ground + 15), tuple(rng.integers(60, 255, 3).tolist()))
    draw.polygon(((left - 8, top), (left + width // 2, top - 40), (left + width + 8, top)), "brown")
    for _ in range(6):
        x, y, size = int(rng.integers(0, 280)), int(rng.integers(0, 180)), int(rng.integers(10, 40))
        draw.ellipse((x, y, x + size, y + size), tuple(rng.integers(0, 255, 3).tolist()))
    return image


def test_drawings_of_one_thing_hardly_ever_look_the_same() -> None:
    all_looks = [looks(house(seed))[0] for seed in range(40)]
    distances = [int(bits_apart(one, other[None])[0]) for one, other in combinations(all_looks, 2)]
    assert sum(distance <= NEAR for distance in distances) < len(distances) / 200
    assert float(np.median(distances)) > 2 * NEAR


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_drawing_looks_as_before(change: str) -> None:
    assert max(apart(house(seed), CHANGES[change](house(seed))) for seed in range(10)) <= NEAR


def test_a_picture_mirrored_or_turned_looks_different() -> None:
    picture = house(3)
    for turn in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180):
        assert apart(picture, picture.transpose(turn)) > NEAR


def test_it_hardly_matters_to_what_size_the_picture_was_shrunk() -> None:
    picture = house(5).resize((1200, 800))
    assert int(bits_apart(looks(picture, 256)[0], looks(picture, 64))[0]) <= 4


@pytest.mark.parametrize("shade", ["white", "black", (200, 30, 30)])
def test_a_picture_of_one_shade_looks_like_nothing(shade: str | tuple[int, int, int]) -> None:
    assert told(Image.new("RGB", (50, 40), shade)) == ""


def test_what_is_told_comes_back_bit_by_bit() -> None:
    shades = np.zeros((POINTS, POINTS), np.uint8)
    shades[0, 1] = 200
    text = looks_of(shades)
    assert len(text) == HEX_DIGITS
    assert looks_in([text, text]).tolist() == [[1 << 63, 0]] * 2  # lighter once to the right, nowhere downwards
    assert bits_apart(looks_in([text])[0], looks_in([text, "0" * HEX_DIGITS, "f" * HEX_DIGITS])).tolist() == [0, 1, 127]


def test_the_decoder_tells_it_where_pixels_were_wanted(tmp_path: Path) -> None:
    path = tmp_path / "house.png"
    house(1).save(path)
    facts, passages = extracted(path, 224)
    assert (facts.extra or {})[LOOKS] == told(house(1))
    assert all("looks" not in passage.text for passage in passages)
    without, _ = extracted(path, 0)
    assert without == FileFacts(width=300, height=200)


def extracted(path: Path, picture_px: int) -> tuple[FileFacts, tuple[Passage, ...]]:
    with path.open("rb") as file:
        found = worker.extracted(os.fsencode(path), file, picture_px)
    assert found is not None
    return found[0].facts, found[0].passages


def test_a_tiny_picture_has_looks() -> None:
    assert looks_of(shades_of(Raster(2, 1, bytes([0, 0, 0, 255, 255, 255])), POINTS)) == "7e" * 8 + "00" * 8
