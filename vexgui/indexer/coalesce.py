"""What a batch of inotify events comes to.

A change is a hint to look: between the event and the look the disk may have moved on. Whoever applies the changes of
a batch in their order, and looks at the disk where they point, knows what the disk holds once no more events come.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from inotify_simple import flags

from vexgui.core.paths import beneath, joined, lies_in
from vexgui.indexer.rules import Rules, speaks

_TOUCHED = int(flags.MODIFY | flags.CLOSE_WRITE | flags.ATTRIB)
_APPEARED = int(flags.CREATE | flags.MOVED_TO)
_VANISHED = int(flags.DELETE | flags.MOVED_FROM)
_PASSING = int(flags.MODIFY | flags.ATTRIB)
_ROOT_GONE = int(flags.DELETE_SELF | flags.MOVE_SELF | flags.UNMOUNT)


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One event as inotify reports it, with the path of the watched folder in place of the watch.

    Attributes:
        folder: Absolute path of the watched folder.
        name: The entry in it that the event is about; b"" when it is about the folder itself, which only the
            events of a root are: that it is gone, or that all of it is to be compared.
        mask: What happened.
        cookie: Joins the two halves of a move; 0 otherwise.
    """

    folder: bytes
    name: bytes
    mask: int
    cookie: int = 0


@dataclass(frozen=True, slots=True)
class FileChanged:
    """Something that is no folder is new at this path, or has other contents or attributes: look at it."""

    path: bytes


@dataclass(frozen=True, slots=True)
class FileGone:
    """There is no file at this path any more."""

    path: bytes


@dataclass(frozen=True, slots=True)
class FolderAppeared:
    """A folder is new at this path, or may hold what nobody saw coming: compare everything beneath it with the disk."""

    path: bytes


@dataclass(frozen=True, slots=True)
class FolderGone:
    """A folder is gone with all beneath it. A root is gone also when it was moved away or unmounted."""

    path: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """A file or folder has another path; what was known at the new path, and beneath it, was replaced.

    What is known of the old path may lag behind, so the new one is looked at, too.
    """

    old: bytes
    new: bytes
    folder: bool


@dataclass(frozen=True, slots=True)
class Overflow:
    """Events were lost: compare everything with the disk."""


Change = FileChanged | FileGone | FolderAppeared | FolderGone | Moved | Overflow


def coalesce(events: Sequence[RawEvent], rules: Rules) -> tuple[Change, ...]:
    """Return the fewest changes that a batch of events comes to: moves as they happened, then what is left.

    Names that the rules exclude do not exist: a move from such a name is an appearance, a move to one a loss. A folder
    in which a file changed that has a say in the rules counts as one that appeared.
    """
    if any(event.mask & flags.Q_OVERFLOW for event in events):
        return (Overflow(),)
    targets = {event.cookie: event for event in events if event.mask & flags.MOVED_TO}
    moved: set[int] = set()
    outcome = _Outcome()
    for event in events:
        if event.mask & flags.MOVED_FROM and event.cookie in targets:
            # Both halves take effect here: what the watcher reports from now on bears the new path.
            moved.add(event.cookie)
            _move(outcome, rules, event, targets[event.cookie])
        elif not (event.mask & flags.MOVED_TO and event.cookie in moved):
            _note(outcome, rules, event)
    return outcome.changes()


def within(roots: Collection[bytes], change: Change) -> tuple[Change, ...]:
    """Return what a change comes to beneath roots, some of which may have been given up since it was noticed.

    A root within a folder that moves stays where it was chosen: it is on a drive of its own. One within a folder that
    appears is compared with it, for nothing was kept of what was noticed there.
    """

    def is_followed(path: bytes) -> bool:
        return any(lies_in(path, root) for root in roots)

    if isinstance(change, Overflow):
        return (change,)
    if isinstance(change, FolderAppeared) and is_followed(change.path):
        return (change, *map(FolderAppeared, beneath(change.path, roots)))
    if not isinstance(change, Moved):
        return (change,) if is_followed(change.path) else ()
    holds_root = change.folder and any(lies_in(root, change.old) or lies_in(root, change.new) for root in roots)
    if is_followed(change.old) and is_followed(change.new) and not holds_root:
        return (change,)
    loss = FolderGone(change.old) if change.folder else FileGone(change.old)
    gain = FolderAppeared(change.new) if change.folder else FileChanged(change.new)
    return (*((loss,) if is_followed(change.old) else ()), *((gain,) if is_followed(change.new) else ()))


def _move(outcome: "_Outcome", rules: Rules, source: RawEvent, target: RawEvent) -> None:
    old, new = joined(source.folder, source.name), joined(target.folder, target.name)
    is_folder = bool(source.mask & flags.ISDIR)
    _heed(outcome, source)
    _heed(outcome, target)
    if not rules.allows(old, folder=is_folder):
        _note(outcome, rules, target)
    elif not rules.allows(new, folder=is_folder):
        _note(outcome, rules, source)
    elif is_folder:
        outcome.folder_moved(old, new)
    else:
        outcome.file_moved(old, new)


def _heed(outcome: "_Outcome", event: RawEvent) -> None:
    """Have a folder compared with the disk where a file in it may say anew what of it is indexed."""
    if speaks(event.name) and event.mask & ~_PASSING:
        outcome.folder_appeared(event.folder)


def _note(outcome: "_Outcome", rules: Rules, event: RawEvent) -> None:
    if not event.name:
        if event.mask & _ROOT_GONE:
            outcome.folder_gone(event.folder)
        elif event.mask & _APPEARED:
            outcome.folder_appeared(event.folder)
        return
    path = joined(event.folder, event.name)
    is_folder = bool(event.mask & flags.ISDIR)
    _heed(outcome, event)
    if not rules.allows(path, folder=is_folder):
        return
    if event.mask & _APPEARED:
        outcome.folder_appeared(path) if is_folder else outcome.file_appeared(path)
    elif event.mask & _VANISHED:
        outcome.folder_gone(path) if is_folder else outcome.file_gone(path)
    elif event.mask & _TOUCHED and not is_folder:
        outcome.file_touched(path)


class _Fate(Enum):
    """What became of a path since the batch began."""

    NEW = "new"
    TOUCHED = "touched"
    GONE = "gone"


@dataclass(slots=True)
class _Node:
    """What became of the file and of the folder of one path: one may have taken the other's place."""

    file: _Fate | None = None
    folder: _Fate | None = None
    inside: dict[bytes, "_Node"] = field(default_factory=dict)


class _Outcome:
    """What the events so far come to, as a tree of names; they are those after all moves so far.

    Nothing is kept beneath a folder that is new: comparing the folder covers it.
    """

    def __init__(self) -> None:
        self._moves: list[Moved] = []
        self._top = _Node()

    def changes(self) -> tuple[Change, ...]:
        nodes = list(_nodes(b"", self._top))
        # A path may have been a file and be a folder now, or the other way round: losses come before gains.
        return (
            *self._moves,
            *(FileGone(path) for path, node in nodes if node.file is _Fate.GONE),
            *(FolderGone(path) for path, node in nodes if node.folder is _Fate.GONE),
            *(FolderAppeared(path) for path, node in nodes if node.folder is _Fate.NEW),
            *(FileChanged(path) for path, node in nodes if node.file in (_Fate.NEW, _Fate.TOUCHED)),
        )

    def file_appeared(self, path: bytes) -> None:
        node = self._at(path)
        if node is not None:
            node.file = _Fate.NEW

    def file_touched(self, path: bytes) -> None:
        node = self._at(path)
        if node is not None and node.file is not _Fate.NEW:
            node.file = _Fate.TOUCHED

    def file_gone(self, path: bytes) -> None:
        # Also for a file that was new in this batch: somebody may have come across it meanwhile.
        node = self._at(path)
        if node is not None:
            node.file = _Fate.GONE

    def folder_appeared(self, path: bytes) -> None:
        node = self._at(path)
        if node is not None:
            node.folder, node.inside = _Fate.NEW, {}

    def folder_gone(self, path: bytes) -> None:
        node = self._at(path)
        if node is not None:
            node.folder, node.inside = _Fate.GONE, {}

    def file_moved(self, old: bytes, new: bytes) -> None:
        source, target = self._at(old), self._at(new)
        was_known = source is not None and source.file in (None, _Fate.TOUCHED)
        if source is None or not was_known or (target is not None and target.folder is _Fate.GONE):
            self.file_gone(old)  # a save by way of a passing name, mostly
            self.file_appeared(new)
            return
        self._moves.append(Moved(old, new, folder=False))
        if target is not None:
            # An event that came before the move may already have borne the new name.
            was_touched = source.file is not None or target.file in (_Fate.NEW, _Fate.TOUCHED)
            target.file = _Fate.TOUCHED if was_touched else None
        source.file = None

    def folder_moved(self, old: bytes, new: bytes) -> None:
        source, target = self._at(old), self._at(new)
        if source is None or source.folder is not None:
            self.folder_gone(old)
            self.folder_appeared(new)
            return
        self._moves.append(Moved(old, new, folder=True))
        inside, source.inside = source.inside, {}
        if target is None or target.folder is _Fate.NEW:
            return
        early = list(_nodes(new, target))[1:]
        target.folder, target.inside = None, inside
        for path, node in early:  # as above; what was lost there was lost from the folder that is replaced
            if node.folder is _Fate.NEW:
                self.folder_appeared(path)
            if node.file in (_Fate.NEW, _Fate.TOUCHED):
                self.file_touched(path)

    def _at(self, path: bytes) -> _Node | None:
        """Return the node of a path, or None where a folder above it is new."""
        node = self._top
        for name in path.split(b"/")[1:]:
            if node.folder is _Fate.NEW:
                return None
            inner = node.inside.get(name)
            if inner is None:
                inner = node.inside[name] = _Node()
            node = inner
        return node


def _nodes(path: bytes, node: _Node) -> Iterator[tuple[bytes, _Node]]:
    """Yield a node and all beneath it with their paths, parents first."""
    waiting = [(path, node)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        waiting.extend((path + b"/" + name, inner) for name, inner in reversed(node.inside.items()))
