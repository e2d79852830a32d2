"""HEIC and JPEG XL are read where the packages for them are installed, and named where they are not."""

import sys
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.extract.builders import EXIF_PART, ORIENTATION, TAKEN, encoded, two_colours
from vexgui.extract.contents import Unreadable
from vexgui.extract.readers import plugins
from vexgui.extract.readers.picture import picture_thumbnail, read_picture

HEADS = {"HEIF": b"\0\0\0\x1cftypheic", "JXL": b"\0\0\0\x0cJXL \r\n\x87\n"}
PACKAGES = {"HEIF": "pillow_heif", "JXL": "pillow_jxl"}


@pytest.fixture(params=["HEIF", "JXL"])
def form(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    pytest.importorskip(PACKAGES[name])
    assert plugins.format_for(HEADS[name]) == name
    return name


def test_it_has_facts_and_pixels(form: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(EXIF_PART)[TAKEN] = "2021:07:14 10:11:12"
    data = encoded(two_colours((400, 200)), form, exif=exif.tobytes())
    contents = read_picture(BytesIO(data), 50)
    assert (contents.facts.width, contents.facts.height) == (400, 200)
    assert contents.facts.taken == "2021-07-14T10:11:12"
    raster = contents.shown[0].raster
    assert raster is not None
    pixels = np.frombuffer(raster.rgb, np.uint8).reshape(50, 100, 3).astype(int)
    assert np.abs(pixels[25, 10] - (220, 20, 20)).max() < 40
    assert np.abs(pixels[25, 90] - (20, 20, 220)).max() < 40
    assert picture_thumbnail(BytesIO(data), 32).startswith(b"\x89PNG")


def test_it_is_turned_by_its_decoder_alone(form: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    data = encoded(two_colours((80, 40)), form, exif=exif.tobytes())
    with Image.open(BytesIO(data)) as image:
        size = image.size
    contents = read_picture(BytesIO(data), 40)
    raster = contents.shown[0].raster
    assert raster is not None
    assert (raster.width, raster.height) == size == (contents.facts.width, contents.facts.height)


def test_a_truncated_one_is_refused_by_name(form: str) -> None:
    data = encoded(Image.effect_noise((300, 200), 80).convert("RGB"), form)
    try:
        problem = read_picture(BytesIO(data[: len(data) // 2]), 50).problem
    except Unreadable as refused:
        problem = refused.reason
    assert problem.startswith("The picture is damaged")


@pytest.mark.parametrize(("name", "package"), [("HEIF", "pillow-heif"), ("JXL", "pillow-jxl-plugin")])
def test_what_is_missing_is_named(name: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins._loaded.cache_clear()
    monkeypatch.setitem(sys.modules, PACKAGES[name], None)
    with pytest.raises(Unreadable, match=f"once {package} is installed"):
        read_picture(BytesIO(HEADS[name] + bytes(100)), 50)


def test_other_files_need_none() -> None:
    assert plugins.format_for(b"\xff\xd8\xff\xe0") is None
    assert plugins.format_for(b"") is None
    assert plugins.format_for(b"\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf") is None
