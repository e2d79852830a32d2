"""The scan: folders compared with the catalog. It is the truth; watching is only a hint."""

import os
import stat
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from vexgui.core.files import RECIPE
from vexgui.core.paths import joined, lies_in
from vexgui.indexer.plan import is_unchanged, plan_folder
from vexgui.indexer.rules import Rules
from vexgui.indexer.tally import Outcome, Tally
from vexgui.indexer.walk import Folder, walk
from vexgui.store.catalog import Catalog
from vexgui.system import attributes


@dataclass(slots=True)
class Work:
    """What a scan found to do: files to bring up to date, and files and folders to forget."""

    files: list[bytes] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)
    gone_folders: list[bytes] = field(default_factory=list)


class Scanner:
    """Finds out what changed.

    Args:
        catalog: What is known.
        rules: What is indexed.
        skip: Folders never entered: VexGUI's own.
    """

    def __init__(self, catalog: Catalog, rules: Rules, skip: Collection[bytes]) -> None:
        self._catalog = catalog
        self._rules = rules
        self._skip = skip

    def scan_folder(
        self, top: bytes, work: Work, tally: Tally, stop: threading.Event, seen: Callable[[bytes], None], *, force: bool
    ) -> None:
        """Compare everything beneath a folder with the catalog.

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
        for folder in walk(top, self._rules, self._skip):
            if stop.is_set():
                return
            seen(folder.path)
            visited.add(folder.path)
            tally.skipped += folder.skipped
            problem = folder.problem or self._absence(folder)
            if problem:
                tally.fail(folder.path, problem)
                unread.append(folder.path)
            else:
                self._compare(folder, work, tally, force=force)
        if not visited:
            return
        # What lies beneath a folder that could not be read is not gone: it is out of sight.
        work.gone_folders += [
            known
            for known in self._catalog.folders_under(top)
            if known not in visited and not any(lies_in(known, folder) for folder in unread)
        ]

    def _absence(self, folder: Folder) -> str:
        """Return why a folder must not be believed: an empty one on another device is where a drive used to be."""
        if folder.files or folder.folders or folder.skipped:
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
                now = attributes.stat_path(path)
            except OSError:
                work.gone.append(path)
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

    def _compare(self, folder: Folder, work: Work, tally: Tally, *, force: bool) -> None:
        plan = plan_folder(folder.files, self._catalog.folder_stats(folder.path), RECIPE, force=force)
        work.files += [joined(folder.path, name) for name in plan.changed]
        work.gone += [joined(folder.path, name) for name in plan.gone]
        tally.count(Outcome.UNCHANGED, plan.unchanged)
