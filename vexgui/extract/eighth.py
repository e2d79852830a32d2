"""JPEGs at an eighth of their size, by a decoder of our own (``eighth.c``), where a compiler was there to make it."""

import ctypes
import os
from collections.abc import Callable
from functools import cache

_LIBRARY = os.path.join(os.path.dirname(__file__), "libeighth.so")
_POINT_BYTES = 3
EIGHTH = 8


def eighth_of(jpeg: bytes, width: int, height: int) -> bytes | None:
    """Return the RGB of a JPEG at an eighth of its size, to the bit what libjpeg makes of it, more slowly.

    Args:
        jpeg: The file.
        width: Of what is returned, an eighth of the picture's, rounded up; it is refused if that is not so.
        height: Likewise.

    Returns:
        The pixels, row after row; None where libjpeg has to do it: it is rare, damaged, or no compiler was there.
    """
    decode = _decoder()
    if decode is None:
        return None
    pixels = ctypes.create_string_buffer(width * height * _POINT_BYTES)
    return pixels.raw if decode(jpeg, len(jpeg), pixels, width, height) else None


@cache
def _decoder() -> Callable[..., int] | None:
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
    decode = library.vexgui_eighth
    decode.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)
    decode.restype = ctypes.c_int
    return decode
