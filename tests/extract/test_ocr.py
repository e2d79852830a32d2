"""The text in pictures, and which pictures look as if they had some."""

import math
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.extract.builders import encoded, two_colours, written
from vexgui.extract.available import OCR, is_installed
from vexgui.extract.readers import ocr, picture
from vexgui.extract.readers.ocr import Effort, looks_written, text_in
from vexgui.extract.readers.picture import read_picture

needs_ocr = pytest.mark.skipif(not is_installed(OCR), reason="rapidocr-onnxruntime is not installed")

LETTER = written(*["The old tram climbs a steep street"] * 8, size=(800, 600))


def grain(seed: int) -> Image.Image:
    """Return a picture full of fine detail, as grass is."""
    return Image.fromarray(np.random.default_rng(seed).integers(0, 255, (400, 600, 3), dtype=np.uint8))


def patient() -> Effort:
    """Return an effort that a busy computer does not end."""
    return Effort(longest_s=math.inf, due_s=math.inf)


def shapes() -> Image.Image:
    """Return a drawing of large shapes on a sky."""
    image = Image.new("RGB", (600, 400), (120, 180, 240))
    draw = ImageDraw.Draw(image)
    for number in range(12):
        draw.ellipse((number * 50, 60 + number * 20, number * 50 + 90, 160 + number * 20), (200, 20 * number, 40))
    return image


def test_a_letter_looks_written() -> None:
    assert looks_written(LETTER)
    assert looks_written(LETTER.resize((1600, 1200)))


def test_a_page_that_is_full_of_lines_looks_written() -> None:
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for line in range(64):
        draw.text(
            (75, 50 + line * 25.5), "The old tram climbs a steep street. " * 3, "black", ImageFont.load_default(21)
        )
    assert looks_written(page)


def test_light_text_on_a_dark_screen_looks_written() -> None:
    assert looks_written(Image.eval(LETTER, lambda value: 255 - value))


@pytest.mark.parametrize("image", [two_colours((600, 400)), grain(1), grain(2).resize((200, 100)), shapes()])
def test_what_is_no_writing_does_not_look_so(image: Image.Image) -> None:
    assert not looks_written(image)


@pytest.mark.parametrize("size", [(1, 1), (30, 400), (400, 30)])
def test_what_is_too_small_to_tell_does_not_look_written(size: tuple[int, int]) -> None:
    assert not looks_written(Image.new("RGB", size))


@needs_ocr
def test_the_lines_of_a_picture_are_read() -> None:
    assert text_in(written("An old tram", "climbs the hill", "at 10:45"), patient()) == (
        "An old tram\nclimbs the hill\nat 10:45"
    )


@needs_ocr
def test_no_more_is_read_than_the_effort_allows() -> None:
    effort = Effort(left=150.0, longest_s=math.inf, due_s=math.inf)
    assert 0 < len(text_in(LETTER, effort).split("\n")) < 8
    assert effort.is_spent
    assert text_in(LETTER, effort) == ""


@needs_ocr
def test_a_pattern_is_no_text() -> None:
    stripes = Image.new("RGB", (600, 300), "white")
    draw = ImageDraw.Draw(stripes)
    for left in range(40, 560, 24):
        draw.line((left, 120, left + 12, 150, left + 24, 120), "black", 4)
    assert text_in(stripes, patient()) == ""


def test_gaps_become_spaces_and_a_line_without_text_stays_so() -> None:
    line = np.full((20, 200, 3), 255, np.uint8)
    line[5:15, 10:30] = line[5:15, 34:54] = line[5:15, 90:110] = 0
    assert ocr._spaced(line, "abc", [0.1, 0.22, 0.5]) == "ab c"
    assert ocr._spaced(line, "汉字c", [0.1, 0.22, 0.5]) == "汉字c"
    assert ocr._spaced(line, "", []) == ""


def test_effort_ends_with_time() -> None:
    assert Effort(left=1000.0, due_s=0.0).is_spent
    now = [10.0]
    effort = Effort(left=1000.0, longest_s=5.0, clock=lambda: now[0], due_s=math.inf)
    assert not effort.is_spent
    now[0] = 15.1
    assert effort.is_spent


@needs_ocr
def test_what_was_read_is_kept_when_time_is_up() -> None:
    now = iter(range(1000))
    effort = Effort(longest_s=2.0, clock=lambda: float(next(now)), due_s=math.inf)
    assert 0 < len(text_in(LETTER, effort).split("\n")) < 8


@needs_ocr
def test_a_picture_has_its_text_where_its_pixels_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "Effort", patient)
    data = encoded(LETTER, "JPEG")
    assert read_picture(BytesIO(data), 0).sections == ()
    contents = read_picture(BytesIO(data), 100)
    (section,) = contents.sections
    assert section.place == "in the picture"
    assert section.text.count("climbs") >= 6  # of 8
    assert [shown.place for shown in contents.shown] == [""]


@needs_ocr
def test_a_picture_without_writing_is_not_read_further(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> str:
        raise AssertionError

    monkeypatch.setattr(picture, "text_in", never)
    assert read_picture(BytesIO(encoded(grain(3), "JPEG")), 100).sections == ()


def test_a_picture_at_which_the_library_breaks_is_still_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise ImportError

    monkeypatch.setattr(ocr, "_engine", broken)
    contents = read_picture(BytesIO(encoded(LETTER, "JPEG")), 100)
    assert (contents.sections, contents.problem, len(contents.shown)) == ((), "", 1)


@needs_ocr
def test_the_library_leaves_nothing_behind_in_the_home(tmp_path: Path) -> None:
    code = "from vexgui.extract.readers.ocr import _engine; _engine()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    environment |= {"HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120, env=environment, capture_output=True)
    assert list(tmp_path.rglob("*")) == []
