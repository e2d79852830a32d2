"""The folders kept indexed, as settings: adding one, giving one up, and whether its files carry records."""

from collections.abc import Sequence
from dataclasses import replace

from vexgui.core.errors import PathProblem
from vexgui.core.paths import lies_in, shown
from vexgui.core.settings import Settings


def with_roots(settings: Settings, folders: Sequence[bytes], *, records: bool) -> Settings:
    """Return settings with more roots: a folder inside a root is kept already, one around roots takes their place."""
    roots = list(settings.roots)
    for folder in folders:
        if not any(lies_in(folder, root) for root in roots):
            roots = [root for root in roots if not lies_in(root, folder)] + [folder]
    changed = replace(settings, roots=tuple(roots))
    return changed if records else replace(changed, unrecorded=_with(changed.unrecorded, folders))


def without_root(settings: Settings, folder: bytes) -> Settings:
    """Return settings without a root, and without what was said of folders in it."""
    return replace(
        settings,
        roots=tuple(root for root in settings.roots if root != folder),
        unrecorded=tuple(path for path in settings.unrecorded if not lies_in(path, folder)),
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
        kept = tuple(path for path in settings.unrecorded if not lies_in(path, folder))
        return replace(settings, unrecorded=kept)
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


def _with(folders: Sequence[bytes], more: Sequence[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys((*folders, *more)))
