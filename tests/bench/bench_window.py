"""The window: its first paint, and its event loop's stalls while 2,000 files are indexed with the real model."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from vexgui.bench.corpus import write_notes
from vexgui.bench.figure import Figure

_FILES = 2000


def measure() -> Iterator[Figure]:
    """Measure in a process of its own, without a screen."""
    with tempfile.TemporaryDirectory() as folder:
        write_notes(Path(folder) / "files", _FILES)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": f"{folder}/cache"}
        command = [sys.executable, "-m", "tests.bench.window_probe", f"{folder}/profile", f"{folder}/files"]
        result = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=900)
        figures = json.loads(result.stdout.splitlines()[-1])
    late_ms = np.array(figures["late_s"]) * 1000
    yield Figure("first paint after the process began, no model loaded", figures["first_paint_s"], "s", aim=1)
    yield Figure(
        "stalls while 2,000 files are indexed, 99th percentile", float(np.percentile(late_ms, 99)), "ms", aim=50
    )
    yield Figure("the longest of these stalls", float(late_ms.max()), "ms")
    yield Figure("ticks of 10 ms measured", len(late_ms), "")
