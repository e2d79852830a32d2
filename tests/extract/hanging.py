"""An opener for tests whose disk never answers."""

import time

from vexgui.system.child import serve
from vexgui.system.frames import Frame


def hang(_: Frame) -> Frame:
    time.sleep(600)
    return Frame({})


if __name__ == "__main__":
    serve(hang)
