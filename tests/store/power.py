"""What a power cut leaves of a store: of each file all that was flushed, and any part of what was not.

The disk writes sectors, in any order; a file that has grown may have its old length. Of the catalog it holds every
commit, because SQLite flushes its log before a commit is over (``synchronous = FULL``).
"""

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SECTOR = 512


@dataclass(slots=True)
class _File:
    """A file as the disk has it, and what was done to it since: offset and data, or a length at least and no data."""

    flushed: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes]] = field(default_factory=list)

    def left(self, luck: random.Random | None) -> bytearray:
        """Return what is left of it: with luck any part of what is pending, without all of it."""
        content, grows = bytearray(self.flushed), True
        for offset, data in self.pending:
            if not data:
                grows = grows and (luck is None or luck.random() < 0.9)  # journals keep lengths in their order
                content.extend(bytes(max(0, offset - len(content)) if grows else 0))
                continue
            for start in range(offset - offset % SECTOR, offset + len(data), SECTOR):
                first, end = max(start, offset), min(start + SECTOR, offset + len(data))
                # What lies behind a length that the disk does not have is lost with it.
                if end <= len(content) and (luck is None or luck.random() < 0.5):
                    content[first:end] = data[first - offset : end - offset]
        return content


class Disk:
    """Notes what is written beneath a folder, and says what a power cut would leave of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}
        self.events = 0

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what is done in a block."""
        with pytest.MonkeyPatch.context() as patch:
            for name in ("pwrite", "posix_fallocate", "fdatasync"):
                patch.setattr(os, name, self._noted(name, getattr(os, name)))
            yield

    def cut(self, target: Path, luck: random.Random) -> None:
        """Write to another folder what is left."""
        shutil.copytree(self._folder, target, ignore=shutil.ignore_patterns("*-shm"))
        for name, file in self._files.items():
            path = target / name
            if path.parent.exists() or luck.random() < 0.3:  # a removal that is not flushed may be undone
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(file.left(luck))

    def _noted(self, name: str, function: Any) -> Any:
        def noted(descriptor: int, *args: Any) -> Any:
            result = function(descriptor, *args)
            path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
            if self._folder in path.parents and path.parent != self._folder:
                self._note(str(path.relative_to(self._folder)), name, args, result)
            return result

        return noted

    def _note(self, path: str, name: str, args: tuple[Any, ...], result: Any) -> None:
        self.events += 1
        file = self._files.setdefault(path, _File())
        if name == "fdatasync":
            file.flushed, file.pending = file.left(None), []
        elif name == "pwrite":
            data, offset = args
            file.pending += [(offset + result, b""), (offset, bytes(data[:result]))]
        else:
            start, length = args
            file.pending.append((start + length, b""))
