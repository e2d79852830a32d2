"""The mark on words that the window tells in other languages, though they are formed in English below it.

Sentences need none: they are gathered because they read like sentences. See
docs/decisions/0039-sentences-from-below.md.
"""

from typing import TypeVar

T = TypeVar("T")


def told(words: T) -> T:
    """Return words as they are, a text or a table whose values are texts."""
    return words
