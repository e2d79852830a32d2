"""A process that makes way comes last everywhere, and only there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_IOPRIO_GET = {"x86_64": 252, "aarch64": 31, "riscv64": 31, "loongarch64": 31}.get(os.uname().machine)

_STANDING = """
import ctypes, json, os, resource, threading
from vexgui.system.priority import give_memory_first, make_way, read_last
{act}
def standing():
    return [os.nice(0), os.sched_getscheduler(0), int(open("/proc/self/oom_score_adj").read()),
            ctypes.CDLL(None).syscall({number}, 1, 0)]
print(json.dumps(standing()))
"""


def standing_after(act: str) -> tuple[int, int, int, int]:
    """Return niceness, scheduling class, share in being ended for memory, and I/O class and level of a process."""
    code = _STANDING.format(act=act, number=_IOPRIO_GET)
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60, start_new_session=True
    )
    nice, scheduler, memory, disk = json.loads(result.stdout)
    return nice, scheduler, memory, disk


@pytest.mark.skipif(_IOPRIO_GET is None, reason="the number of the call is not known for this processor")
def test_a_process_that_makes_way_comes_last_at_processor_disk_and_memory() -> None:
    assert standing_after("make_way()") == (19, os.SCHED_IDLE, 800, 3 << 13)


@pytest.mark.skipif(_IOPRIO_GET is None, reason="the number of the call is not known for this processor")
def test_it_does_so_where_it_may_write_no_files() -> None:
    act = "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); make_way()"
    assert standing_after(act) == (19, os.SCHED_IDLE, 800, 3 << 13)


@pytest.mark.skipif(_IOPRIO_GET is None, reason="the number of the call is not known for this processor")
def test_a_thread_that_reads_last_keeps_its_share_of_the_processor() -> None:
    nice, scheduler, _, disk = standing_after("read_last()")
    assert (nice, scheduler, disk) == (os.nice(0), os.SCHED_OTHER, 2 << 13 | 7)


def test_a_session_that_makes_way_comes_last_as_a_whole() -> None:
    if not Path("/proc/self/autogroup").exists():
        pytest.skip("this kernel does not group processes by session")
    code = "from vexgui.system.priority import make_way; make_way(); print(open('/proc/self/autogroup').read())"
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60, start_new_session=True
    )
    assert result.stdout.strip().endswith("nice 19")
