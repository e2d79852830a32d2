"""Formats that Pillow reads with the help of another package, where that one is installed: HEIC and JPEG XL."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from vexgui.extract.contents import Unreadable

HEAD_BYTES = 64
"""How many first bytes tell these formats."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A package that adds a format to Pillow.

    Attributes:
        head: How files of the format begin.
        form: The format's name in Pillow.
        words: Its name in words.
        package: What is installed for it.
        load: Adds it.
    """

    head: re.Pattern[bytes]
    form: str
    words: str
    package: str
    load: Callable[[], None]


def format_for(head: bytes) -> str | None:
    """Return the name of the added format that a file begins like, once Pillow knows it; None if it is none of these.

    Raises:
        Unreadable: It is, and the package is not installed.
    """
    plugin = next((plugin for plugin in _PLUGINS if plugin.head.match(head)), None)
    if plugin is None:
        return None
    try:
        _loaded(plugin)
    except ImportError as error:
        raise Unreadable(f"{plugin.words} pictures are read once {plugin.package} is installed.") from error
    return plugin.form


@cache
def _loaded(plugin: Plugin) -> None:
    plugin.load()


def _load_heif() -> None:
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1  # there is a decoder for each processor
    pillow_heif.register_heif_opener()


def _load_jxl() -> None:
    from pillow_jxl import JpegXLImagePlugin

    JpegXLImagePlugin.DECODE_THREADS = 0  # the same


_PLUGINS = (
    Plugin(
        re.compile(rb"....ftyp(heic|heix|heim|heis|hevc|hevx|(mif1|msf1)(?!.{4}(.{4}){0,8}?avif))", re.DOTALL),
        "HEIF",
        "HEIC",
        "pillow-heif",
        _load_heif,
    ),
    Plugin(re.compile(rb"\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n"), "JXL", "JPEG XL", "pillow-jxl-plugin", _load_jxl),
)
