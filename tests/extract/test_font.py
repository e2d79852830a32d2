"""Fonts tell what they are called."""

from io import BytesIO
from pathlib import Path

import pytest

from vexgui.extract.contents import Unreadable
from vexgui.extract.readers.font import read_font

FONTS = sorted(Path("/usr/share/fonts").rglob("DejaVuSans*.ttf"))


@pytest.mark.skipif(not FONTS, reason="no DejaVu fonts are installed")
def test_family_and_style_are_the_title() -> None:
    titles = {path.stem: read_font(BytesIO(path.read_bytes())).facts.title for path in FONTS}
    assert titles["DejaVuSans"] == "DejaVu Sans"
    assert titles.get("DejaVuSans-Bold", "DejaVu Sans Bold") == "DejaVu Sans Bold"


@pytest.mark.parametrize("data", [b"junk", b"\0\1\0\0" + bytes(100), b"OTTO" + b"\xff" * 500, b"wOFF" + bytes(200)])
def test_a_damaged_font_is_said_to_be(data: bytes) -> None:
    with pytest.raises(Unreadable, match="The font is damaged"):
        read_font(BytesIO(data))
