"""Opens the window as the program does, plays a session in it, and prints as JSON what was measured.

Arguments: the profile; and for a whole session a folder to index meanwhile, a query that very many files answer, and
what to type.
"""

import gc
import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vexgui.gui.opening import Opening, Presenter
    from vexgui.probe.session import Session


def main() -> None:
    """Measure, and print."""
    gc.disable()  # as the program itself begins
    from vexgui import app

    profile, *script = sys.argv[1:]
    real = app.real_parts()
    sessions: list[Session] = []

    def begin() -> None:
        # imported when the window stands, as it is without somebody who measures
        from PySide6.QtWidgets import QApplication

        from vexgui.gui.window import MainWindow
        from vexgui.probe.session import Script, Session

        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
        sessions.append(Session(window, Script(os.fsencode(script[0]), script[1], script[2:]) if script else None))

    def run_window(opening: "Opening") -> int:
        def ready(presenter: "Presenter") -> None:
            if opening.on_ready is not None:
                opening.on_ready(presenter)
            begin()

        return real.run_window(replace(opening, on_ready=ready))

    code = app.main(["--profile", profile, "gui"], replace(real, run_window=run_window))
    if code or not sessions or sessions[0].failure:
        sys.exit(sessions[0].failure if sessions else code)
    sys.stdout.write(json.dumps(sessions[0].found))


if __name__ == "__main__":
    main()
