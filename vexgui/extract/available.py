"""The libraries that not everybody wants to have: which formats need them, and which are installed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from vexgui.extract.formats import BY_SUFFIX, Reader


@dataclass(frozen=True, slots=True)
class Library:
    """A library that is installed on request.

    Attributes:
        module: What is imported.
        extra: What is installed with it: ``pip install 'vexgui[EXTRA]'``.
        file: What a person calls one of the files that it is for.
        files: The same of several.
        use: What cannot be done to them without it, to follow "cannot".
        formats: Their media types.
        sees_only: Whether it makes a difference only to what is shown, and all else is read without it.
    """

    module: str
    extra: str
    file: str
    files: str
    use: str
    formats: frozenset[str]
    sees_only: bool = False


def _of(reader: Reader) -> frozenset[str]:
    return frozenset(form.mime for form in BY_SUFFIX.values() if form.reader is reader)


def _named(*suffixes: str) -> frozenset[str]:
    return frozenset(BY_SUFFIX[suffix].mime for suffix in suffixes)


OCR = Library(
    "rapidocr_onnxruntime",
    "ocr",
    "picture or PDF document",
    "pictures and PDF documents",
    "be searched for text in pictures",
    _of(Reader.PICTURE) | _of(Reader.PDF),
    sees_only=True,
)
VIDEO = Library("av", "video", "video", "videos", "be looked into", _of(Reader.VIDEO))
LIBRARIES = (
    VIDEO,
    OCR,
    Library("pillow_heif", "pictures", "HEIC picture", "HEIC pictures", "be shown", _named("heic")),
    Library("pillow_jxl", "pictures", "JPEG XL picture", "JPEG XL pictures", "be shown", _named("jxl")),
    Library("resvg_py", "pictures", "SVG drawing", "SVG drawings", "be shown", _of(Reader.DRAWING)),
)
"""All there are."""


def is_installed(library: Library) -> bool:
    """Tell whether a library can be imported; it is not."""
    return find_spec(library.module) is not None


def lacking(counts: Mapping[str, int], installed: Callable[[Library], bool] = is_installed) -> tuple[str, ...]:
    """Return what cannot be done to files for want of a library, with the remedy, a sentence each.

    Args:
        counts: How many files there are of each media type.
        installed: Tells whether a library is there.
    """
    return tuple(
        f"{count:,} {library.file if count == 1 else library.files} cannot {library.use}: "
        f"pip install 'vexgui[{library.extra}]'."
        for library in LIBRARIES
        if (count := sum(counts.get(mime, 0) for mime in library.formats)) and not installed(library)
    )
