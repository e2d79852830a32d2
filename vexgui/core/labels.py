"""The desktop's labels on files, and what was done about them."""

from dataclasses import dataclass

from vexgui.core.reports import Failure


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """The desktop's labels on a file.

    Attributes:
        path: Absolute.
        tags: Its tags, ascending.
        rating: 1 to 10, two a star; None where nobody rated it.
    """

    path: bytes
    tags: tuple[str, ...]
    rating: int | None


@dataclass(frozen=True, slots=True)
class LabelReport:
    """What was done about labels.

    Attributes:
        files: Files that were asked for.
        labelled: What those carry now that could be labelled.
        failed: The others, each with its reason.
    """

    files: int
    labelled: tuple[LabelledFile, ...]
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many known files have it."""

    tag: str
    files: int
