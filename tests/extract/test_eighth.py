"""JPEGs at an eighth of their size: the pixels of libjpeg, or none."""

import random
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from vexgui.extract import eighth
from vexgui.extract.eighth import eighth_of
from vexgui.extract.readers.picture import read_picture

RANDOM = np.random.default_rng(4)
SUBSAMPLING = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}


@pytest.fixture(autouse=True)
def compiled() -> None:
    if eighth_of(jpeg((64, 64)), 8, 8) is None:
        pytest.skip("no compiler was there to make the decoder")


def drawn(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    coarse = Image.fromarray(RANDOM.integers(0, 256, (5, 7, 3), np.uint8)).resize(size, Image.Resampling.BICUBIC)
    grain = RANDOM.normal(0, 12, (size[1], size[0], 3))
    return Image.fromarray((np.asarray(coarse) + grain).clip(0, 255).astype(np.uint8)).convert(mode)


def jpeg(size: tuple[int, int], mode: str = "RGB", quality: int = 90, **options: object) -> bytes:
    file = BytesIO()
    drawn(size, mode).save(file, "JPEG", quality=quality, **options)
    return file.getvalue()


def by_libjpeg(file: bytes) -> np.ndarray:
    with Image.open(BytesIO(file)) as image:
        image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        return np.asarray(image)


def ours(file: bytes, shape: tuple[int, ...]) -> np.ndarray | None:
    height, width = shape[:2]
    pixels = eighth_of(file, width, height)
    return None if pixels is None else np.frombuffer(pixels, np.uint8).reshape(height, width, 3)


@pytest.mark.parametrize("subsampling", SUBSAMPLING)
@pytest.mark.parametrize("quality", [5, 50, 90, 100])
@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"restart_marker_blocks": 5}], ids=str)
def test_the_pixels_are_those_of_libjpeg(subsampling: str, quality: int, options: dict[str, object]) -> None:
    for size in ((64, 64), (203, 97), (8, 90), (17, 16)):
        file = jpeg(size, quality=quality, subsampling=SUBSAMPLING[subsampling], **options)
        expected = by_libjpeg(file)
        found = ours(file, expected.shape)
        assert found is not None
        assert np.array_equal(found, expected)


def test_rare_kinds_are_left_to_libjpeg() -> None:
    rare = [
        jpeg((64, 64), progressive=True),
        jpeg((64, 64), "L"),
        jpeg((64, 64), "CMYK"),
        jpeg((64, 64), keep_rgb=True),
    ]
    assert [eighth_of(file, 8, 8) for file in rare] == [None] * len(rare)


def test_another_size_than_the_picture_has_is_refused() -> None:
    assert eighth_of(jpeg((64, 64)), 9, 8) is None


def test_every_beginning_of_a_file_is_refused() -> None:
    file = jpeg((64, 48), restart_marker_blocks=3)
    assert not any(eighth_of(file[:end], 8, 6) for end in range(0, len(file) - 2, 7))


def test_files_with_bytes_changed_are_refused_or_give_as_many_pixels() -> None:
    chance = random.Random(8)
    for options in ({}, {"restart_marker_blocks": 2}, {"subsampling": 0, "optimize": True}):
        file = jpeg((72, 56), **options)
        for _ in range(300):
            changed = bytearray(file)
            for _ in range(chance.randint(1, 4)):
                changed[chance.randrange(len(file))] = chance.randrange(256)
            found = eighth_of(bytes(changed), 9, 7)
            assert found is None or len(found) == 9 * 7 * 3


def test_a_photo_is_read_by_it_and_the_same_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    file = jpeg((640, 480))
    with_it = read_picture(BytesIO(file), 60)
    asked: list[int] = []
    monkeypatch.setattr("vexgui.extract.readers.picture.eighth_of", lambda *_: asked.append(1))
    assert read_picture(BytesIO(file), 60) == with_it
    assert asked


def test_without_the_library_nothing_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    eighth._decoder.cache_clear()
    monkeypatch.setattr(eighth, "_LIBRARY", "/nonexistent")
    assert eighth_of(jpeg((64, 64)), 8, 8) is None
    eighth._decoder.cache_clear()
