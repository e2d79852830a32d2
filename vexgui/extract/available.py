"""The libraries that not everybody wants to have: which formats need them, and which are installed."""

from dataclasses import dataclass
from importlib.util import find_spec

from vexgui.extract.formats import BY_SUFFIX, Reader


@dataclass(frozen=True, slots=True)
class Library:
    """A library that is installed on request.

    Attributes:
        module: What is imported.
        extra: What is installed with it: ``pip install 'vexgui[EXTRA]'``.
        lacking: What cannot be done to a number of files without it, to follow the number.
        formats: The media types of these files.
    """

    module: str
    extra: str
    lacking: str
    formats: frozenset[str]


def _of(reader: Reader) -> frozenset[str]:
    return frozenset(form.mime for form in BY_SUFFIX.values() if form.reader is reader)


def _named(*suffixes: str) -> frozenset[str]:
    return frozenset(BY_SUFFIX[suffix].mime for suffix in suffixes)


OCR = Library(
    "rapidocr_onnxruntime",
    "ocr",
    "pictures and scans cannot be searched for the text in them",
    _of(Reader.PICTURE) | _of(Reader.PDF),
)
VIDEO = Library("av", "video", "videos cannot be looked into", _of(Reader.VIDEO))
LIBRARIES = (
    VIDEO,
    OCR,
    Library("pillow_heif", "pictures", "HEIC pictures cannot be shown", _named("heic")),
    Library("pillow_jxl", "pictures", "JPEG XL pictures cannot be shown", _named("jxl")),
    Library("rawpy", "pictures", "camera raw pictures cannot be shown", _named("cr2")),
)
"""All there are."""


def is_installed(library: Library) -> bool:
    """Tell whether a library can be imported; it is not."""
    return find_spec(library.module) is not None
