"""Files made to break programs, or broken by themselves, harm nobody: they are listed, their neighbours are found."""

import contextlib
import io
import os
import resource
import socket
import stat
import zipfile

import pytest

from tests.end_to_end.conftest import RECORD, Program
from tests.extract.builders import encoded, huge_png, pdf, two_colours

DEEP = 100_000
SPARSE_BYTES = 1 << 40
MOST_S = 30.0
"""Of a processor: how long it takes depends on what else the computer does."""


def zip_bomb() -> bytes:
    """Return a document of 64 KiB whose text is 64 MiB of blanks."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        with archive.open("content.xml", "w", force_zip64=True) as part:
            part.write(b"<office:document-content>")
            for _ in range(64):
                part.write(b" " * (1 << 20))
    return packed.getvalue()


def billion_laughs() -> bytes:
    """Return a page that says "ha" a thousand million times, if one believes its entities."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{entities}]><html><body>&l9;</body></html>'.encode()


HOSTILE: dict[str, bytes] = {
    "bomb.png": huge_png(60_000, 60_000),
    "torn.jpg": encoded(two_colours((800, 600)), "JPEG")[:400],
    "garbage.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "torn.pdf": pdf(["Fog over the water."])[:150],
    "locked.pdf": pdf(["Fog over the water."], encrypted=True),
    "not a.zip.docx": b"PK\x03\x04" + bytes(200),
    "junk.txt": bytes(range(256)) * 500,
    "torn.ipynb": b'{"cells": [{"cell_type": "mark',
}
"""Each fails, and says why."""

ODD: dict[str, bytes] = {
    "bomb.odt": zip_bomb(),
    "deep.html": b"<div>" * DEEP + b"Fog at the bottom" + b"</div>" * DEEP,
    "laughs.xhtml": billion_laughs(),
    "deep.json": b"[" * DEEP,
    "long line.txt": b"fog " * 500_000,
    "nothing.jpg": b"",
    "escape.txt": b"\x1b]0;owned\x07\x1b[2J fog",
}
"""Each is read as far as may be, or fails and says why."""


def processor_s() -> float:
    """Return how long processors have worked for the programs that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def neighbourhood(program: Program) -> Program:
    for number in range(6):
        program.write(f"good/note {number}.txt", f"Fog over harbour number {number}.")
    for name, content in (HOSTILE | ODD).items():
        program.write(name, content)
    for name in ("sparse.txt", "sparse.pdf", "sparse.png", "sparse.bin"):
        with (program.files / name).open("wb") as file:
            file.truncate(SPARSE_BYTES)
    os.mkfifo(program.files / "pipe.txt")
    (program.files / "loop").symlink_to(program.files)
    (program.files / "dangling.txt").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        before = os.getcwd()
        os.chdir(program.files)
        listener.bind("socket.txt")
        os.chdir(before)
    with contextlib.suppress(PermissionError):  # the right of root, and not in every container
        os.mknod(program.files / "zero.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        os.mknod(program.files / "disk.txt", stat.S_IFBLK | 0o600, os.makedev(7, 250))
    return program


def test_hostile_files_are_listed_with_reasons_and_their_neighbours_found(neighbourhood: Program) -> None:
    program = neighbourhood
    for command, name in (("index", "pipe.txt"), ("similar", "socket.txt")):
        assert "is not a file" in program.refused(command, program.files / name, code=2)
    before_s = processor_s()
    report = program.index(program.files, code=1)
    assert processor_s() - before_s < MOST_S
    failed = {os.path.basename(failure["path"]): failure["reason"] for failure in report["failed"]}
    assert set(HOSTILE) <= set(failed) <= set(HOSTILE) | set(ODD) | {"sparse.txt", "sparse.pdf", "sparse.png"}
    assert all(reason.endswith(".") and "\n" not in reason for reason in failed.values())
    assert report["files"] == 6 + len(HOSTILE) + len(ODD) + 4

    found = program.found("harbour")
    assert {name for name in found if name.startswith("good")} == {f"good/note {number}.txt" for number in range(6)}
    for name in ("bomb.png", "garbage.pdf", "sparse.bin"):
        assert name in program.found(name)
    assert all(RECORD in os.listxattr(program.files / name) for name in HOSTILE)
    text = program.run("inspect", program.files / "garbage.pdf").out
    assert f"failed: {failed['garbage.pdf']}" in text
    again = program.index()
    assert (again["unchanged"], again["failed"]) == (report["files"], [])
    program.verified()
