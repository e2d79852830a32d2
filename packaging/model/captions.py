"""What pictures are called: names of files, icons and emoji made into words a person would type. Pure."""

import re
from collections.abc import Collection, Iterable

_STYLE_WORDS = frozenset(
    """outline outlined filled fill regular bold thin light duotone linear broken twotone sharp rounded round rtl ltr
    solid alt variant symbolic 16px 24px 32px 48px stroke line color colour duo flat icon icons px svg png new old
    clipart clip art image img pic picture theme gnome kde stock gtk gnu hc preferences application applications
    vnd xsi emblem""".split()
)
"""Words in the names of icons and drawings that say how they are drawn or filed, not what they show."""

_SYNONYMS = {
    "audio x generic": "audio file",
    "video x generic": "video file",
    "image x generic": "image file",
    "text x generic": "text file",
    "x office document": "document",
    "x office spreadsheet": "spreadsheet",
    "x office presentation": "presentation slides",
    "x office drawing": "drawing",
    "x office calendar": "calendar",
    "x office address book": "address book",
    "package x generic": "package box",
    "font x generic": "font file",
}

_TEMPLATES = {
    "clip art": ("{}", "{}", "{}", "{} clip art", "a drawing of {}", "picture of {}", "cartoon {}", "{} illustration"),
    "emoji": ("{}", "{}", "{}", "{} emoji", "a picture of {}", "cartoon {}", "drawing of {}"),
    "icon": ("{}", "{}", "{}", "{} icon", "{} symbol", "icon of {}", "pictogram of {}"),
    "photo": ("{}", "{}", "a photo of {}", "photo of {}", "picture of {}"),
    "scene": ("{}",),
}
"""How a person might put it, by the kind of source; the bare name most often."""


def words_of(name: str) -> str:
    """Return a file's or icon's name as words: "cup-straw-outline" is "cup straw"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = re.split(r"[\s_\-.,:;/+()\[\]&]+", spaced.lower())
    kept = [
        word for word in words if word and word not in _STYLE_WORDS and not re.fullmatch(r"v?\d+x?\d*|[a-z]\d+", word)
    ]
    text = " ".join(kept)
    return _SYNONYMS.get(text, text)


def is_telling(text: str) -> bool:
    """Tell whether a caption has a word of three letters or more."""
    return bool(re.search(r"[a-z]{3}", text)) and len(text) <= 90


def is_english(text: str, words: Collection[str]) -> bool:
    """Tell whether all of a caption is English words of three letters or more, four words at most.

    Args:
        text: The caption, in small letters.
        words: The words there are.
    """
    parts = text.split()
    return 0 < len(parts) <= 4 and all(len(part) > 2 and part in words for part in parts)


def phrased(names: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the phrasings of a picture's names, each name in each of the ways people put it."""
    return tuple(dict.fromkeys(template.format(name) for name in names for template in _TEMPLATES[kind]))


def concept(name: str) -> str:
    """Return what two pictures of the same thing have in common, whatever set they come from."""
    words = re.findall(r"[a-z]+", name.lower())
    return " ".join(sorted({word.removesuffix("s") if len(word) > 3 else word for word in words} - {"the", "a", "of"}))
