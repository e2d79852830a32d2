"""Killed at any moment, a command leaves files untouched, a sound store, and nothing that hinders the next run."""

import os
import random
import shutil
import signal
import time

from tests.end_to_end.conftest import Program, manifest
from tests.waiting import output_of

FILES = 150
KILLS = int(os.environ.get("VEXGUI_KILLS", "4"))
"""How many moments are tried; more by hand: VEXGUI_KILLS=25."""


def test_a_killed_index_loses_nothing_and_the_next_one_completes(program: Program) -> None:
    program.write_notes(FILES)
    started_s = time.monotonic()
    program.index(program.files)
    whole_s = time.monotonic() - started_s
    program.run("strip", program.files)
    before = manifest(program.files)
    moments = random.Random(20)
    for number in range(KILLS):
        if number % 2:
            shutil.rmtree(program.store)
        arguments = ["--force"] if number % 2 == 0 else []
        process = program.start("index", *arguments, program.files)
        time.sleep(whole_s * moments.uniform(0.2, 0.9))
        process.send_signal(signal.SIGKILL)
        out, err = output_of(process, "what a killed command started has ended")
        assert b"Traceback" not in out + err
        program.verified()
        assert manifest(program.files) == before
    report = program.index()
    assert (report["files"], report["failed"]) == (FILES, [])
    assert program.run("status", "--json").json["files"] == FILES
    program.verified()
    assert manifest(program.files) == before
    assert len(program.found("harbour")) == 20


def test_a_killed_rebuild_goes_on_and_loses_nothing(program: Program) -> None:
    notes, drive = program.files / "notes", program.files / "drive"
    program.write_notes(FILES, "notes")
    program.write("drive/far.txt", "A quiet violin.\n")
    program.run("roots", "add", "--no-records", drive)
    program.index(notes)
    program.index()
    drive.rename(program.files / "away")  # the store alone knows its vectors now
    embedded, before = program.embedded, manifest(notes)
    started_s = time.monotonic()
    assert program.run("rebuild").code == 1  # the drive is not there, which is said
    whole_s = time.monotonic() - started_s
    moments = random.Random(21)
    for _ in range(KILLS):
        process = program.start("rebuild")
        time.sleep(whole_s * moments.uniform(0.2, 0.95))
        process.send_signal(signal.SIGKILL)
        out, err = output_of(process, "what a killed command started has ended")
        assert b"Traceback" not in out + err
        assert program.run("status").code == 0
    program.run("rebuild")
    (program.files / "away").rename(drive)
    report = program.index()
    assert (report["files"], report["failed"]) == (FILES + 1, [])
    assert program.found("violin")[0] == "drive/far.txt"
    assert len(program.found("harbour")) == 20
    assert not program.run("status", "--json").json["rebuilding"]
    assert program.embedded == embedded
    program.verified()
    assert manifest(notes) == before
    kept = {"store", "lock", "vexgui.log", "index.json", "libraries.json"}
    assert {path.name for path in program.store.parent.iterdir()} <= kept
