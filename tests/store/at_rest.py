"""What a folder with a catalog holds while nobody has it open, and damage to it."""

import os
import shutil
import sqlite3
from pathlib import Path

from vexgui.store.catalog.pages import PageSums


def problems(folder: Path) -> tuple[str, ...]:
    """Return what a check of a folder says to which no connection is open."""
    sums = PageSums(os.fsencode(folder / "catalog.db"))
    try:
        return sums.check()
    finally:
        sums.close()


def rows(folder: Path) -> list[tuple[int, bytes]]:
    """Return what a copy of a folder holds, after SQLite's own recovery and its own checks."""
    aside = shutil.copytree(folder, folder.with_name(folder.name + ".read"))
    db = sqlite3.connect(aside / "catalog.db")
    found = db.execute("SELECT id, b FROM t ORDER BY id").fetchall()
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()
    shutil.rmtree(aside)
    return found


def flip(path: Path, bit: int) -> None:
    with open(path, "r+b") as file:
        file.seek(bit // 8)
        (byte,) = file.read(1)
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))
