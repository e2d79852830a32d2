"""The command ``vexgui gui``, which sends itself a signal at a moment of its start.

Arguments: the profile, the moment (see `MOMENTS`), the signal's number, and "all" where its engine's process gets the
signal, too, as it does from a terminal.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace

from vexgui.app import main, real_parts
from vexgui.engine.apart.process import Serve
from vexgui.engine.apart.proxy import EngineProxy
from vexgui.gui.opening import Opening, Presenter
from vexgui.system.ending import EndSignals

BEFORE_FORK, AFTER_FORK, OWNED, LOADED, SHOWN = MOMENTS = (
    "before the fork", "after the fork", "before the window is loaded", "before the window is made",
    "when the window is shown",
)  # fmt: skip


def run(profile: str, moment: str, number: int, who: str) -> int:
    """Run it, and return its exit code."""
    real = real_parts()

    def come_to(now: str) -> None:
        if now == moment:
            (os.killpg if who == "all" else os.kill)(os.getpid(), number)

    def apart(serve: Serve, present: Callable[[str, bytes, str], None], ended: EndSignals) -> EngineProxy:
        come_to(BEFORE_FORK)
        proxy = real.apart(serve, present, ended)
        come_to(AFTER_FORK)
        return proxy

    def run_window(opening: Opening) -> int:
        come_to(OWNED)
        import vexgui.gui.application  # noqa: F401 - as long as it takes

        def ready(presenter: Presenter) -> None:
            if opening.on_ready is not None:
                opening.on_ready(presenter)
            come_to(SHOWN)

        come_to(LOADED)
        return real.run_window(replace(opening, on_ready=ready))

    return main(["--profile", profile, "gui"], replace(real, apart=apart, run_window=run_window))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
