"""Which files and folders are indexed."""

import os
from collections.abc import Collection, Sequence

from vexgui.core.paths import innermost, shown
from vexgui.core.told import told
from vexgui.indexer.rules.patterns import PatternList, understood
from vexgui.indexer.rules.standing import Standing, standing
from vexgui.indexer.rules.usual import BUILD_OUTPUT, MARKERS

_KEPT_FOLDERS = 50_000
_OPEN = Standing()
_USUAL = told("what VexGUI leaves out by itself")
_OWN = told("the patterns to exclude")


class Rules:
    """Tells what is indexed; safe for use from several threads.

    Each file and folder is judged by itself: whoever asks has come through the folders above it, or chose one of
    them. The last word have the patterns given here, then a work tree's .gitignore and what VexGUI leaves out anyhow.
    Nothing beneath a folder with a marker (`MARKERS`) is indexed, and nothing in folders that tools build.

    Args:
        exclude: The user's patterns, in the syntax of .gitignore. One with a slash in it holds at any depth, too, but
            one that begins with a slash or ``~/`` means one place.
        usual: Patterns that hold before these.
        home: The user's home. Version control of all of it makes it no work tree.
        gitignore: Whether what a work tree's .gitignore leaves out is left out here.

    Attributes:
        exclude: The user's patterns that hold now.
        usual: As given, like ``home`` and ``gitignore``.
        changes: How often patterns were given.
    """

    def __init__(
        self, exclude: Sequence[str] = (), *, usual: Sequence[str] = (), home: bytes = b"", gitignore: bool = True
    ) -> None:
        self.usual = tuple(usual)
        self.home = home
        self.gitignore = gitignore
        self._standings: dict[bytes, Standing] = {}
        self.changes = 0
        self.change(exclude)

    def change(self, exclude: Sequence[str]) -> None:
        """Have other patterns of the user hold from now on."""
        home = os.fsdecode(self.home)
        self.exclude = tuple(exclude)
        self._patterns = PatternList(
            (*understood(self.usual, _USUAL, home=home), *understood(exclude, _OWN, home=home))
        )
        self.changes += 1
        self.renew()

    def with_others(self, exclude: Sequence[str]) -> "Rules":
        """Return rules that differ in the user's patterns."""
        return Rules(exclude, usual=self.usual, home=self.home, gitignore=self.gitignore)

    def renew(self) -> None:
        """Look anew at what folders say of themselves."""
        self._standings = {}

    def enter(self, folder: bytes, names: Collection[bytes]) -> None:
        """Take in what a folder says of itself, where what lies in it was just listed."""
        path = folder.rstrip(b"/")
        above = self._standing(path.rpartition(b"/")[0]) if path else _OPEN
        self._keep(path, above, names)

    def allows(self, path: bytes, *, folder: bool) -> bool:
        """Tell whether a file or folder is indexed, given that the folder it lies in is.

        Args:
            path: Where it lies, absolute.
            folder: Whether it is a folder.
        """
        above, _, name = path.rpartition(b"/")
        here = self._standings.get(above)
        if here is None:
            here = self._standing(above)
        if here.marker:
            return False
        excluded = self._patterns.excludes(path[1:], name, folder=folder)
        for ignored in here.ignored if excluded is None else ():
            excluded = ignored.excludes(path, name, folder=folder)
            if excluded is not None:
                break
        if excluded is None and folder and name in BUILD_OUTPUT:
            return not _source_of(above, name)
        return not excluded

    def why(self, path: bytes, top: bytes, *, folder: bool) -> str:
        """Return why a file or folder beneath one that is indexed is not, a sentence; "" where no rule is against it.

        Args:
            path: Where it lies, absolute.
            top: The folder that is indexed.
            folder: Whether it is a folder.
        """
        return self.cause(path, top, folder=folder)[1]

    def cause(self, path: bytes, top: bytes, *, folder: bool) -> tuple[bytes, str]:
        """Return the uppermost part of a path that is not indexed, and why; see `why`."""
        here = top.rstrip(b"/")
        names = path[len(here) + 1 :].split(b"/")
        for place, name in enumerate(names, 1):
            here = here + b"/" + name
            if reason := self._reason(here, folder=folder or place < len(names)):
                return here, reason
        return path, _closing(here, self._standing(here)) if folder else ""

    def forbids(self, path: bytes, roots: Collection[bytes]) -> bool:
        """Tell whether a file is left out of the root it lies in; one that lies in none is not judged."""
        root = innermost(path, roots)
        return root not in (None, path) and bool(self.why(path, root, folder=False))

    def _reason(self, path: bytes, *, folder: bool) -> str:
        above, _, name = path.rpartition(b"/")
        here = self._standing(above)
        if here.marker:
            return _closing(above, here)
        pattern = self._patterns.deciding(path[1:], folder=folder)
        if pattern is None:
            pattern = next(
                (found for ignored in here.ignored if (found := ignored.deciding(path, folder=folder))), None
            )
        if pattern is not None:
            return f'{shown(path)} fits "{pattern.line}" in {pattern.source}.' if pattern.excludes else ""
        source = _source_of(above, name) if folder else b""
        return f"{shown(path)} is what tools build: {shown(source)} lies beside it." if source else ""

    def _standing(self, folder: bytes) -> Standing:
        """Return how a folder stands, b"" being the topmost."""
        waiting = [folder]
        while waiting[-1] and waiting[-1] not in self._standings:
            waiting.append(waiting[-1].rpartition(b"/")[0])
        found = self._standings.get(waiting[-1])
        above = _OPEN
        for path in reversed(waiting):
            above = found if found is not None else self._keep(path, above, None)
            found = None
        return above

    def _keep(self, folder: bytes, above: Standing, names: Collection[bytes] | None) -> Standing:
        if len(self._standings) >= _KEPT_FOLDERS:
            self.renew()
        found = standing(folder, above, names, work_tree=self.gitignore and folder != self.home)
        self._standings[folder] = found
        return found


def _closing(folder: bytes, here: Standing) -> str:
    return f"{shown(folder)} holds a file {shown(here.marker)}: {MARKERS[here.marker]}." if here.marker else ""


def _source_of(above: bytes, name: bytes) -> bytes:
    """Return what lies beside a folder of this name and says that tools built it, or b""."""
    return next((source for source in BUILD_OUTPUT.get(name, ()) if os.path.lexists(above + b"/" + source)), b"")
