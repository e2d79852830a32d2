"""Paths as the catalog looks for them: folders with all beneath them, names without case and accents."""

import unicodedata


def under(path: bytes) -> tuple[str, tuple[bytes, ...]]:
    """Return the condition on a folder's ``path`` for being a folder or lying beneath it."""
    if path == b"/":
        return "1", ()
    return "(path = ? OR (path > ? AND path < ?))", (path, path + b"/", path + b"0")


def folded(name: str) -> str:
    """Return a name as it is searched: without the differences of case, accents and composition."""
    if name.isascii():
        return name.lower()
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
