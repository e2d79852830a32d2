"""What somebody may have meant who typed something unknown."""

import difflib
from collections.abc import Iterable


def closest(typed: str, known: Iterable[str]) -> str | None:
    """Return the known word that one typed is like, or the beginning of; None where none is like it."""
    words = list(known)
    sought = typed.casefold()
    longer = [word for word in words if len(sought) > 1 and word.startswith(sought)]
    if longer:
        return min(longer, key=len)
    # 0.7 takes "imgae" for "image" and "modifed" for "modified", and does not take "note" for "name".
    found = difflib.get_close_matches(sought, words, 1, 0.7)
    return found[0] if found else None


def begins(typed: str, known: Iterable[str]) -> bool:
    """Tell whether some known word begins with what was typed."""
    sought = typed.casefold()
    return any(word.startswith(sought) for word in known)
