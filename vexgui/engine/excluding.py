"""What is never indexed, as settings: a pattern more or less."""

from collections.abc import Sequence
from dataclasses import replace

from vexgui.core.errors import UsageProblem
from vexgui.core.exclusions import Exclusions
from vexgui.core.paths import lies_in
from vexgui.core.reports import Failure
from vexgui.core.settings import Settings
from vexgui.indexer.indexer import Indexer
from vexgui.indexer.rules import USUAL, is_understood


def exclusions(settings: Settings) -> Exclusions:
    """Return what is left out."""
    return Exclusions(settings.exclude, USUAL, settings.gitignore)


def refused(
    folders: Sequence[bytes], files: Sequence[bytes], roots: Sequence[bytes], indexer: Indexer
) -> tuple[Failure, ...]:
    """Return those of some folders and files that are left out of the root they lie in, each with its reason."""
    given = [(path, True) for path in folders] + [(path, False) for path in files]
    inside = [(path, folder) for path, folder in given if any(lies_in(path, root) for root in roots)]
    reasons = ((path, indexer.why_not(path, roots, folder=folder)) for path, folder in inside)
    return tuple(Failure(path, reason) for path, reason in reasons if reason)


def with_patterns(settings: Settings, add: Sequence[str], remove: Sequence[str]) -> Settings:
    """Return settings with patterns more, at the end because the last that fits decides, and others less.

    Raises:
        UsageProblem: One to add is no pattern, or one to remove is not there.
    """
    for pattern in add:
        if not is_understood(pattern):
            raise UsageProblem(
                f"“{pattern}” is no pattern.", "See the syntax: https://git-scm.com/docs/gitignore#_pattern_format"
            )
    for pattern in remove:
        if pattern in settings.exclude:
            continue
        if pattern in USUAL:
            raise UsageProblem(
                f"“{pattern}” is left out by VexGUI itself.", f"To have it indexed: vexgui exclude add '!{pattern}'"
            )
        raise UsageProblem(f"“{pattern}” is not among the patterns.", "See the list: vexgui exclude")
    kept = [pattern for pattern in settings.exclude if pattern not in (*add, *remove)]
    return replace(settings, exclude=(*kept, *dict.fromkeys(add)))
