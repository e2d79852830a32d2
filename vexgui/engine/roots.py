"""The folders kept indexed, as settings: adding one, giving one up, and whether its files carry records."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from vexgui.core.errors import PathProblem
from vexgui.core.paths import beneath, innermost, lies_in, shown
from vexgui.core.settings import Settings


def with_roots(
    settings: Settings, folders: Sequence[bytes], *, records: bool, reaches: Callable[[bytes, bytes], bool]
) -> Settings:
    """Return settings with more roots: a folder inside a root is kept already, one around roots takes their place.

    Args:
        settings: Those before.
        folders: The roots to be.
        records: Whether their files carry records.
        reaches: Tells whether a walk through a folder comes to one in it. What has a drive of its own is a root of its
            own.
    """
    roots = list(settings.roots)
    for folder in folders:
        outer = innermost(folder, roots)
        if outer is None or not (outer == folder or reaches(outer, folder)):
            roots = [root for root in roots if not (lies_in(root, folder) and reaches(folder, root))] + [folder]
    changed = replace(settings, roots=tuple(roots))
    return changed if records else replace(changed, unrecorded=_with(changed.unrecorded, folders))


def without_root(settings: Settings, folder: bytes) -> Settings:
    """Return settings without a root, and without what was said of folders in it."""
    return replace(
        settings,
        roots=tuple(root for root in settings.roots if root != folder),
        unrecorded=_without(settings, folder),
    )


def insist_on_root(settings: Settings, folder: bytes) -> None:
    """Refuse a folder that is not kept indexed.

    Raises:
        PathProblem: It is none.
    """
    if folder not in settings.roots:
        raise PathProblem(f"{shown(folder)} is not kept indexed.", "See the list: vexgui roots.")


def with_records(settings: Settings, folder: bytes, *, records: bool) -> Settings:
    """Return settings by which vectors are written to the files of a folder, or to none of them."""
    if records:
        return replace(settings, unrecorded=_without(settings, folder))
    return replace(settings, unrecorded=_with(settings.unrecorded, [folder]))


def recording_roots(settings: Settings, paths: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the roots to whose files vectors are written and that hold some of these paths, or lie in one of them."""
    if not settings.write_records:
        return ()
    return tuple(
        root
        for root in settings.roots
        if root not in settings.unrecorded and any(lies_in(path, root) or lies_in(root, path) for path in paths)
    )


def owed_records(owed: Collection[bytes], before: Settings, after: Settings) -> frozenset[bytes]:
    """Return the roots to whose known files records are owed once settings take the place of others.

    Args:
        owed: Those to which they were owed.
        before: The settings so far.
        after: Those from now on.
    """
    recording = frozenset(recording_roots(after, after.roots))
    if after.records_in_work_trees and not before.records_in_work_trees:
        return recording
    lacking = {*owed, *before.roots}.difference(set(recording_roots(before, before.roots)).difference(owed))
    return recording.intersection(innermost(folder, after.roots) for folder in lacking)  # a root may be in another now


def _without(settings: Settings, root: bytes) -> tuple[bytes, ...]:
    """Return the folders to whose files no vectors are written, without a root's: those of roots in it stay."""
    inner = beneath(root, settings.roots)
    return tuple(path for path in settings.unrecorded if not lies_in(path, root) or innermost(path, inner) is not None)


def _with(folders: Sequence[bytes], more: Sequence[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys((*folders, *more)))
