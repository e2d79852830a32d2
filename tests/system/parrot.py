"""A child for tests: it answers with its process id and what it was sent, or misbehaves as it is told."""

import os
import signal
import struct
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
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "fail":
            raise ValueError
        case "think":
            time.sleep(0.1)
        case "chatter":
            print("libraries print to standard output", flush=True)
    return Frame({"pid": os.getpid(), "arguments": sys.argv[1:]}, request.blobs)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["deaf"]:
            time.sleep(600)
        case ["nonsense"]:
            os.write(1, b"\xff" * 1000)
            time.sleep(600)
        case ["endless"]:
            header = b'{"blobs": [%d]}' % (1 << 40)
            os.write(1, struct.pack("<I", len(header)) + header)
            while True:
                os.write(1, bytes(65536))
        case _:
            serve(handle)
