"""Pictures of the training pool are drawn once, whatever happens in between."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging" / "model"))

from drawings import SIDE, Drawing, Drawings, fitted, kept_for_each, thumbs
from splits import Entry

ENTRY = Entry("mdi", "icon", "", ("thing",))


class Pen:
    """Draws squares, and counts them."""

    def __init__(self) -> None:
        self.drawn = 0

    def square(self, key: str, colour: str) -> Drawing:
        def draw() -> Image.Image:
            self.drawn += 1
            return Image.new("RGBA", (20, 20), colour)

        return Drawing(key, ENTRY, draw)


def broken() -> Image.Image:
    raise OSError("no picture")


def test_a_picture_is_drawn_once_and_keeps_its_row(tmp_path: Path) -> None:
    pen = Pen()
    first = Drawings(tmp_path).add([pen.square("a", "red"), pen.square("b", "blue")])
    again = Drawings(tmp_path).add([pen.square("c", "lime"), pen.square("b", "blue")])
    assert [row for row, _ in first + again] == [0, 1, 2, 1]
    assert pen.drawn == 3
    assert Drawings(tmp_path).pixels()[:, 5, 5, :3].tolist() == [[255, 0, 0], [0, 0, 255], [0, 255, 0]]


def test_what_cannot_be_drawn_is_left_out_and_not_tried_again(tmp_path: Path) -> None:
    pen = Pen()
    assert [row for row, _ in Drawings(tmp_path).add([Drawing("x", ENTRY, broken), pen.square("a", "red")])] == [0]
    assert Drawings(tmp_path).add([pen.square("x", "red")]) == []
    assert pen.drawn == 1


def test_a_picture_half_written_when_the_run_died_is_drawn_again(tmp_path: Path) -> None:
    pen = Pen()
    Drawings(tmp_path).add([pen.square("a", "red")])
    with open(tmp_path / "drawings.raw", "ab") as raw:
        raw.write(b"half")
    Drawings(tmp_path).add([pen.square("b", "blue")])
    assert Drawings(tmp_path).pixels()[1, 5, 5].tolist() == [0, 0, 255, 255]


def test_a_picture_fills_the_square_by_its_longer_side_whatever_margin_it_has() -> None:
    wide = Image.new("RGBA", (100, 100))
    wide.paste("red", (10, 40, 90, 60))
    alpha = fitted(wide)[..., 3]
    assert (alpha[:, 0] > 0).any()
    assert alpha.any(axis=1).sum() == pytest.approx(SIDE / 4, abs=2)
    with pytest.raises(ValueError, match="nothing is drawn"):
        fitted(Image.new("RGBA", (10, 10)))


def test_small_copies_are_alike_for_one_drawing_and_not_for_another() -> None:
    random = np.random.default_rng(3).integers(0, 255, (2, 9, 9, 4), np.uint8).repeat(16, 1).repeat(16, 2)
    random[..., 3] = 255
    darker = (random[:1] * 0.9).astype(np.uint8)
    darker[..., 3] = 255
    small = thumbs(np.concatenate([random, darker])).astype(np.float32)
    assert small[0] @ small[2] > 0.95
    assert small[0] @ small[1] < 0.5


def test_what_is_kept_for_each_picture_grows_with_them(tmp_path: Path) -> None:
    pixels = np.arange(600, dtype=np.uint8).reshape(600, 1, 1, 1)
    asked: list[int] = []

    def make(part: np.ndarray) -> np.ndarray:
        asked.append(len(part))
        return part.reshape(len(part), 1)

    kept_for_each(tmp_path / "kept.npy", pixels[:300], make)
    found = kept_for_each(tmp_path / "kept.npy", pixels, make)
    assert (found[:, 0] == pixels.ravel()).all()
    assert sum(asked) == 600
