"""Walking folders on file systems that may never answer: another process does it; see `remote_worker`."""

import os
from collections.abc import Collection, Iterator
from typing import Any

from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import Entry, Folder
from vexgui.system.frames import Frame
from vexgui.system.remote import NotResponding, Remote

MODULE = "vexgui.indexer.remote_worker"
NO_ANSWER = "Its file system does not answer."


def walk_remotely(remote: Remote, root: bytes, rules: Rules, skip: Collection[bytes]) -> Iterator[Folder]:
    """Yield what `walk` does; when no answer comes any more, the last folder yielded is the root with that problem."""
    name = os.urandom(8).hex()
    begin = {"do": "walk", "name": name, "exclude": rules.exclude, "usual": rules.usual, "gitignore": rules.gitignore}
    try:
        remote.ask(root, Frame(begin, (root, rules.home, *skip)))
        ended = False
        while not ended:
            answer = remote.ask(root, Frame({"do": "next", "name": name}))
            yield from _folders(answer)
            ended = answer.header["end"]
    except NotResponding:
        yield Folder(root, problem=NO_ANSWER)


def _folders(answer: Frame) -> Iterator[Folder]:
    names = iter(answer.blobs)
    for facts, found, folders in zip(answer.header["folders"], names, names, strict=True):
        path, *files = found.split(b"\0")
        entries = tuple(map(_entry, files, facts["files"]))
        inner = tuple(folders.split(b"\0")) if folders else ()
        yield Folder(path, entries, inner, facts["skipped"], facts["problem"])


def _entry(name: bytes, numbers: list[Any]) -> Entry:
    mode, inode, device, uid, size, mtime_ns, ctime_ns = numbers
    times = {"st_mtime_ns": mtime_ns, "st_ctime_ns": ctime_ns}
    return Entry(name, os.stat_result((mode, inode, device, 1, uid, 0, size, 0, 0, 0), times))
