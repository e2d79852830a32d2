"""A child for tests: it answers with its process id and what it was sent, or misbehaves as it is told."""

import json
import os
import signal
import socket
import struct
import sys
import time

from vexgui.system.child import serve
from vexgui.system.frames import Frame


def handle(request: Frame) -> Frame:
    match request.header.get("do"):
        case "exit":
            os.closerange(0, 100)
            time.sleep(request.header.get("after_s", 0))
            os._exit(4)
        case "stall":
            time.sleep(600)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "fail":
            raise ValueError
        case "think":
            time.sleep(0.1)
        case "read":
            (file,) = request.files
            return Frame({"files": open_files()}, (os.pread(file, 100, 0),))
        case "count files":
            return Frame({"files": open_files()})
        case "send file":
            with socket.socket(fileno=os.dup(0)) as channel, open(os.devnull, "rb") as file:
                answer = json.dumps({"pid": os.getpid(), "blobs": []}).encode()
                socket.send_fds(channel, [struct.pack("<I", len(answer)) + answer], [file.fileno()])
            os._exit(0)
        case "chatter":
            print("libraries print to standard output", flush=True)
    return Frame({"pid": os.getpid(), "arguments": sys.argv[1:]}, request.blobs)


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


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
