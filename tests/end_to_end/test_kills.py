"""Killed at any moment, `index` leaves files untouched, a sound store, and nothing that hinders the next run."""

import os
import random
import shutil
import signal
import time

from tests.end_to_end.conftest import Program, manifest

FILES = 250
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
        out, err = process.communicate()
        assert b"Traceback" not in out + err
        program.verified()
        assert manifest(program.files) == before
    report = program.index()
    assert (report["files"], report["failed"]) == (FILES, [])
    assert program.run("status", "--json").json["files"] == FILES
    program.verified()
    assert manifest(program.files) == before
    assert len(program.found("harbour")) == 20
