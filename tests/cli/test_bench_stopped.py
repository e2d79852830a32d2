"""A benchmark that is told to end leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import next_line, output_of, put_down


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_at_once_and_its_folder_goes(tmp_path: Path, number: signal.Signals) -> None:
    place = tmp_path / "place"
    place.mkdir()
    command = [sys.executable, "-m", "vexgui", "bench", "search", "--folder", os.fspath(place)]
    # A cache of its own: texts that were encoded before would not be encoded again.
    bases = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    environment = {**os.environ, "HOME": os.fspath(tmp_path), **dict.fromkeys(bases, os.fspath(tmp_path))}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        told = "none yet"
        while not told.startswith("Encoding"):
            told = next_line(process.stderr, "it encodes texts")
            assert told, "it never began to encode texts"
        assert len(list(place.iterdir())) == 1
        process.send_signal(number)
        _, rest = output_of(process, "it has ended")
        assert process.returncode == 1
    finally:
        put_down([process])
    assert rest.endswith(b"Interrupted.\n")
    assert list(place.iterdir()) == []
