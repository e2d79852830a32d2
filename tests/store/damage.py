"""Ways to damage a store's files, and to undo it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.store.builders import TEXT
from vexgui.core.paths import joined
from vexgui.core.vectors import Space
from vexgui.store.format import Column


def column_path(folder: bytes, column: Column, space: Space = TEXT, generation: int | None = None) -> bytes:
    """Return where a column of a space lies, in its latest generation if none is named."""
    start = f"{space.id}.".encode()
    if generation is None:
        generation = max(int(name.removeprefix(start)) for name in os.listdir(folder) if name.startswith(start))
    return joined(joined(folder, start + str(generation).encode()), column.name.lower().encode())


@contextmanager
def flipped(path: bytes, bit: int) -> Iterator[None]:
    """Flip one bit of a file for the length of a block."""
    flip(path, bit)
    try:
        yield
    finally:
        flip(path, bit)


def flip(path: bytes, bit: int) -> None:
    """Flip one bit of a file."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        value = os.pread(descriptor, 1, bit // 8)[0]
        os.pwrite(descriptor, bytes([value ^ 1 << bit % 8]), bit // 8)
    finally:
        os.close(descriptor)


@contextmanager
def cut(path: bytes, size: int) -> Iterator[None]:
    """Cut a file short for the length of a block."""
    with open(path, "rb") as file:
        whole = file.read()
    os.truncate(path, size)
    try:
        yield
    finally:
        with open(path, "r+b") as file:
            file.write(whole)
