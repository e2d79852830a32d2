"""Folders on file systems that may never answer: another process walks and judges them; see `remote_worker`."""

import os
from collections.abc import Collection, Iterator, Sequence
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
    try:
        remote.ask(root, Frame({"do": "walk", "name": name, **_told(rules)}, (root, rules.home, *skip)))
        ended = False
        while not ended:
            answer = remote.ask(root, Frame({"do": "next", "name": name}))
            yield from _folders(answer)
            ended = answer.header["end"]
    except NotResponding:
        yield Folder(root, problem=NO_ANSWER)


def why_not_remotely(
    remote: Remote, path: bytes, roots: Sequence[bytes], rules: Rules, skip: Collection[bytes], *, folder: bool
) -> str:
    """Return what `why_not` does, or that no answer comes."""
    request = {"do": "why_not", "roots": len(roots), "folder": folder, **_told(rules)}
    try:
        answer = remote.ask(remote.led(path), Frame(request, (path, rules.home, *roots, *skip)), waiting=True)
    except NotResponding:
        return NO_ANSWER
    return str(answer.header["reason"])


def _told(rules: Rules) -> dict[str, Any]:
    return {"exclude": rules.exclude, "usual": rules.usual, "gitignore": rules.gitignore}


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
