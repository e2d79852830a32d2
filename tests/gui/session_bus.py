"""A message bus that nobody else is on, and programs that are run on it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import next_line, output_of, put_down

needs_daemon = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon")

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


def told_on_a_bus(module: str, folder: Path) -> list[str]:
    """Run a module on a bus of its own, and return the lines it prints."""
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder))
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)]
    try:
        address = next_line(started[0].stdout, "the message bus says where it is").strip()
        assert address, "the message bus has ended at once"
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
        command = [sys.executable, "-m", module]
        program = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(program)
        out, err = output_of(program, f"{module} has ended")
    finally:
        put_down(started)
    assert program.returncode == 0, f"{module} has said {out.decode()!r} and {err.decode()!r}"
    return out.decode().splitlines()
