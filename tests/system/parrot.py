"""A child for tests: it answers with its process id and what it was sent, or misbehaves as it is told."""

import os
import sys
import time

from vexgui.system.child import serve
from vexgui.system.frames import Frame


def handle(request: Frame) -> Frame:
    match request.header.get("do"):
        case "exit":
            os._exit(4)
        case "stall":
            time.sleep(600)
        case "chatter":
            print("libraries print to standard output", flush=True)
    return Frame({"pid": os.getpid(), "arguments": sys.argv[1:]}, request.blobs)


if __name__ == "__main__":
    serve(handle)
