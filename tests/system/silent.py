"""A child that never answers a question for a path that ends in ``silent``."""

import signal

from vexgui.system.child import serve
from vexgui.system.frames import Frame
from vexgui.system.remote import answered


def handle(request: Frame) -> Frame:
    if request.blobs[0].endswith(b"silent"):
        signal.pause()
    return answered(request)


if __name__ == "__main__":
    serve(handle)
