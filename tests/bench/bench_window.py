"""The window: its first paint, its stalls while 2,000 files are indexed with the real model, and its first answer."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from vexgui.bench.corpus import write_notes
from vexgui.bench.figure import Figure

_FILES = 2000
_STARTS = 5
_MOST_NAMES_MS = 100
_NAME = "note 77"


def measure() -> Iterator[Figure]:
    """Measure in a process of its own, without a screen."""
    with tempfile.TemporaryDirectory() as folder:
        write_notes(Path(folder) / "files", _FILES)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": f"{folder}/cache"}
        profile = f"{folder}/profile"
        figures = _printed("tests.bench.window_probe", profile, f"{folder}/files", environment=environment)
        answers_ms = [
            1000 * _printed("tests.bench.query_probe", profile, _NAME, environment=environment)["after_first_paint_s"]
            for _ in range(_STARTS)
        ]
    late_ms = np.array(figures["late_s"]) * 1000
    yield Figure("first paint after the process began, no model loaded", figures["first_paint_s"], "s", aim=1)
    yield Figure(
        "stalls while 2,000 files are indexed, 99th percentile", float(np.percentile(late_ms, 99)), "ms", aim=50
    )
    yield Figure("the longest of these stalls", float(late_ms.max()), "ms")
    yield Figure("ticks of 10 ms measured", len(late_ms), "")
    yield Figure(
        "names after the first paint, opened with a query", statistics.median(answers_ms), "ms", aim=_MOST_NAMES_MS
    )


def _printed(module: str, *arguments: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what a module prints as JSON at its end."""
    command = [sys.executable, "-m", module, *arguments]
    result = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=900)
    figures: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return figures
