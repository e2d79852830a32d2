"""The command ``vexgui`` with a fake engine and a window without Qt; tells on standard error what these two do."""

import os
import sys

from tests.cli.fake_engine import FakeEngine
from vexgui.app import Parts, main
from vexgui.engine.apart.process import forked
from vexgui.gui.opening import Opening
from vexgui.system.profile import Profile


def announce(what: str) -> None:
    os.write(2, f"{what}\n".encode())


def open_engine(_profile: Profile, *, writable: bool) -> FakeEngine:
    return FakeEngine(writable=writable, announce=announce)


class FakePresenter:
    def present(self, query: str, similar: bytes, activation: str = "") -> None:
        announce(f"presenting {query!r} {similar!r} {activation!r}")


def run_window(opening: Opening) -> int:
    """Be open until standard input ends."""
    engine = opening.open_engine()
    assert opening.on_ready is not None
    opening.on_ready(FakePresenter())
    announce("window open")
    sys.stdin.buffer.read()
    engine.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Parts(open_engine, run_window, os.environb, forked)))
