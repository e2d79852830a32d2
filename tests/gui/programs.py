"""Programs of their own with a window's parts in them, which tests start and wait for."""

import os
import subprocess
import sys

from tests.waiting import output_of, put_down


def ended(program: str, *arguments: str) -> tuple[int, bytes, bytes]:
    """Run a program, given as its text, to its end without a screen; return its exit code, output and errors."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        out, errors = output_of(process, "the program has ended")
    finally:
        put_down([process])
    return process.returncode, out, errors
