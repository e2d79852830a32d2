"""Which files are duplicates of each other, and which of them one would keep."""

from collections.abc import Iterable

from vexgui.core.looking import DuplicateFile, DuplicateGroup
from vexgui.engine.looking.alike import groups_alike
from vexgui.extract.looks import HEX_DIGITS, LOOKS, looks_in
from vexgui.store.catalog import CatalogView
from vexgui.store.rows import FileId


def duplicates(catalog: CatalogView) -> tuple[DuplicateGroup, ...]:
    """Return groups of duplicates: those of one content first, and of each kind those that take the most room."""
    exact = [_group(files, exact=True) for files in catalog.same_content()]
    alike = [_group(files, exact=False) for files in _alike(catalog)]
    return tuple(_largest_first(exact) + _largest_first(alike))


def _alike(catalog: CatalogView) -> list[list[DuplicateFile]]:
    """Return pictures that look the same, one file of each content: its copies are exact duplicates."""
    ids, told = catalog.extra_texts(LOOKS, HEX_DIGITS)
    groups = [ids[rows].tolist() for rows in groups_alike(looks_in(told))] if told else []
    asked = [FileId(number) for group in groups for number in group]
    seen, contents = catalog.seen(asked), catalog.contents(asked)
    found: list[list[DuplicateFile]] = []
    for group in groups:
        different = {contents[number]: seen[number] for number in sorted(group, reverse=True) if number in seen}
        if len(different) > 1:
            found.append(list(different.values()))
    return found


def _group(files: Iterable[DuplicateFile], *, exact: bool) -> DuplicateGroup:
    """Return files as a group, the one to keep first."""
    return DuplicateGroup(tuple(sorted(files, key=_as_original if exact else _as_best)), exact)


def _as_original(file: DuplicateFile) -> tuple[int, int, bytes]:
    """Order copies: the oldest is the original, and of several as old the one with the shortest path."""
    return file.mtime_ns, len(file.path), file.path


def _as_best(file: DuplicateFile) -> tuple[int, int, int, int, bytes]:
    """Order versions of a picture: the one with the most pixels is the best, then the largest file."""
    return -file.width * file.height, -file.size, *_as_original(file)


def _largest_first(groups: Iterable[DuplicateGroup]) -> list[DuplicateGroup]:
    return sorted(groups, key=lambda group: (-group.spare_bytes, group.files[0].path))
