"""The command ``vexgui`` with a fake engine and a window without Qt; tells on standard error what these two do."""

import os
import sys
from collections.abc import Callable

from tests.cli.fake_engine import FakeEngine
from vexgui.app import Parts, main
from vexgui.engine.api import EngineApi
from vexgui.system.profile import Profile


def announce(what: str) -> None:
    os.write(2, f"{what}\n".encode())


def open_engine(_profile: Profile, *, writable: bool) -> FakeEngine:
    return FakeEngine(writable=writable, announce=announce)


class FakePresenter:
    def present(self, query: str, similar: bytes) -> None:
        announce(f"presenting {query!r} {similar!r}")


def run_window(open_engine: Callable[[], EngineApi], **options: object) -> int:
    """Be open until standard input ends."""
    engine = open_engine()
    on_ready = options["on_ready"]
    assert callable(on_ready)
    on_ready(FakePresenter())
    announce("window open")
    sys.stdin.buffer.read()
    engine.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Parts(open_engine, run_window, os.environb)))
