"""Notices changes beneath folders, by inotify; what it cannot watch it looks at now and then."""

import contextlib
import errno
import logging
import math
import threading
import time
from collections.abc import Callable, Collection, Sequence

from inotify_simple import Event, INotify, flags

from vexgui.core.events import Trouble
from vexgui.indexer.coalesce import Change, RawEvent
from vexgui.indexer.following import Following
from vexgui.indexer.inbox import Inbox
from vexgui.indexer.polling import POLL_EVERY_S, advised_limit, share_of
from vexgui.indexer.rules import Rules
from vexgui.indexer.settling import Patience, Settling
from vexgui.indexer.watches import Deaf, Notifier, Watches

_OTHER_HALF_S = 0.05  # the second half of a move follows within microseconds, or the folder left what is watched
_TICK_S = 0.01  # by so much the times that the kernel gives to files may lag behind
_WITHOUT_QUIET = 5  # times as long things are waited for at first that come to no rest
_SOME = 1 << 40

_log = logging.getLogger(__name__)


def watch_limit() -> int:
    """Return how many folders the system lets this user watch, all programs together; 0 when it does not say."""
    # In a container the second is the lower one; elsewhere they are the same.
    limits = [
        _number(place) for place in ("/proc/sys/fs/inotify/max_user_watches", "/proc/sys/user/max_inotify_watches")
    ]
    return min((limit for limit in limits if limit), default=0)


class Watcher:
    """Watches folders and all beneath them in threads of its own, until it is closed.

    A folder that is to be kept up to date is added first and walked second. When a root itself is deleted, moved
    away or unmounted, that is reported as its `FolderGone`; it has to be added again when it is back.

    Folders beyond what may be watched are polled: whoever has a watcher calls `poll` every `POLL_EVERY_S` seconds.

    Args:
        rules: Which names beneath a root are watched.
        on_changes: Called in the watching thread with what happened, once that has settled; see `Patience`.
        on_trouble: Called with what the user should know, from any thread that uses the watcher.
        skip: Absolute paths of folders that are not watched.
        hidden: Tells where nothing is to be looked at, because something was mounted there that may never answer.
        settle_s: Seconds of quiet after which what happened to a file is reported; more for one that keeps changing.
        open_notifier: Gives the source of events. Where the system has none left everything is polled, until it has.
        limit: Gives how many folders may be watched, all programs together; 0 for any number.
    """

    def __init__(  # noqa: PLR0913 - what it reaches beyond itself is given to it
        self,
        rules: Rules,
        on_changes: Callable[[Sequence[Change]], None],
        on_trouble: Callable[[Trouble], None],
        *,
        skip: Collection[bytes] = (),
        hidden: Callable[[bytes], bool] = lambda _: False,
        settle_s: float = 2.0,
        open_notifier: Callable[[], Notifier] = INotify,
        limit: Callable[[], int] = watch_limit,
    ) -> None:
        self._on_changes = on_changes
        self._on_trouble = on_trouble
        self._limit = limit
        self._open_notifier = open_notifier
        self._deafness: Trouble | None = None
        notifier = self._opened()
        self._watches = Watches(notifier, lambda: share_of(limit()) if limit() else _SOME)
        self._following = Following(self._watches, rules, skip, hidden)
        self._inbox = Inbox(notifier.fileno())
        self._settling = Settling(rules, Patience(settle_s, _WITHOUT_QUIET * settle_s))
        self._lock = threading.Lock()  # over what waits, whether it is being reported, and whether the limit is told
        self._reporting_s: float | None = None  # since when that waited which is being reported
        self._is_catching_up = False
        self._is_limit_told = False
        self._has_failed = False
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    @property
    def watches(self) -> int:
        """How many folders are watched."""
        return len(self._watches)

    @property
    def limited(self) -> bool:
        """Whether there were more folders than may be watched: the rest is polled."""
        return bool(self._watches.polled_roots)

    @property
    def note(self) -> str:
        """Why not all folders are watched, and the remedy; "" when they are."""
        trouble = self._deafness or (self._limitation() if self.limited else None)
        return "" if trouble is None else f"{trouble.message} {trouble.remedy}".rstrip()

    @property
    def catching_up(self) -> bool:
        """Whether events were lost and that is not reported yet, as `Overflow`: nothing known is certain."""
        return self._is_catching_up

    def polled(self, root: bytes) -> bool:
        """Tell whether something beneath a root is only looked at now and then, if at all: not all is watched."""
        return self._has_failed or root in self._watches.polled_roots

    def pending(self, root: bytes) -> bool:
        """Tell whether something happened, beneath a root as far as that is known already, that is not reported yet.

        Whoever asks whether all changes are known asks here first, and then looks at what was reported.
        """
        return self.pending_since_ns(root) is not None

    def pending_since_ns(self, root: bytes) -> int | None:
        """Return since when, by the clock, something is `pending`; None when nothing is."""
        if self._closing.is_set():
            return None
        told_s = self._inbox.waiting_since_s
        with self._lock:
            settling_s, reporting_s = self._settling.since_s(root), self._reporting_s
        times_s = [at_s for at_s in (told_s, settling_s, reporting_s) if at_s is not None]
        if not times_s:
            return None
        now_ns = time.time_ns()  # before the other clock: it may be long until that is asked
        return now_ns - int(1e9 * (time.monotonic() - min(times_s) + _TICK_S))

    def add(self, root: bytes) -> int:
        """Watch a folder and all beneath it; return how many folders were not known before."""
        found = self._following.add(root)
        if self.polled(root):
            self.poll()
        return found

    def remove(self, root: bytes) -> None:
        """Watch a folder no longer, except where another root holds it."""
        self._following.remove(root)
        self._inbox.nudge()

    def poll(self) -> None:
        """Look at the folders that are not watched, and watch those instead where something happened lately."""
        self._listen_again()
        began_s = time.monotonic()
        self._note(self._following.poll(), began_s)
        self._inbox.nudge()
        self._tell_limit()

    def close(self) -> None:
        """End the threads; what was not yet reported is dropped. Not to be called from ``on_changes``."""
        self._closing.set()
        self._inbox.nudge()
        self._thread.join()
        self._inbox.close()
        self._watches.close()

    def _opened(self) -> Notifier:
        try:
            return self._open_notifier()
        except OSError as error:
            self._deafness = _deafness(error)
            self._on_trouble(self._deafness)
            return Deaf()

    def _listen_again(self) -> None:
        """Where the system gave no notifier try once more: folders are watched from then on as they are polled."""
        with self._lock, contextlib.suppress(OSError):
            if self._deafness is not None and not self._closing.is_set():
                notifier = self._open_notifier()
                descriptor, self._deafness = notifier.fileno(), None
                self._watches.use(notifier)
                self._inbox.listen(descriptor)

    def _tell_limit(self) -> None:
        with self._lock:
            was_told, self._is_limit_told = self._is_limit_told, self.limited
        if self.limited and not (was_told or self._deafness):
            self._on_trouble(self._limitation())

    def _limitation(self) -> Trouble:
        limit = self._limit()
        advised = advised_limit(self.watches + self._watches.polled_count, limit)
        return Trouble(
            f"The system lets all your programs together watch {limit:,} folders, and there are more. Those where "
            f"something changed lately are watched, and the others looked at every {_minutes()} minutes.",
            f"Have all watched with: sudo sysctl fs.inotify.max_user_watches={advised}",
        )

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                self._turn()
        except Exception:  # noqa: BLE001 - the thread's edge
            self._has_failed = True
            _log.exception("watching has ended")
            self._on_trouble(Trouble("Changes to files are no longer noticed.", "Start VexGUI again."))

    def _turn(self) -> None:
        """Take in what there is, after waiting for it if need be, and report what is due."""
        with self._lock:
            due_s = self._settling.due_s()
        events = self._inbox.take(None if due_s == math.inf else max(0.0, due_s - time.monotonic()))
        if events:
            self._note(self._understood(self._whole(events)), self._inbox.in_hand_since_s)
            if self.limited:
                self._tell_limit()
        if self._watches.remove_some():
            self._inbox.nudge()
        self._report()

    def _whole(self, events: list[Event]) -> list[Event]:
        """Wait a moment for the second half of a folder's move."""
        folders = [event for event in events if event.mask & flags.ISDIR]
        first = {event.cookie for event in folders if event.mask & flags.MOVED_FROM}
        second = {event.cookie for event in folders if event.mask & flags.MOVED_TO}
        return events + self._inbox.take_more(_OTHER_HALF_S) if first - second else events

    def _understood(self, events: list[Event]) -> list[RawEvent]:
        self._is_catching_up = self._is_catching_up or any(event.mask & flags.Q_OVERFLOW for event in events)
        return self._following.translate(events)

    def _note(self, events: Sequence[RawEvent], since_s: float | None) -> None:
        with self._lock:
            self._settling.note(events, time.monotonic(), since_s)

    def _report(self) -> None:
        now_s = time.monotonic()
        with self._lock:
            if self._settling.due_s() > now_s:
                return
            told = self._settling.tell(now_s)
            self._reporting_s = told.since_s
        if told.changes:
            self._on_changes(told.changes)
        with self._lock:
            self._reporting_s = None
            self._is_catching_up = False


def _deafness(error: OSError) -> Trouble:
    if error.errno != errno.EMFILE:
        return Trouble(
            f"Folders are looked at every {_minutes()} minutes only: the system does not tell what changes in them "
            f"({error.strerror})."
        )
    more = max(2 * _number("/proc/sys/fs/inotify/max_user_instances"), 512)
    return Trouble(
        f"Folders are looked at every {_minutes()} minutes only: too many programs are watching some.",
        f"Close some, or allow more with: sudo sysctl fs.inotify.max_user_instances={more}",
    )


def _minutes() -> int:
    return round(POLL_EVERY_S / 60)


def _number(place: str) -> int:
    try:
        with open(place, "rb") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 0
