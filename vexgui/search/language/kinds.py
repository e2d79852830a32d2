"""Types of files as people call them: kinds, suffixes, and names of formats."""

from vexgui.core.files import Kind
from vexgui.core.filters import Compare, Field, Filter, Matches, OneOf, Op
from vexgui.extract.formats import BY_SUFFIX
from vexgui.search.language.suggestions import begins, closest
from vexgui.search.language.values import Typed, Unreadable
from vexgui.store.catalog import folded

_SYNONYMS: dict[Kind, str] = {
    Kind.IMAGE: "image images picture pictures photo photos photograph photographs",
    Kind.DOCUMENT: "document documents",
    Kind.TEXT: "text texts note notes",
    Kind.CODE: "code source program-code",
    Kind.AUDIO: "audio music sound sounds song songs recording",
    Kind.VIDEO: "video videos film films movie movies clip",
    Kind.ARCHIVE: "archive archives compressed",
    Kind.OTHER: "other others",
}
KINDS = {word: kind for kind, words in _SYNONYMS.items() for word in words.split()}
"""What a kind is called."""

_SAME = ("jpg jpeg jpe jfif", "tif tiff", "htm html xhtml", "doc docx", "xls xlsx", "ppt pptx", "yml yaml", "mpg mpeg")
_SUFFIXES = {suffix: tuple(words.split()) for words in _SAME for suffix in words.split()}
_EVERYDAY = {
    "word": "doc docx dot odt rtf",
    "excel": "xls xlsx xlsm ods csv",
    "powerpoint": "ppt pptx pps ppsx odp",
    "presentation": "ppt pptx pps ppsx odp",
    "ebook": "epub mobi azw azw3",
    "book": "epub mobi azw azw3",
    "mail": "eml",
    "email": "eml",
    "raw": "cr2 cr3 nef arw dng orf rw2 raf pef srw",
}


def _formats() -> dict[str, tuple[str, ...]]:
    """Return the suffixes of each format by its name in words: python, spreadsheet, web page."""
    found: dict[str, tuple[str, ...]] = {}
    for suffix, form in BY_SUFFIX.items():
        word = form.words.casefold().removesuffix(" source code").removesuffix(" document").removesuffix(" text")
        found[word] = (*found.get(word, ()), suffix)
    return found


FORMATS = _formats() | {word: tuple(suffixes.split()) for word, suffixes in _EVERYDAY.items()}
"""The suffixes of each format by what it is called."""
_KNOWN = (*KINDS, *FORMATS, *BY_SUFFIX)


def read_type(value: Typed) -> Filter:
    """Read a kind, a format's name, a media type, or a suffix; the known suffix of other spellings means these too.

    Raises:
        Unreadable: It is nothing known, and like something that is.
    """
    word = folded(value.text)
    if "/" in word:
        return Matches(Field.MIME, word) if "*" in word else Compare(Field.MIME, Op.EQ, word)
    if word in KINDS:
        return Compare(Field.KIND, Op.EQ, KINDS[word].value)
    bare = word.lstrip(".")
    suffixes = _SUFFIXES.get(bare) or ((bare,) if bare in BY_SUFFIX else None) or FORMATS.get(word)
    if suffixes and not word.startswith("."):
        return _suffixed(suffixes)
    plural = word.removesuffix("s")
    if plural != word and plural in FORMATS:
        return _suffixed(FORMATS[plural])
    meant = None if word.startswith(".") else closest(word, _KNOWN)
    if meant is not None and len(word) > len("pdf"):
        raise Unreadable(
            f"There is no type called {value.text}.",
            f"Files whose names end so: ext:{_quoted(value.text)}.",
            meant=f"type:{_quoted(meant)}",
            grows=begins(word, _KNOWN),
        )
    return read_suffix(value)


def read_known_type(value: Typed) -> Filter:
    """Read a type as `read_type` does, but take no word for a suffix that is not known to be one.

    Raises:
        Unreadable: It is nothing known.
    """
    if folded(value.text) not in _KNOWN:
        raise Unreadable(f"There is no type called {value.text}.", "Look for it as a suffix: ext:.")
    return read_type(value)


def read_suffix(value: Typed) -> Filter:
    """Read a suffix, with its dot or without.

    Raises:
        Unreadable: No suffix can be such.
    """
    suffix = folded(value.text).lstrip(".")
    if not suffix or set(suffix) & set('./()"'):
        raise Unreadable(
            f"“{value.text}” is not a suffix.",
            "A suffix is what follows the last dot of a name: ext:pdf. Names are found by name:.",
            grows=not suffix,
        )
    return _suffixed((suffix,))


def _suffixed(suffixes: tuple[str, ...]) -> Filter:
    if len(suffixes) == 1:
        return Compare(Field.SUFFIX, Op.EQ, suffixes[0])
    return OneOf(Field.SUFFIX, suffixes)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
