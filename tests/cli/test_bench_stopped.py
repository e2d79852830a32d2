"""A benchmark that is told to end leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_at_once_and_its_folder_goes(tmp_path: Path, number: signal.Signals) -> None:
    place = tmp_path / "place"
    place.mkdir()
    command = [sys.executable, "-m", "vexgui", "bench", "search", "--folder", os.fspath(place)]
    environment = {**os.environ, "HOME": os.fspath(tmp_path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(b"Encoding"):
                break
        assert len(list(place.iterdir())) == 1
        process.send_signal(number)
        told = process.stderr.read()
        assert process.wait(60) == 1
    assert told.endswith(b"Interrupted.\n")
    assert list(place.iterdir()) == []
