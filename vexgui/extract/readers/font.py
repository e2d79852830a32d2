"""Fonts: what they are called."""

from io import BytesIO
from typing import BinaryIO

from PIL import ImageFont

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, Unreadable, one_line

_MAX_FACES = 32
_MAX_FONT_BYTES = 128 << 20
_PLAIN = ("regular", "normal", "book")


def read_font(file: BinaryIO) -> Contents:
    """Read the names of a font's faces: family and style.

    Raises:
        Unreadable: It is damaged.
    """
    names: list[str] = []
    whole = BytesIO(file.read(_MAX_FONT_BYTES))
    for index in range(_MAX_FACES):
        whole.seek(0)
        try:
            name = _name(ImageFont.truetype(whole, 10, index=index))
        except OSError as error:
            if index == 0:
                raise Unreadable("The font is damaged.") from error
            break
        names.append(name)
    return Contents(FileFacts(title=one_line(", ".join(dict.fromkeys(filter(None, names))), 300)))


def _name(face: ImageFont.FreeTypeFont) -> str:
    family, style = face.getname()
    return " ".join(part for part in (family, style) if part and part.lower() not in _PLAIN)
