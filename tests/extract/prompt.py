"""The decoder as it really is, but for its priority: on a busy computer one that is idle waits for minutes."""

import sys

from vexgui.extract.decoder import main

if __name__ == "__main__":
    sys.argv[3] = "normal"
    main()
