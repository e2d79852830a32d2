"""Pictures: upright, shrunk, in true colours, and what is said of broken ones."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.extract.builders import ORIENTATION, encoded, huge_png, two_colours
from vexgui.extract.contents import MAX_SHOWN, Contents, Unreadable
from vexgui.extract.readers.picture import picture_thumbnail, read_picture

RED, BLUE, WHITE = (220, 20, 20), (20, 20, 220), (255, 255, 255)
_ACROSS = ["left", "middle left", "middle right", "right"]


def pixels(contents: Contents, part: int = 0) -> np.ndarray:
    raster = contents.shown[part].raster
    assert raster is not None
    return np.frombuffer(raster.rgb, np.uint8).reshape(raster.height, raster.width, 3)


def looks_like(pixel: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixel.astype(int) - colour).max() < 40)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "JPEG2000", "PPM", "TGA"])
def test_every_format_gives_facts_and_pixels(form: str) -> None:
    contents = read_picture(BytesIO(encoded(two_colours((400, 200)), form)), 50)
    assert (contents.facts.width, contents.facts.height) == (400, 200)
    shown = pixels(contents)
    assert shown.shape == (50, 100, 3)
    assert looks_like(shown[25, 10], RED)
    assert looks_like(shown[25, 90], BLUE)


def test_a_small_picture_is_not_enlarged() -> None:
    assert pixels(read_picture(BytesIO(encoded(two_colours((8, 6)), "PNG")), 256)).shape == (6, 8, 3)


def test_no_pixels_are_decoded_when_none_are_wanted() -> None:
    contents = read_picture(BytesIO(encoded(two_colours(), "PNG")[:-60]), 0)
    assert not any(shown.raster for shown in contents.shown)
    assert contents.facts.width == 80
    assert not contents.problem


# Where the left (red) half of the stored picture is seen after each orientation: a point of the upright picture.
@pytest.mark.parametrize(
    ("orientation", "shape", "red"),
    [
        (1, (40, 80), (20, 5)),
        (2, (40, 80), (20, 75)),
        (3, (40, 80), (20, 75)),
        (4, (40, 80), (20, 5)),
        (5, (80, 40), (5, 20)),
        (6, (80, 40), (5, 20)),
        (7, (80, 40), (75, 20)),
        (8, (80, 40), (75, 20)),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_orientation_is_honoured(form: str, orientation: int, shape: tuple[int, int], red: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    contents = read_picture(BytesIO(encoded(two_colours(), form, exif=exif)), 40)
    shown = pixels(contents)
    assert shown.shape[:2] == shape == (contents.facts.height, contents.facts.width)
    assert looks_like(shown[red], RED)
    assert looks_like(shown[shape[0] - 1 - red[0], shape[1] - 1 - red[1]], BLUE)


def test_transparency_is_shown_on_white() -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 20, 40))
    for form in ("PNG", "WEBP", "GIF"):
        shown = pixels(read_picture(BytesIO(encoded(image, form)), 40))
        assert looks_like(shown[20, 5], RED)
        assert looks_like(shown[20, 35], WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "YCbCr", "I;16", "I", "F"])
def test_every_mode_becomes_true_colour(mode: str) -> None:
    grey = {"I;16": 51400, "I": 51400, "F": 0.5, "1": 1}.get(mode)
    image = Image.new(mode, (40, 40), grey) if grey else Image.new("RGB", (40, 40), (200, 200, 200)).convert(mode)
    if mode == "F":
        image.paste(0.1, (0, 0, 20, 20))
    form = "TIFF" if mode in ("CMYK", "YCbCr", "F", "I") else "PNG"
    shown = pixels(read_picture(BytesIO(encoded(image, form)), 40))
    assert looks_like(shown[35, 35], WHITE if mode in ("1", "F") else (200, 200, 200))


def test_an_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert looks_like(pixels(read_picture(BytesIO(data), 20))[10, 10], RED)


def test_a_panorama_stays_within_bounds() -> None:
    contents = read_picture(BytesIO(encoded(Image.new("RGB", (20_000, 300)), "PNG")), 256)
    assert contents.facts.width == 20_000
    assert max(pixels(contents).shape) == 8192
    assert len(contents.shown) == MAX_SHOWN


@pytest.mark.parametrize("turned", [False, True])
def test_the_ends_of_a_wide_or_tall_picture_are_shown_as_parts_of_it(turned: bool) -> None:
    image = two_colours((900, 300))
    exif = Image.Exif()
    exif[ORIENTATION] = 6 if turned else 1  # turned to the right: what was left is at the top
    contents = read_picture(BytesIO(encoded(image, "JPEG", exif=exif)), 64)
    places = ["top", "upper middle", "lower middle", "bottom"] if turned else _ACROSS
    assert [shown.place for shown in contents.shown] == ["", *places]
    assert pixels(contents).shape == ((192, 64, 3) if turned else (64, 192, 3))
    for part in range(1, 5):
        assert pixels(contents, part).shape == (64, 64, 3)
    assert looks_like(pixels(contents, 1)[32, 32], RED)
    assert looks_like(pixels(contents, 4)[32, 32], BLUE)


def test_the_parts_are_told_before_anything_is_decoded() -> None:
    for size in ((900, 300), (200, 1900), (400, 300), (3000, 40)):
        data = encoded(two_colours(size), "JPEG")
        told, shown = (read_picture(BytesIO(data), short_px).shown for short_px in (0, 64))
        assert [part.place for part in told] == [part.place for part in shown]
        assert not any(part.raster for part in told)


def test_what_shines_through_is_told() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    for image, transparent in ((clear, True), (two_colours().convert("RGBA"), False), (two_colours(), False)):
        (shown,) = read_picture(BytesIO(encoded(image, "PNG")), 40).shown
        assert shown.transparent is transparent


def test_a_thumbnail_keeps_what_shines_through() -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 20, 40))
    small = Image.open(BytesIO(picture_thumbnail(BytesIO(encoded(image, "PNG")), 20)))
    assert (small.mode, small.getpixel((15, 10))) == ("RGBA", (0, 0, 0, 0))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP"])
def test_a_truncated_picture_keeps_its_facts_and_says_so(form: str) -> None:
    data = encoded(Image.effect_noise((300, 200), 80).convert("RGB"), form)
    contents = read_picture(BytesIO(data[: len(data) // 2]), 50)
    assert not any(shown.raster for shown in contents.shown)
    assert (contents.facts.width, contents.facts.height) == (300, 200)
    assert contents.problem == "The picture is damaged (truncated)."


@pytest.mark.parametrize(("form", "options"), [("WEBP", {}), ("TIFF", {"compression": "tiff_lzw"})])
def test_a_truncated_picture_without_its_directory_is_refused(form: str, options: dict[str, str]) -> None:
    data = encoded(Image.effect_noise((300, 200), 80).convert("RGB"), form, **options)
    with pytest.raises(Unreadable, match="picture is damaged"):
        read_picture(BytesIO(data[: len(data) // 2]), 50)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"%!PS-Adobe-3.0 EPSF-3.0\n"]
)
def test_what_is_no_picture_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Unreadable, match="picture is damaged"):
        read_picture(BytesIO(data), 50)


def test_a_decompression_bomb_is_refused_by_name() -> None:
    for width, height in ((60_000, 60_000), (20_000, 10_000)):
        with pytest.raises(Unreadable, match=r"^The picture has too many pixels\.$"):
            read_picture(BytesIO(huge_png(width, height)), 50)


def test_a_thumbnail_is_a_png_of_the_size_asked_for() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    image = Image.open(BytesIO(picture_thumbnail(BytesIO(encoded(two_colours((400, 200)), "JPEG", exif=exif)), 100)))
    assert (image.format, image.size) == ("PNG", (50, 100))
    assert looks_like(np.asarray(image)[5, 25], RED)


def test_a_picture_that_cannot_be_decoded_has_no_thumbnail() -> None:
    with pytest.raises(Unreadable):
        picture_thumbnail(BytesIO(encoded(two_colours((400, 200)), "PNG")[:100]), 100)
