"""A file system that never answers, mounted for a test: root's right."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.waiting import PATIENCE_S


@contextmanager
def silent(point: bytes) -> Iterator[bytes]:
    """Mount it on a folder: a FUSE whose program never reads what it is asked."""
    try:
        program = os.open("/dev/fuse", os.O_RDWR)
    except OSError:
        pytest.skip("there is no FUSE")
    options = f"fd={program},rootmode=40000,user_id=0,group_id=0"
    command = [b"mount", b"-i", b"-t", b"fuse", b"-o", options.encode(), b"silent", point]
    try:
        # With a bound: neither program needs to look at what is mounted, but both might, for ever.
        mounting = subprocess.run(command, pass_fds=[program], capture_output=True, check=False, timeout=PATIENCE_S)
        if mounting.returncode:
            pytest.skip("mounting needs root")
        yield point
    finally:
        os.close(program)  # whoever waits for an answer is told that there will be none
        subprocess.run(["umount", "-q", "-l", point], check=False, timeout=PATIENCE_S)
