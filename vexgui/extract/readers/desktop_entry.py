"""Application launchers (.desktop files): what the application is called and for, also in the user's languages."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from vexgui.core.files import FileFacts
from vexgui.extract.contents import Contents, one_line

_MAX_BYTES = 1 << 20
_GROUPS = re.compile(r"^\[([^\[\]\n]*)\]\s*$", re.MULTILINE)
_ENTRY = re.compile(r"^([A-Za-z0-9-]+)(?:\[([^\]\n]*)\])?[ \t]*=[ \t]*(.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_CHARACTERS = {"s": " ", "n": " ", "t": " ", "r": " ", ";": ";", "\\": "\\"}
_TOLD = ("GenericName", "Comment", "Keywords")


def read_desktop_entry(file: BinaryIO, languages: Sequence[str] | None = None) -> Contents:
    """Read a launcher (the Desktop Entry Specification, 1.5).

    Args:
        file: The launcher.
        languages: The user's, as the specification writes locales, the preferred first; None for those of the desktop.
    """
    text = file.read(_MAX_BYTES).decode("utf-8", "replace")
    _, _, rest = text.partition("[Desktop Entry]")
    own, *others = _GROUPS.split(rest)
    said = _entries(own)
    chosen = ("", *(languages if languages is not None else spoken_languages(os.environ)))
    names = _told(said, "Name", chosen)
    actions = [name for group in others[1::2] for name in _told(_entries(group), "Name", chosen)]
    words = [*names[1:], *(text for key in _TOLD for text in _told(said, key, chosen)), *actions]
    return Contents(
        FileFacts(
            title=one_line(names[0], 300) if names else None,
            caption=one_line(". ".join(word.strip(" .;").replace(";", ", ") for word in words)),
        )
    )


def spoken_languages(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the user's languages as launchers name them, the preferred first: "pt_BR", "pt"."""
    told = environment.get("LANGUAGE") or next(
        filter(None, (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), ""
    )
    locales = [re.split(r"[.@]", locale)[0] for locale in told.split(":")]
    both = (name for locale in locales for name in (locale, locale.partition("_")[0]))
    return tuple(dict.fromkeys(name for name in both if name not in ("", "C", "POSIX")))


def _entries(group: str) -> dict[tuple[str, str], str]:
    """Return the values of a group by key and locale, "" for none."""
    return {(key, locale): _unescaped(value) for key, locale, value in _ENTRY.findall(group)}


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: _CHARACTERS.get(found[1], found[0]), value).strip()


def _told(said: Mapping[tuple[str, str], str], key: str, locales: Sequence[str]) -> list[str]:
    """Return what a key says in some locales, each once."""
    return list(dict.fromkeys(filter(None, (said.get((key, locale)) for locale in locales))))
