"""A hub on the loopback interface, and everything a real one may do wrong."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "c0ffee" + "0" * 34


@dataclass
class LoopbackHub:
    """What is on the hub, and how it misbehaves.

    Attributes:
        files: Content by repository and name.
        large: Names kept by SHA-256, as the hub does with large files.
        announced: Entries of a listing that replace the honest ones, by name.
        deny: HTTP status that answers everything, 0 for none; by the path's beginning.
        cut_after: A connection closes when it has brought so many bytes; None: when all have come.
        stall_at: From this place in a file on nothing comes, though the connection stays.
        lie_bytes: Added to the Content-Length that files are sent with.
        ranges: Whether a part of a file may be asked for.
        piece_bytes: Of a file, sent at once.
        piece_pause_s: Between two pieces of a file.
        requests: Paths asked for, with the Range header or "".
        tokens: What came as proof of who asks.
    """

    files: dict[tuple[str, str], bytes] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)
    announced: dict[str, dict[str, Any]] = field(default_factory=dict)
    deny: dict[str, int] = field(default_factory=dict)
    cut_after: int | None = None
    stall_at: int | None = None
    lie_bytes: int = 0
    ranges: bool = True
    piece_bytes: int = 16 << 10
    piece_pause_s: float = 0.0
    requests: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    address: str = ""
    _over: threading.Event = field(default_factory=threading.Event)

    def put(self, repository: str, name: str, content: bytes, *, large: bool = True) -> str:
        """Add a file and return its digest."""
        self.files[repository, name] = content
        if large:
            self.large.add(name)
        return self.digest(name, content)

    def digest(self, name: str, content: bytes) -> str:
        """Return what a file is known by."""
        if name in self.large:
            return hashlib.sha256(content).hexdigest()
        return hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()

    def describe(self, repository: str) -> dict[str, Any]:
        """Return what the hub's API says of a repository."""
        siblings = []
        for (owner, name), content in self.files.items():
            if owner == repository:
                digest = self.digest(name, content)
                entry: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": "b" * 40}
                if name in self.large:
                    entry["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 134}
                else:
                    entry["blobId"] = digest
                siblings.append(entry | self.announced.get(name, {}))
        return {"id": repository, "sha": COMMIT, "siblings": siblings} | self.announced.get("", {})


@contextmanager
def serving(hub: LoopbackHub) -> Iterator[LoopbackHub]:
    """Run a hub on a free port of the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(hub, self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class' name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket.settimeout(1.0)  # a connection may be gone between select(2) and accept(2), which then waits
    server.daemon_threads = True
    server.block_on_close = False
    server.handle_error = lambda request, client: None  # type: ignore[method-assign,misc]
    hub.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield hub
    finally:
        hub._over.set()
        server.shutdown()
        server.server_close()


def _answer(hub: LoopbackHub, request: BaseHTTPRequestHandler) -> None:
    path = unquote(urlsplit(request.path).path)
    hub.requests.append((path, request.headers.get("Range", "")))
    hub.tokens += request.headers.get_all("Authorization", [])
    status = next((status for beginning, status in hub.deny.items() if path.startswith(beginning)), 0)
    if status:
        _send(request, status, b"{}", {})
        return
    if listed := re.fullmatch(r"/api/models/(.+?)(/revision/.+)?", path):
        described = hub.describe(listed[1])
        if not described["siblings"]:
            _send(request, 404, b"{}", {"X-Error-Code": "RepoNotFound"})
            return
        _send(request, 200, json.dumps(described).encode(), {"Content-Type": "application/json"})
        return
    if found := re.fullmatch(rf"/(.+)/resolve/{COMMIT}/(.+)", path):
        content = hub.files.get((found[1], found[2]))
        if content is not None:
            _send_file(hub, request, content)
            return
    _send(request, 404, b"", {})


def _send(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def _send_file(hub: LoopbackHub, request: BaseHTTPRequestHandler, content: bytes) -> None:
    start = 0
    asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
    if asked and hub.ranges:
        start = int(asked[1])
        if start >= len(content):
            _send(request, 416, b"", {"Content-Range": f"bytes */{len(content)}"})
            return
        request.send_response(206)
        request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    else:
        request.send_response(200)
    request.send_header("Content-Length", str(len(content) - start + hub.lie_bytes))
    request.end_headers()
    request.close_connection = True
    place = start
    cut_at = len(content) if hub.cut_after is None else start + hub.cut_after
    while place < min(cut_at, len(content)):
        room = hub.piece_bytes if hub.stall_at is None else hub.stall_at - place
        if room <= 0:
            hub._over.wait()
            return
        piece = content[place : min(place + min(room, hub.piece_bytes), cut_at)]
        request.wfile.write(piece)
        place += len(piece)
        hub._over.wait(hub.piece_pause_s)
