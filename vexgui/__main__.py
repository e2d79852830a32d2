"""The command ``vexgui``."""

import gc
import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.disable()  # nothing of what is loaded is garbage: to look for some takes a sixth of the time of a short command
    try:
        from vexgui import app  # loaded only now, for that reason
    except KeyboardInterrupt:
        sys.exit(1)  # as a command that is interrupted

    sys.exit(app.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
