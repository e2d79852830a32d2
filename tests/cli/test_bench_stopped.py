"""A benchmark that is told to end leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

_PATIENCE_S = 120


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_at_once_and_its_folder_goes(tmp_path: Path, number: signal.Signals) -> None:
    place = tmp_path / "place"
    place.mkdir()
    command = [sys.executable, "-m", "vexgui", "bench", "search", "--folder", os.fspath(place)]
    # A cache of its own: texts that were encoded before would not be encoded again.
    bases = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    environment = {**os.environ, "HOME": os.fspath(tmp_path), **dict.fromkeys(bases, os.fspath(tmp_path))}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        patience = threading.Timer(_PATIENCE_S, process.kill)
        patience.start()
        try:
            assert process.stderr is not None
            told = next((line for line in process.stderr if line.startswith(b"Encoding")), b"")
            assert told, "it never began to encode texts"
            assert len(list(place.iterdir())) == 1
            process.send_signal(number)
            told = process.stderr.read()
            assert process.wait() == 1
        finally:
            patience.cancel()
            process.kill()
    assert told.endswith(b"Interrupted.\n")
    assert list(place.iterdir()) == []
