"""The process that loads models reaches nothing over the network, whatever a library in it tries."""

import socket
import subprocess
import sys

import pytest

from vexgui.system.seccomp import seccomp_works

_TRY = """
import sys, urllib.request
from vexgui.models.worker.__main__ import refuse_network
sys.addaudithook(refuse_network)
try:
    urllib.request.urlopen(sys.argv[1], timeout=10)
except Exception as error:
    print(error)
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_model_process_connects_to_nothing(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://{host}:{server.getsockname()[1]}"
        found = subprocess.run(
            [sys.executable, "-c", _TRY, address],
            env={"NO_PROXY": "*"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert "uses no network" in found.stdout
        with pytest.raises(BlockingIOError):
            server.accept()


_TRY_BELOW = """
import socket, sys
from vexgui.models.worker import __main__ as worker

def attempt(_):
    try:
        socket.socket(socket.AF_INET)
    except PermissionError:
        print("refused")

sys.argv = ["worker", "--cache", "/nowhere"]
worker.serve = attempt
worker.main()
"""


@pytest.mark.skipif(not seccomp_works(), reason="no system call filter here")
def test_the_model_process_gets_no_socket_to_connect_with() -> None:
    found = subprocess.run([sys.executable, "-c", _TRY_BELOW], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "refused"
