"""Who is to show a notification keeps nobody waiting for ever."""

import socket
import threading
from pathlib import Path

import pytest

from tests.waiting import PATIENCE_S, joined
from vexgui.core.errors import WorldProblem
from vexgui.system import notifications
from vexgui.system.notifications import Notification, notify


def test_a_bus_that_takes_one_in_and_says_no_more_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "_TIMEOUT_S", 1.0)
    failures: list[WorldProblem] = []

    def tell() -> None:
        try:
            notify(Notification("a", "b", "c", "d"), 0, {"XDG_RUNTIME_DIR": str(tmp_path)})
        except WorldProblem as failure:
            failures.append(failure)

    with socket.socket(socket.AF_UNIX) as bus:
        bus.settimeout(PATIENCE_S)
        bus.bind(str(tmp_path / "bus"))
        bus.listen()
        telling = threading.Thread(target=tell, daemon=True)
        telling.start()
        channel, _ = bus.accept()
        with channel:
            channel.settimeout(PATIENCE_S)
            channel.recv(1000)
            channel.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
            joined(telling)
    assert len(failures) == 1
