"""The command ``vexgui``."""

import sys

from vexgui import app


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(app.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
