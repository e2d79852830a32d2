"""What is not indexed, and why."""

from dataclasses import dataclass

_MANY_FILES = 100
_SOME_FILES = 10  # so few are no tenth of anything worth a question


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is not indexed.

    Attributes:
        patterns: The user's, in the syntax of .gitignore; the last that fits a path decides.
        usual: Those that hold before them.
        gitignore: Whether what a work tree's .gitignore names is not indexed either.
    """

    patterns: tuple[str, ...]
    usual: tuple[str, ...]
    gitignore: bool


@dataclass(frozen=True, slots=True)
class ExcludeReport:
    """What a change of patterns did.

    Attributes:
        patterns: The user's now.
        forgotten: How many files that were indexed are left out now, and forgotten.
    """

    patterns: tuple[str, ...]
    forgotten: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What patterns would take from the index.

    Attributes:
        forgotten: How many files.
        known: Of how many.
    """

    forgotten: int
    known: int

    @property
    def is_heavy(self) -> bool:
        """Whether that is so much that it may be a slip."""
        return self.forgotten > _MANY_FILES or (self.forgotten > _SOME_FILES and 10 * self.forgotten > self.known)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a file or folder is indexed.

    Attributes:
        path: Absolute.
        indexed: Whether it is, or what lies in it.
        reason: Why not, or what is amiss all the same, a sentence, or "".
    """

    path: bytes
    indexed: bool
    reason: str
