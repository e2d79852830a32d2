"""A second command uses the engine of the one that is at work: one writer, one set of models."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.end_to_end.conftest import PATIENCE_S, Program, wait_until
from tests.waiting import next_line, output_of, put_down


@contextmanager
def watching(program: Program) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `watch`, and end it as a user does."""
    watch = program.start("watch")
    try:
        said = ""
        while not said.startswith("Watching."):
            said = next_line(watch.stderr, "it watches", PATIENCE_S)
            assert said, "it has ended before it watched"
        yield watch
        watch.send_signal(signal.SIGINT)
        _, err = output_of(watch, "it has ended", PATIENCE_S)
        assert (watch.returncode, b"Traceback" in err) == (0, False)
    finally:
        put_down([watch])


def test_commands_beside_a_watch_use_its_engine(program: Program) -> None:
    program.write("before.txt", "Fog over the water.")
    program.run("roots", "add", program.files)
    with watching(program) as watch:
        wait_until(lambda: program.found("fog") == ["before.txt"], "the watch has indexed the file")

        said = program.refused("watch", code=3)
        assert said == "vexgui: This profile is already being watched by another vexgui. End that one first.\n"

        other = program.write("other/after.txt", "A recipe for rye bread.")
        outside = program.files.parent / "outside.txt"
        outside.write_text("A quiet violin.")
        report = program.index(other, outside)
        assert (report["files"], report["failed"]) == (2, [])
        assert program.found("rye bread")[0] == "other/after.txt"
        assert program.found("violin")[0] == "../outside.txt"
        assert program.run("verify").code == 0

        os.rename(other, program.files / "other" / "moved.txt")
        wait_until(lambda: program.found("rye bread")[:1] == ["other/moved.txt"], "the watch has followed the move")
        assert program.run("strip", program.files).code == 0
        assert watch.poll() is None
        askers = {process for process, what, _ in program.ledger() if what != "start"}
        assert askers == {str(watch.pid)}
    assert program.found("fog")[0] == "before.txt"
    program.verified()
