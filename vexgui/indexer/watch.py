"""Notices changes beneath folders, by inotify.

Attributes are not watched: the records we write to files are invisible here, and so are changes of mode and of times
alone.
"""

import errno
import fcntl
import logging
import os
import select
import struct
import termios
import threading
import time
from collections.abc import Callable, Collection, Sequence

from inotify_simple import Event, INotify, flags

from vexgui.core.errors import WorldProblem
from vexgui.core.events import Trouble
from vexgui.core.paths import lies_in
from vexgui.indexer.coalesce import Change, Overflow, RawEvent, coalesce
from vexgui.indexer.following import Following, Notifier
from vexgui.indexer.rules import Rules

_OTHER_HALF_MS = 10  # the second half of a move follows within microseconds, or the folder left what is watched
_MOST_PENDING = 50_000
_LIMITS = "/proc/sys/fs/inotify/"

_log = logging.getLogger(__name__)


def watch_limit() -> int:
    """Return how many folders the system lets this user watch, all programs together; 0 when it does not say."""
    return _limit("max_user_watches")


class Watcher:
    """Watches folders and all beneath them in a thread of its own, until it is closed.

    A folder that is to be kept up to date is added first and walked second. When a root itself is deleted, moved
    away or unmounted, that is reported as its `FolderGone`; it has to be added again when it is back.

    Args:
        rules: Which names beneath a root are watched.
        on_changes: Called in the watching thread with what happened, once nothing more happened for ``settle_s``
            seconds, or else after ``longest_s``. It has to return quickly: meanwhile events pile up, and the kernel
            drops them in the end.
        on_trouble: Called with what the user should know, from any thread that uses the watcher.
        skip: Absolute paths of folders that are not watched.
        settle_s: Seconds of quiet that end a batch.
        longest_s: Seconds after which a batch ends without quiet.
        open_notifier: Gives the source of events.

    Raises:
        WorldProblem: The system gives no source of events.
    """

    def __init__(
        self,
        rules: Rules,
        on_changes: Callable[[Sequence[Change]], None],
        on_trouble: Callable[[Trouble], None],
        *,
        skip: Collection[bytes] = (),
        settle_s: float = 1.0,
        longest_s: float = 5.0,
        open_notifier: Callable[[], Notifier] = INotify,
    ) -> None:
        self._rules = rules
        self._on_changes = on_changes
        self._on_trouble = on_trouble
        self._settle_s = settle_s
        self._longest_s = longest_s
        self._notifier = _opened(open_notifier)
        self._following = Following(self._notifier, rules, skip, self._tell_limit)
        self._pending: list[RawEvent] = []
        self._first_s = 0.0
        self._last_s = 0.0
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._waking = threading.Lock()  # so that nobody writes to a descriptor that has become another's
        self._closed = False
        self._in_hand = False  # whether events have been read that are neither among those pending nor reported
        self._overflown = False
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    @property
    def watches(self) -> int:
        """How many folders are watched."""
        return len(self._following)

    @property
    def limited(self) -> bool:
        """Whether there were more folders than the system lets us watch: changes in them are not noticed."""
        return self._following.limited

    @property
    def catching_up(self) -> bool:
        """Whether events were lost and that is not reported yet, as `Overflow`: nothing known is certain."""
        return self._overflown

    def polled(self, root: bytes) -> bool:
        """Tell whether something beneath a root is looked at now and then only: not all could be watched."""
        return self._following.limited and self._following.holds(root)

    def pending(self, root: bytes) -> bool:
        """Tell whether something happened, beneath a root as far as that is known already, that is not reported yet.

        Whoever asks whether all changes are known asks here first, and then looks at what was reported.
        """
        if self._closed or _unread_bytes(self._notifier) or self._in_hand:
            return not self._closed
        return any(lies_in(event.folder, root) for event in self._pending.copy())

    def add(self, root: bytes) -> int:
        """Watch a folder and all beneath it; return how many folders were not watched before."""
        return self._following.add(root)

    def remove(self, root: bytes) -> None:
        """Watch a folder no longer, except where another root holds it."""
        self._following.remove(root)
        self._nudge()

    def close(self) -> None:
        """End the thread; what was not yet reported is dropped. Not to be called from ``on_changes``."""
        self._closing.set()
        self._nudge()
        self._thread.join()
        with self._waking:
            if not self._closed:
                self._closed = True
                self._following.close()
                os.close(self._wake)

    def _nudge(self) -> None:
        with self._waking:
            if not self._closed:
                os.eventfd_write(self._wake, 1)

    def _tell_limit(self) -> None:
        limit = watch_limit()
        self._on_trouble(
            Trouble(
                f"The system lets you watch {limit:,} folders, and there are more: what changes in the rest is found "
                "by the next scan only.",
                f"Allow more with: sudo sysctl fs.inotify.max_user_watches={max(2 * limit, 524_288)}",
            )
        )

    def _run(self) -> None:
        try:
            poller = select.poll()
            poller.register(self._notifier.fileno(), select.POLLIN)
            poller.register(self._wake, select.POLLIN)
            while not self._closing.is_set():
                self._turn(poller)
        except Exception:  # noqa: BLE001 - the thread's edge
            _log.exception("watching has ended")
            self._on_trouble(Trouble("Changes to files are no longer noticed.", "Start VexGUI again."))

    def _turn(self, poller: select.poll) -> None:
        """Take in the events there are, after waiting for them if need be, and report them when it is time."""
        ready = dict(poller.poll(self._wait_ms()))
        if self._wake in ready:
            os.eventfd_read(self._wake)
        if self._notifier.fileno() in ready:
            self._in_hand = True
            self._take_in(self._understood(self._read()))
            self._in_hand = False
        if self._following.remove_some():
            self._nudge()
        if self._pending and self._wait_ms() == 0:
            self._report()

    def _understood(self, events: list[Event]) -> list[RawEvent]:
        self._overflown = self._overflown or any(event.mask & flags.Q_OVERFLOW for event in events)
        return self._following.translate(events)

    def _read(self) -> list[Event]:
        events = list(self._notifier.read(timeout=0))
        folders = [event for event in events if event.mask & flags.ISDIR]
        first = {event.cookie for event in folders if event.mask & flags.MOVED_FROM}
        second = {event.cookie for event in folders if event.mask & flags.MOVED_TO}
        if first - second:
            events.extend(self._notifier.read(timeout=_OTHER_HALF_MS))
        return events

    def _take_in(self, events: Sequence[RawEvent]) -> None:
        if events:
            self._last_s = time.monotonic()
            if not self._pending:
                self._first_s = self._last_s
            self._pending.extend(events)

    def _wait_ms(self) -> float | None:
        """Return how long to wait before what is pending is due; None when nothing is."""
        if not self._pending:
            return None
        if len(self._pending) >= _MOST_PENDING:
            return 0
        due_s = min(self._last_s + self._settle_s, self._first_s + self._longest_s)
        return max(0.0, due_s - time.monotonic()) * 1000

    def _report(self) -> None:
        self._in_hand = True
        changes = coalesce(self._pending, self._rules)
        self._pending = []
        if changes:
            self._on_changes(changes)
        self._overflown = self._overflown and Overflow() not in changes
        self._in_hand = False


def _opened(open_notifier: Callable[[], Notifier]) -> Notifier:
    try:
        return open_notifier()
    except OSError as error:
        if error.errno != errno.EMFILE:
            raise WorldProblem(f"The system does not tell what changes in folders: {error.strerror}.") from error
        more = max(2 * _limit("max_user_instances"), 512)
        raise WorldProblem(
            "Too many programs are watching folders.",
            f"Close some, or allow more with: sudo sysctl fs.inotify.max_user_instances={more}",
        ) from error


def _unread_bytes(notifier: Notifier) -> int:
    """Return how many bytes of events the kernel holds."""
    count = struct.pack("i", 0)
    (unread,) = struct.unpack("i", fcntl.ioctl(notifier.fileno(), termios.FIONREAD, count))
    return int(unread)


def _limit(name: str) -> int:
    try:
        with open(_LIMITS + name, "rb") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 0
