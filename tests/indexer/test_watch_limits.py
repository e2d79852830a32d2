"""What the kernel really does when its limits are met, and that nothing is missed then.

The limits are lowered for a user namespace of its own; that of the queue for the moment in which a queue is made.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from inotify_simple import INotify

from tests.namespaces import as_root
from vexgui.core.events import Trouble
from vexgui.indexer.coalesce import Change, Overflow
from vexgui.indexer.rules import Rules
from vexgui.indexer.watch import Watcher
from vexgui.indexer.watches import Notifier

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")

WATCHING = """
import os, sys, threading
from pathlib import Path
from inotify_simple import INotify, flags
for name, number in zip(("watches", "instances"), sys.argv[2:4]):
    Path("/proc/sys/user/max_inotify_" + name).write_text(number)
print("limited", flush=True)
from vexgui.indexer.coalesce import FolderAppeared
from vexgui.indexer.rules import Rules
from vexgui.indexer.watch import Watcher, watch_limit
root = Path(sys.argv[1])
others = INotify() if int(sys.argv[4]) else None
for number in range(int(sys.argv[4])):
    others.add_watch(root / "others" / str(number), flags.CREATE)
troubles, seen, more = [], set(), threading.Condition()
def trouble(told):
    with more:
        troubles.append(told)
        more.notify_all()
def take(changes):
    with more:
        seen.update(changes)
        more.notify_all()
watcher = Watcher(Rules(), take, trouble, settle_s=0.05)
home = os.fsencode(root / "home")
watcher.add(home)
with more:
    more.wait_for(lambda: troubles, 60)  # the watcher's own thread may be the one that tells
print(watch_limit(), watcher.watches, watcher.polled(home), len(troubles))
print(troubles[0].remedy.rpartition(" ")[2])
for number in range(500):
    (root / "home" / str(number) / "new").mkdir()
watcher.poll()
wanted = {home + b"/" + str(number).encode() for number in range(500)}
def is_found():
    return wanted <= {path for change in seen for path in (change.path, os.path.dirname(change.path))}
with more:
    print(more.wait_for(is_found, 60))
watcher.close()
"""


@pytest.mark.parametrize(
    ("watches", "instances", "others", "said"),
    [
        pytest.param(100, 8, 0, ["100 60 True 1", "fs.inotify.max_user_watches=524288"], id="watches"),
        pytest.param(100, 8, 70, ["100 30 True 1", "fs.inotify.max_user_watches=524288"], id="watches-of-others"),
        pytest.param(100, 0, 0, ["100 0 True 1", "fs.inotify.max_user_instances=512"], id="instances"),
    ],
)
def test_where_the_kernel_allows_no_more_watches_what_changes_is_found_by_looking(
    tmp_path: Path, watches: int, instances: int, others: int, said: list[str]
) -> None:
    for number in range(500):
        (tmp_path / "home" / f"{number}").mkdir(parents=True)
        (tmp_path / "others" / f"{number}").mkdir(parents=True)
    command = [sys.executable, "-c", WATCHING, str(tmp_path), *map(str, (watches, instances, others))]
    done = as_root(*command, able="limited")
    first, *rest = said
    assert done.stdout.splitlines() == ["limited", first, *rest, "True"], done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may shorten the kernel's queue")
def test_when_the_kernels_queue_overflows_that_is_told_and_nothing_is_missed(tmp_path: Path) -> None:
    known: set[bytes] = set()
    overflows: list[Overflow] = []
    troubles: list[Trouble] = []

    def look(top: bytes) -> None:
        known.update(os.path.join(folder, name) for folder, _, names in os.walk(top) for name in names)

    def take(changes: Sequence[Change]) -> None:
        overflows.extend(change for change in changes if isinstance(change, Overflow))
        look(os.fsencode(tmp_path))

    def shortened() -> Notifier:
        before = QUEUE.read_text()
        QUEUE.write_text("16")
        try:
            return INotify()  # type: ignore[no-any-return]
        finally:
            QUEUE.write_text(before)

    with closing(Watcher(Rules(), take, troubles.append, settle_s=0.2, open_notifier=shortened)) as watcher:
        watcher.add(os.fsencode(tmp_path))
        script = "for d in $(seq 100); do mkdir -p $0/$d; for f in $(seq 30); do : > $0/$d/$f; done; done"
        subprocess.run(["sh", "-c", script, tmp_path / "new"], check=True)
        while watcher.pending(os.fsencode(tmp_path)):
            time.sleep(0.05)
        assert overflows
        assert len(known) == 3_000
        assert watcher.watches == 102
        assert not troubles
