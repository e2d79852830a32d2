"""Drawings are drawn as a viewer shows them, and show no other file."""

import gzip
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.extract.builders import encoded
from vexgui.extract.contents import Contents, Unreadable
from vexgui.extract.readers.drawing import drawing_thumbnail, read_drawing

pytest.importorskip("resvg_py")

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
RED_AND_BLUE = (
    '<rect width="20" height="20" fill="#dc1414"/><rect x="20" width="20" height="20" fill="#1414dc"/>'
    "<title>Two squares</title><text>Made by hand</text>"
)


def svg(size: str = 'viewBox="0 0 40 20"', body: str = RED_AND_BLUE) -> bytes:
    return f"{HEAD}{size}>{body}</svg>".encode()


def pixels(contents: Contents) -> np.ndarray:
    raster = contents.shown[0].raster
    assert raster is not None
    return np.frombuffer(raster.rgb, np.uint8).reshape(raster.height, raster.width, 3)


@pytest.mark.parametrize("data", [svg(), gzip.compress(svg(), mtime=0), b"<?xml version='1.0'?>\n" + svg()])
def test_it_is_drawn_as_large_as_asked_for_and_its_words_are_read(data: bytes) -> None:
    contents = read_drawing(BytesIO(data), 100)
    assert pixels(contents).shape == (100, 200, 3)
    assert pixels(contents)[50, 20].tolist() == [0xDC, 0x14, 0x14]
    assert pixels(contents)[50, 180].tolist() == [0x14, 0x14, 0xDC]
    assert (contents.facts.title, contents.facts.width, contents.facts.height) == ("Two squares", 40, 20)
    assert "Made by hand" in contents.sections[0].text


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ('width="40" height="20"', 40, 20),
        ('width="1in" height="25.4mm"', 96, 96),
        ('width="100%" height="100%" viewBox="0,0,40,20"', 40, 20),
        ('width="1e9" height="1e9"', None, None),
        ("", None, None),
    ],
)
def test_its_size_is_told_in_pixels_of_a_screen(size: str, width: int | None, height: int | None) -> None:
    facts = read_drawing(BytesIO(svg(size)), 0).facts
    assert (facts.width, facts.height) == (width, height)
    assert read_drawing(BytesIO(svg(size)), 64).shown


def test_its_background_is_paper() -> None:
    contents = read_drawing(BytesIO(svg(body='<rect width="20" height="20"/>')), 100)
    assert contents.shown[0].transparent
    assert pixels(contents)[50, 180].tolist() == [255, 255, 255]
    with Image.open(BytesIO(drawing_thumbnail(BytesIO(svg(body='<rect width="20" height="20"/>')), 64))) as small:
        assert (small.size, small.mode) == ((64, 32), "RGBA")


def test_a_wide_one_has_parts_before_and_after_it_is_drawn() -> None:
    for short_px in (0, 64):
        shown = read_drawing(BytesIO(svg('viewBox="0 0 400 100"')), short_px).shown
        assert [part.place for part in shown][:2] == ["", "left"]
        assert all(bool(part.raster) == bool(short_px) for part in shown)


@pytest.mark.parametrize("family", ["", 'font-family="A Font That Nobody Has"', 'font-family="sans-serif"'])
def test_its_words_are_drawn_whatever_fonts_are_there(family: str) -> None:
    body = f'<text x="2" y="15" font-size="14" {family}>Hello</text>'
    assert (pixels(read_drawing(BytesIO(svg(body=body)), 100)) < 100).any()


def test_no_other_file_is_shown(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(encoded(Image.new("RGB", (20, 20), (0, 255, 0)), "PNG"))
    for attribute in ("href", "xlink:href"):
        for place in (str(secret), f" {secret}", secret.as_uri()):
            body = f'<image {attribute}="{place}" width="40" height="20"/>'
            assert pixels(read_drawing(BytesIO(svg(body=body)), 20)).min() == 255
    head = f'<!DOCTYPE svg [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'.encode()
    assert pixels(read_drawing(BytesIO(head + svg(body="<text>&secret;</text>")), 20)).min() == 255


def test_a_picture_that_comes_with_it_is_shown() -> None:
    from base64 import b64encode

    inner = b64encode(encoded(Image.new("RGB", (20, 20), (0, 255, 0)), "PNG")).decode()
    body = f'<image href="data:image/png;base64,{inner}" width="40" height="20" preserveAspectRatio="none"/>'
    assert pixels(read_drawing(BytesIO(svg(body=body)), 20))[10, 20].tolist() == [0, 255, 0]


@pytest.mark.parametrize("data", [b"", b"plain words", b"<html><p>page</p></html>"])
def test_what_is_no_drawing_has_words_at_most(data: bytes) -> None:
    assert not any(shown.raster for shown in read_drawing(BytesIO(data), 64).shown)
    with pytest.raises(Unreadable):
        drawing_thumbnail(BytesIO(data), 64)


def test_without_the_library_its_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    contents = read_drawing(BytesIO(svg()), 64)
    assert not contents.shown
    assert contents.facts.title == "Two squares"
