"""Opens the window with a query as the program does, and prints as JSON when it was painted first, and then with hits.

Arguments: the profile and the query. Both are told in seconds since the process began.
"""

import gc
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vexgui.gui.opening import Opening, Presenter


def main() -> None:
    """Measure, and print the figures."""
    gc.disable()  # as the program itself begins
    from vexgui import app

    profile, query = sys.argv[1:3]
    real = app.real_parts()
    found: dict[str, float] = {}

    def run_window(opening: "Opening") -> int:
        def ready(presenter: "Presenter") -> None:
            from tests.bench.paints import note_paints  # Qt belongs to the window's process alone

            if opening.on_ready is not None:
                opening.on_ready(presenter)
            note_paints(found)

        return real.run_window(replace(opening, on_ready=ready))

    code = app.main(["--profile", profile, "gui", "--query", query], replace(real, run_window=run_window))
    if code or "hits_s" not in found:
        sys.exit(code or "The window found nothing.")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
