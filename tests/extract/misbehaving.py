"""A decoder for tests that breaks in the way a file's name asks for, and else works like the real one."""

import ctypes
import os
import sys
import time

from vexgui.extract.worker import handle
from vexgui.system.child import serve
from vexgui.system.frames import Frame


def misbehave(request: Frame) -> Frame:
    name = os.path.basename(request.blobs[0])
    if request.header["do"] == "describe" and not name.startswith(b"always-"):
        return handle(request)
    match name.removeprefix(b"always-"):
        case b"segfault.txt":
            ctypes.string_at(0)
        case b"exit.txt":
            os._exit(3)
        case b"stall.txt":
            time.sleep(600)
        case b"starve.txt" if sys.argv[2] == "idle":
            time.sleep(600)
        case b"meet-hears.txt":  # each end of a pipe waits for the other one
            open(os.path.join(os.path.dirname(request.blobs[0]), b"meeting"), "rb").close()
        case b"meet-says.txt":
            open(os.path.join(os.path.dirname(request.blobs[0]), b"meeting"), "wb").close()
        case b"lies.txt":
            return Frame({"stat": "a lie"}, (b"", b""))
        case b"lies.png":
            return Frame({}, (b"GIF89a",))
    return handle(request)


if __name__ == "__main__":
    assert sys.argv[2] in ("idle", "normal")
    serve(misbehave)
