"""Fetching one file: it goes on where it broke off, and takes its name only when it is whole and right.

huggingface_hub itself begins anew each time: it gives every download a file of its own and removes that when it fails
(https://github.com/huggingface/huggingface_hub/pull/4228), which is no way to get 600 MB over a poor line.
"""

import contextlib
import errno
import fcntl
import hashlib
import http.client
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vexgui import __version__
from vexgui.core.errors import DiskFull, ModelUnavailable, PermissionProblem, VexError, is_full
from vexgui.core.paths import folder_of, shown
from vexgui.core.told import told
from vexgui.models.hub.files import HubFile
from vexgui.models.hub.patience import GOES_ON, Patience

_PIECE_BYTES = 256 << 10
_LEAST_BYTES = 2048
"""A connection that brings less, in all or within `Patience.stall_s`, is as good as dead."""

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


class _Broken(Exception):
    """A connection ended early, or could not be made."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(reason)
        self.reason = reason


class _NotWhatWasAnnounced(Exception):
    """The hub has another file under this name than it told of."""


def fetch(url: str, file: HubFile, whole: bytes, partial: bytes, patience: Patience) -> None:
    """Fetch a file unless it is here, whole and right; what came before an interruption is kept and used.

    Args:
        url: Where it is.
        file: What it must be.
        whole: Where it goes in the end.
        partial: Where it grows until then.
        patience: How long to wait.

    Raises:
        ModelUnavailable: It cannot be had, broke off, or is not what was announced; then nothing of it is kept.
        DiskFull: There is no room for it.
        PermissionProblem: The cache may not be written.
    """
    try:
        if _is_right(whole, file):
            return
        os.makedirs(folder_of(whole), exist_ok=True)
        with _reserved(partial) as descriptor:
            if os.fstat(descriptor).st_size > file.size:
                os.ftruncate(descriptor, 0)
            _insist_on_room(descriptor, file)
            _fill(descriptor, url, file, patience)
            if _digest(descriptor, file) != file.digest:
                raise _NotWhatWasAnnounced
            os.fsync(descriptor)
            os.replace(partial, whole)
    except _NotWhatWasAnnounced as error:
        with contextlib.suppress(OSError):
            os.unlink(partial)
        raise ModelUnavailable(
            f"What the hub sent as {file.name} is not what it had announced; it was removed.",
            "Try again; should it happen again, choose another model: vexgui models",
        ) from error
    except OSError as error:
        raise _as_problem(error, folder_of(whole)) from error


def _is_right(whole: bytes, file: HubFile) -> bool:
    """Return whether a file is here as it was announced: one that was spoilt since it came is fetched again."""
    try:
        descriptor = os.open(whole, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return os.fstat(descriptor).st_size == file.size and _digest(descriptor, file) == file.digest
    finally:
        os.close(descriptor)


@contextmanager
def _reserved(path: bytes) -> Iterator[int]:
    """Lend a file opened for this process alone."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ModelUnavailable(
                "Another process is fetching this model.", "Wait until it has done so, or end it."
            ) from error
        yield descriptor
    finally:
        os.close(descriptor)


def _insist_on_room(descriptor: int, file: HubFile) -> None:
    missing = file.size - os.fstat(descriptor).st_size
    disk = os.fstatvfs(descriptor)
    if missing > disk.f_bavail * disk.f_frsize:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _fill(descriptor: int, url: str, file: HubFile, patience: Patience) -> None:
    """Have a file grow to its size, trying again as long as that helps."""
    failures = 0
    while (before := os.fstat(descriptor).st_size) < file.size:
        try:
            _receive(descriptor, url, file, patience)
        except _Broken as error:
            have = os.fstat(descriptor).st_size
            failures = 0 if have - before >= _LEAST_BYTES else failures + 1
            if failures >= patience.tries:
                raise _broken_off(have, file, error.reason) from error
            time.sleep(patience.pause_s * 2 ** max(failures - 1, 0))


def _receive(descriptor: int, url: str, file: HubFile, patience: Patience) -> None:
    """Append what one connection brings; raises `_Broken` when it ends early."""
    have = os.fstat(descriptor).st_size
    with _answer(url, file, have, patience.stall_s) as response:
        place = _start(response, have, file)
        os.ftruncate(descriptor, place)
        came, since_s = 0, time.monotonic()
        while place < file.size:
            piece = _piece(response, min(_PIECE_BYTES, file.size - place))
            _write(descriptor, piece, place)
            place += len(piece)
            came += len(piece)
            if time.monotonic() - since_s > patience.stall_s:
                if came < _LEAST_BYTES:
                    raise _Broken(TimeoutError())
                came, since_s = 0, time.monotonic()


def _answer(url: str, file: HubFile, have: int, timeout_s: float) -> Any:
    """Ask for what is missing of a file, and return what the library makes of the answer."""
    headers = {"Accept-Encoding": "identity", "User-Agent": f"vexgui/{__version__}"}
    if have:
        headers["Range"] = f"bytes={have}-"
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the hub's library made the address
    try:
        return urllib.request.urlopen(request, timeout=timeout_s)  # noqa: S310
    except urllib.error.HTTPError as error:
        error.close()
        _insist_on_retrying(error.code, file)
        raise _Broken(error) from error
    except urllib.error.URLError as error:
        raise _Broken(error.reason if isinstance(error.reason, Exception) else error) from error
    except (OSError, http.client.HTTPException) as error:
        raise _Broken(error) from error


def _piece(response: Any, size: int) -> bytes:
    """Return some of what comes, as soon as there is anything."""
    try:
        piece: bytes = response.read1(size)
    except (OSError, http.client.HTTPException) as error:
        raise _Broken(error) from error
    if not piece:
        raise _Broken(ConnectionError())
    return piece


def _start(response: Any, have: int, file: HubFile) -> int:
    """Return where in the file an answer begins: at its start where the hub sends no parts."""
    if response.status != http.client.PARTIAL_CONTENT:
        if have and response.headers.get("Content-Length") != str(file.size):
            raise _Broken(ConnectionError())  # a hotel's page to log in, say: what is here is worth more
        return 0
    given = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if given is None or int(given[1]) > have or int(given[2]) != file.size:
        raise _NotWhatWasAnnounced
    return int(given[1])


def _write(descriptor: int, piece: bytes, place: int) -> None:
    view = memoryview(piece)
    while view:
        written = os.pwrite(descriptor, view, place)
        view, place = view[written:], place + written


def _digest(descriptor: int, file: HubFile) -> str:
    """Return what the content must be announced as: SHA-256, or for small files what git calls a blob."""
    blob = f"blob {file.size}\0".encode()
    sums = hashlib.sha256() if file.large else hashlib.sha1(blob, usedforsecurity=False)
    os.lseek(descriptor, 0, os.SEEK_SET)
    while piece := os.read(descriptor, 4 * _PIECE_BYTES):
        sums.update(piece)
    return sums.hexdigest()


def _insist_on_retrying(status: int, file: HubFile) -> None:
    """Give up where asking again is pointless."""
    if status == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise _NotWhatWasAnnounced
    if status < http.client.INTERNAL_SERVER_ERROR and status not in (
        http.client.REQUEST_TIMEOUT,
        http.client.TOO_MANY_REQUESTS,
    ):
        raise ModelUnavailable(f"The hub does not give out {file.name} (HTTP {status}).", "Choose another model.")


def _broken_off(have: int, file: HubFile, reason: Exception) -> ModelUnavailable:
    so_far = told(f"{have / 1e6:.1f} of {file.size / 1e6:.1f} MB are here and kept")
    if isinstance(reason, urllib.error.HTTPError):
        return ModelUnavailable(f"The hub is out of order (HTTP {reason.code}); {so_far}.", GOES_ON)
    if isinstance(reason, TimeoutError):
        return ModelUnavailable(f"Nothing came from the hub any more; {so_far}.", GOES_ON)
    return ModelUnavailable(f"The connection to the hub broke off; {so_far}.", GOES_ON)


def _as_problem(error: OSError, folder: bytes) -> VexError:
    if is_full(error):
        return DiskFull(f"There is no room for the model in {shown(folder)}.", "Free some space and try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return PermissionProblem(
            f"{shown(folder)} may not be written.", "Give yourself write permission on that folder."
        )
    return ModelUnavailable(f"{shown(folder)} could not be written ({error.strerror}).", "Check that disk.")
