"""The window's first answer: how soon after its first paint names are there, when it is opened with a query."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from vexgui.bench.corpus import write_notes
from vexgui.bench.figure import Figure

_FILES = 2000
_STARTS = 8
_FIRST_PAINT_S, _MOST_NAMES_MS = 0.5, 100
_NAME = "note 77"


def measure(files: int = _FILES, starts: int = _STARTS) -> Iterator[Figure]:
    """Measure in processes of their own, without a screen."""
    with tempfile.TemporaryDirectory() as folder:
        write_notes(Path(folder) / "files", files)
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CACHE_HOME": f"{folder}/cache",
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
        }
        profile = f"{folder}/profile"
        _run("vexgui", "--profile", profile, "index", f"{folder}/files", environment=environment)
        started = [
            _printed("tests.bench.query_probe", profile, _NAME, environment=environment) for _ in range(1 + starts)
        ][1:]  # at the first one Python compiles the program
    painted_s = statistics.median(start["first_paint_s"] for start in started)
    yield Figure("first paint after the process began, opened with a query", painted_s, "s", aim=_FIRST_PAINT_S)
    named_s = statistics.median(start["hits_s"] - start["first_paint_s"] for start in started)
    yield Figure("names after the first paint, opened with a query", named_s * 1000, "ms", aim=_MOST_NAMES_MS)


def _printed(module: str, *arguments: str, environment: Mapping[str, str]) -> dict[str, float]:
    """Return what a module prints as JSON at its end."""
    figures: dict[str, float] = json.loads(_run(module, *arguments, environment=environment).splitlines()[-1])
    return figures


def _run(module: str, *arguments: str, environment: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=900).stdout
