"""The process that looks at remote files, and may hang: it walks folders and tells what it sees.

A request is ``{"do": "stat"}`` or ``{"do": "look"}`` with a path (see `vexgui.system.remote`), ``{"do": "label"}`` with
one and what to do to it (see `vexgui.system.remote_labels`), ``{"do": "why_not"}`` with one and the rules,
``{"do": "walk"}`` with the walk's name, the rules and where to begin, or ``{"do": "next"}`` with that name, which the
next folders of that walk are the answer to.
"""

import itertools
import time
from collections.abc import Iterator

from vexgui.core.files import FileStat
from vexgui.indexer.rules import Rules
from vexgui.indexer.walk import Folder, walk
from vexgui.indexer.why_not import why_not
from vexgui.system import remote, remote_labels
from vexgui.system.child import serve
from vexgui.system.frames import Frame
from vexgui.system.priority import give_memory_first

_ANSWER_S = 0.5
_ANSWER_FILES = 5_000
_MOST_WALKS = 8


class Walker:
    """Answers requests, one after the other."""

    def __init__(self) -> None:
        self._walks: dict[str, Iterator[Folder]] = {}

    def answered(self, request: Frame) -> Frame:
        """Answer one."""
        match request.header["do"]:
            case "walk":
                if len(self._walks) >= _MOST_WALKS:  # those that were stopped are never asked for again
                    del self._walks[next(iter(self._walks))]
                self._walks[request.header["name"]] = _begun(request)
                return Frame({})
            case "next":
                # One that is not known was another process's: it must not look as if it had come to its end.
                return self._next(self._walks[request.header["name"]])
            case "why_not":
                return _judged(request)
            case "label":
                return remote_labels.answered(request)
            case _:
                return remote.answered(request)

    @staticmethod
    def _next(steps: Iterator[Folder]) -> Frame:
        due_s = time.monotonic() + _ANSWER_S
        folders: list[Folder] = []
        files = 0
        for folder in steps:
            folders.append(folder)
            files += len(folder.files)
            if files > _ANSWER_FILES or time.monotonic() > due_s:
                return _told(folders, end=False)
        return _told(folders, end=True)


def _begun(request: Frame) -> Iterator[Folder]:
    top, home, *skip = request.blobs
    return walk(top, _rules(request, home), skip)


def _judged(request: Frame) -> Frame:
    header = request.header
    path, home, *folders = request.blobs
    roots, skip = folders[: header["roots"]], folders[header["roots"] :]
    return Frame({"reason": why_not(path, roots, _rules(request, home), skip, folder=header["folder"])})


def _rules(request: Frame, home: bytes) -> Rules:
    header = request.header
    return Rules(header["exclude"], usual=header["usual"], home=home, gitignore=header["gitignore"])


def _told(folders: list[Folder], *, end: bool) -> Frame:
    facts = [
        {
            "files": [_numbers(FileStat.of(entry.seen)) for entry in folder.files],
            "skipped": folder.skipped,
            "problem": folder.problem,
        }
        for folder in folders
    ]
    # No name has a zero in it.
    names = [
        (b"\0".join(itertools.chain([folder.path], (entry.name for entry in folder.files))), b"\0".join(folder.folders))
        for folder in folders
    ]
    return Frame({"folders": facts, "end": end}, tuple(itertools.chain.from_iterable(names)))


def _numbers(seen: FileStat) -> tuple[int, ...]:
    return seen.mode, seen.inode, seen.device, seen.uid, seen.size, seen.mtime_ns, seen.ctime_ns


if __name__ == "__main__":
    give_memory_first()
    serve(Walker().answered)
