"""The scan: folders compared with the catalog. It is the truth; watching is only a hint."""

import os
import stat
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from vexgui.core.files import RECIPE
from vexgui.core.paths import innermost, joined, lies_in
from vexgui.indexer.drives import Drives
from vexgui.indexer.plan import is_unchanged, plan_folder
from vexgui.indexer.remote_walk import NO_ANSWER, walk_remotely
from vexgui.indexer.rules import Rules
from vexgui.indexer.tally import Outcome, Tally
from vexgui.indexer.walk import NOT_ALLOWED, Folder, walk
from vexgui.store.catalog import Catalog
from vexgui.store.rows import FileId
from vexgui.system.remote import NotResponding


@dataclass(slots=True)
class Work:
    """What a scan found to do: files to bring up to date, and files and folders to forget."""

    files: list[bytes] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)
    gone_folders: list[bytes] = field(default_factory=list)


class Outlook(Enum):
    """How far a folder could be looked at."""

    WHOLE = auto()
    """To its end, but for what may not be read."""
    BROKEN = auto()
    """To its end, but something could not be read though it may be: the disk is failing, or the network."""
    PARTIAL = auto()
    """It was stopped."""
    STRANGE = auto()
    """To its end, but it is another drive than the one that is known."""
    ABSENT = auto()
    SILENT = auto()
    """Its file system did not answer."""


class Scanner:
    """Finds out what changed.

    Args:
        catalog: What is known.
        rules: What is indexed.
        skip: Folders never entered: VexGUI's own.
        drives: Tells on which drive a folder lies.
    """

    def __init__(self, catalog: Catalog, rules: Rules, skip: Collection[bytes], drives: Drives) -> None:
        self._catalog = catalog
        self._rules = rules
        self._skip = skip
        self._drives = drives

    def scan_folder(
        self, top: bytes, work: Work, tally: Tally, stop: threading.Event, seen: Callable[[bytes], None], *, force: bool
    ) -> Outlook:
        """Compare everything beneath a folder with the catalog; return how far it could be looked at.

        Args:
            top: The folder.
            work: Takes what is to be done.
            tally: Counts what is not.
            stop: Ends the scan early; nothing is then forgotten on its account.
            seen: Called with every folder.
            force: Have unchanged files brought up to date too.
        """
        unread: list[bytes] = []
        visited: set[bytes] = set()
        here = Work(work.files)
        is_silent = is_broken = False
        for folder in self._walked(top):
            if stop.is_set():
                return Outlook.PARTIAL
            seen(folder.path)
            visited.add(folder.path)
            tally.skipped += folder.skipped
            problem = folder.problem or self._absence(folder)
            if problem:
                tally.fail(folder.path, problem)
                unread.append(folder.path)
                is_silent = problem == NO_ANSWER
                is_broken = is_broken or folder.problem not in ("", NOT_ALLOWED)
            else:
                self._compare(folder, here, tally, force=force)
        if top in unread or not visited:
            return Outlook.SILENT if is_silent else Outlook.ABSENT
        # What lies beneath a folder that could not be read, or that something is mounted on, is not gone: it is out of
        # sight.
        unread += [point for point in self._drives.mounted_beneath(top) if point not in visited]
        here.gone_folders += [
            known
            for known in self._catalog.own_folders(top)
            if known not in visited and not any(lies_in(known, folder) for folder in unread)
        ]
        if self._drives.is_other(top) and self._is_strange(top, visited.difference(unread), here):
            tally.fail(top, "Another drive is mounted here: what is known of the one before is kept.")
            return Outlook.STRANGE
        work.gone += here.gone
        work.gone_folders += here.gone_folders
        return Outlook.BROKEN if is_broken else Outlook.WHOLE

    def _walked(self, top: bytes) -> Iterator[Folder]:
        if self._drives.mounts.is_remote(top):
            return walk_remotely(self._drives.remote, top, self._rules, self._skip)
        return walk(top, self._rules, self._skip)

    def _is_strange(self, top: bytes, seen: Collection[bytes], gone: Work) -> bool:
        """Tell whether on another drive fewer files of the one before are met than missed.

        The files that became known from the other drive itself say nothing of that. It is judged as a whole: what one
        folder in a root misses may still be on its way.
        """
        root = innermost(top, self._catalog.roots()) or top
        first = self._known_since_strange(root)
        if top != root:
            return True
        gone_files = frozenset(gone.gone)
        missed = sum(len(self._catalog.names_before(folder, first)) for folder in gone.gone_folders)
        met = 0
        for folder in seen:
            for name in self._catalog.names_before(folder, first):
                is_gone = joined(folder, name) in gone_files
                missed, met = missed + is_gone, met + (not is_gone)
        return missed > met

    def _note_strange(self, files: Sequence[bytes]) -> None:
        """Note in which roots of files another drive lies, before they become known: they are no evidence either."""
        roots = self._catalog.roots()
        for root in {innermost(path, roots) for path in files}:
            if root is not None and self._drives.is_other(root):
                self._known_since_strange(root)

    def _known_since_strange(self, root: bytes) -> FileId:
        return self._drives.memory.since_strange(root, self._catalog.next_number())

    def _absence(self, folder: Folder) -> str:
        """Return why a folder must not be believed: an empty one on another device is where a drive used to be."""
        if folder.files or folder.folders or folder.skipped or self._drives.mounts.is_remote(folder.path):
            return ""
        known = self._catalog.device_under(folder.path)
        try:
            device = os.lstat(folder.path).st_dev
        except OSError:
            return ""
        return "" if known in (None, device) else "The drive that was mounted here is not."

    def look_at(self, paths: Sequence[bytes], work: Work, tally: Tally, *, force: bool) -> None:
        """Compare single files with the catalog; what is no regular file is skipped, or forgotten when it is gone."""
        for path in paths:
            try:
                now = self._drives.remote.lstat(path)
            except NotResponding:
                tally.fail(path, NO_ANSWER)
                continue
            except (FileNotFoundError, NotADirectoryError):
                if not self._drives.is_away(path):
                    work.gone.append(path)
                continue
            except OSError as error:  # a folder above it is closed, or the disk is failing: nothing says it is gone
                tally.fail(path, f"It cannot be looked at: {error.strerror}.")
                continue
            row = self._catalog.file(path)
            if not stat.S_ISREG(now.mode):
                tally.skipped += 1
                if row is not None:
                    work.gone.append(path)
            elif not force and row is not None and is_unchanged(now, row.known, RECIPE):
                tally.count(Outcome.UNCHANGED)
            else:
                work.files.append(path)
        self._note_strange(work.files)

    def _compare(self, folder: Folder, work: Work, tally: Tally, *, force: bool) -> None:
        """Compare a folder's files with those that are known."""
        known = self._catalog.folder_stats(folder.path)
        plan = plan_folder(folder.files, known, RECIPE, force=force)
        work.files += [joined(folder.path, name) for name in plan.changed]
        work.gone += [joined(folder.path, name) for name in plan.gone]
        tally.count(Outcome.UNCHANGED, plan.unchanged)
