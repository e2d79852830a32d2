"""Small PNG files are what was put into them."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from vexgui.extract.png import png_of


@pytest.mark.parametrize("shape", [(1, 1, 3), (7, 5, 3), (5, 7, 4), (192, 256, 3)])
def test_every_pixel_comes_back(shape: tuple[int, int, int]) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, shape, np.uint8)
    with Image.open(BytesIO(png_of(pixels))) as image:
        assert image.mode == ("RGB" if shape[2] == 3 else "RGBA")
        assert np.array_equal(np.asarray(image), pixels)


def test_a_plain_picture_is_small() -> None:
    assert len(png_of(np.zeros((192, 256, 3), np.uint8))) < 1500
