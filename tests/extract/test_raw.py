"""Photos in the makers' own formats are seen by the preview that the camera put into them."""

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.extract.builders import EXIF_PART, GPS_PART, MAKE, MODEL, ORIENTATION, TAKEN, encoded, two_colours
from vexgui.extract.contents import Contents, Unreadable
from vexgui.extract.readers.raw import raw_thumbnail, read_raw

RED, BLUE = (220, 20, 20), (20, 20, 220)
SENSOR = np.random.default_rng(3).integers(0, 255, 6 << 20, np.uint8).tobytes().replace(b"\xff\xd8\xff", b"\0\0\0")
LOSSLESS = b"\xff\xd8\xff\xc3" + struct.pack(">HBHH", 11, 14, 4000, 6000) + b"\1\1\x11\0"
WIDE, HIGH = 0xA002, 0xA003


def tags(**more: int) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[MODEL] = "Canon", "Canon EOS 80D"
    exif[ORIENTATION] = more.get("orientation", 1)
    exif.get_ifd(EXIF_PART).update({TAKEN: "2021:07:14 10:11:12", WIDE: 6000, HIGH: 4000})
    exif.get_ifd(GPS_PART).update({1: "N", 2: (38.0, 42.0, 36.0), 3: "W", 4: (9.0, 8.0, 24.0)})
    return exif


def tiff_like(exif: Image.Exif, *after: bytes, magic: bytes = b"*\0") -> bytes:
    """Return a TIFF header with tags, as most makers write it, and what lies behind it."""
    head = exif.tobytes().removeprefix(b"Exif\0\0")
    order = b"II" if head[:2] == b"II" else b"MM"
    return order + (magic if order == b"II" else magic[::-1]) + head[4:] + b"".join(after)


def preview(width: int, height: int, exif: Image.Exif | None = None) -> bytes:
    return encoded(two_colours((width, height)), "JPEG", **({"exif": exif} if exif else {}))


def cr3(exif: Image.Exif) -> bytes:
    """Return boxes with the parts of EXIF, each a TIFF of its own."""
    parts = []
    for name, part in ((b"CMT1", 0), (b"CMT2", EXIF_PART), (b"CMT4", GPS_PART)):
        alone = Image.Exif()
        alone.update(exif.get_ifd(part) if part else {tag: exif[tag] for tag in (MAKE, MODEL, ORIENTATION)})
        body = alone.tobytes().removeprefix(b"Exif\0\0")
        parts.append(struct.pack(">I4s", len(body) + 8, name) + body)
    return b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + b"".join(parts)


def pixel(contents: Contents, down: float, across: float) -> np.ndarray:
    raster = contents.shown[0].raster
    assert raster is not None
    pixels = np.frombuffer(raster.rgb, np.uint8).reshape(raster.height, raster.width, 3)
    return pixels[int(down * raster.height), int(across * raster.width)].astype(int)


@pytest.mark.parametrize(
    "data",
    [
        tiff_like(tags(), preview(160, 120), preview(600, 400), LOSSLESS, SENSOR),
        tiff_like(tags(), preview(160, 120), SENSOR, preview(600, 400)),
        tiff_like(tags(), SENSOR[:5_000_000], preview(600, 400), magic=b"RO"),
        tiff_like(Image.Exif(), preview(600, 400, tags()), magic=b"U\0"),
        b"FUJIFILMCCD-RAW 0201" + bytes(100) + preview(600, 400, tags()) + SENSOR,
        cr3(tags()) + preview(160, 120) + preview(600, 400) + SENSOR,
    ],
    ids=["thumbnail first", "preview last", "olympus", "panasonic", "fuji", "canon"],
)
def test_the_largest_preview_is_shown_with_what_the_camera_says(data: bytes) -> None:
    contents = read_raw(BytesIO(data), 100)
    facts = contents.facts
    assert (facts.width, facts.height, facts.camera) == (6000, 4000, "Canon EOS 80D")
    assert facts.taken == "2021-07-14T10:11:12"
    assert (facts.latitude, facts.longitude) == (38.71, -9.14)
    raster = contents.shown[0].raster
    assert raster is not None
    assert (raster.width, raster.height) == (150, 100)
    assert np.abs(pixel(contents, 0.5, 0.1) - RED).max() < 40
    assert np.abs(pixel(contents, 0.5, 0.9) - BLUE).max() < 40


def test_it_is_turned_as_the_camera_was_held() -> None:
    contents = read_raw(BytesIO(tiff_like(tags(orientation=6), preview(600, 400))), 100)
    assert (contents.facts.width, contents.facts.height) == (4000, 6000)
    assert np.abs(pixel(contents, 0.1, 0.5) - RED).max() < 40
    with Image.open(BytesIO(raw_thumbnail(BytesIO(tiff_like(tags(orientation=6), preview(600, 400))), 90))) as small:
        assert small.size == (60, 90)


def test_a_preview_across_two_readings_of_the_file_is_found() -> None:
    head = tiff_like(tags())
    for less in range(4):
        before = bytes((4 << 20) - len(head) - less)
        assert read_raw(BytesIO(head + before + preview(600, 400)), 0).facts.width == 6000


@pytest.mark.parametrize("data", [b"", b"II*\0", tiff_like(tags(), SENSOR, LOSSLESS), preview(600, 400)[:20]])
def test_one_without_a_preview_says_so(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no preview"):
        read_raw(BytesIO(data), 100)


def test_a_preview_that_is_cut_off_keeps_its_facts() -> None:
    contents = read_raw(BytesIO(tiff_like(tags(), preview(600, 400)[:2000])), 100)
    assert contents.problem.startswith("The picture is damaged")
    assert contents.facts.camera == "Canon EOS 80D"
