"""The four directories VexGUI uses."""

import hashlib
import os
import pwd
import stat
from collections.abc import Mapping
from dataclasses import dataclass

from vexgui.core.errors import PathProblem, PermissionProblem, WorldProblem, not_made
from vexgui.core.paths import joined, shown

_NAME = b"vexgui"
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Profile:
    """Where one index and its settings live; every path is absolute bytes.

    Attributes:
        data: The store, the log and the lock.
        config: Settings.
        cache: What can be fetched or made again.
        runtime: The owner's socket; private to the user.
    """

    data: bytes
    config: bytes
    cache: bytes
    runtime: bytes

    @property
    def log(self) -> bytes:
        """The file that unexpected failures are written to."""
        return joined(self.data, b"vexgui.log")

    @property
    def lock(self) -> bytes:
        """The file whose lock the owner holds; it is never deleted."""
        return joined(self.data, b"lock")

    @property
    def socket_name(self) -> bytes:
        """The owner's socket in ``runtime``: one for each ``data``, because profiles may share ``runtime``."""
        return b"engine-" + hashlib.blake2b(self.data, digest_size=6).hexdigest().encode() + b".sock"


def open_profile(directory: bytes | None, environment: Mapping[bytes, bytes]) -> Profile:
    """Locate the profile and create what is missing of it.

    Args:
        directory: Absolute path that is to hold all four directories, or None for those of the XDG specification.
        environment: The process's environment.

    Raises:
        PathProblem: Something that is no folder lies where one is needed.
        PermissionProblem: A folder may not be created or used, or the runtime folder is someone else's.
        DiskFull: There is no room for a folder.
    """
    profile = _by_xdg(environment) if directory is None else _below(directory)
    for folder in (profile.data, profile.config, profile.cache, profile.runtime):
        _create(folder)
    _make_private(profile.runtime)
    return profile


def recently_used_file(environment: Mapping[bytes, bytes]) -> bytes:
    """Return where the desktop keeps its list of recently used files, whichever profile is used."""
    home = _absolute(environment, b"HOME") or os.fsencode(pwd.getpwuid(os.getuid()).pw_dir)
    return joined(_absolute(environment, b"XDG_DATA_HOME") or joined(home, b".local/share"), b"recently-used.xbel")


def _below(directory: bytes) -> Profile:
    return Profile(*(joined(directory, part) for part in (b"data", b"config", b"cache", b"runtime")))


def _by_xdg(environment: Mapping[bytes, bytes]) -> Profile:
    home = _absolute(environment, b"HOME") or os.fsencode(pwd.getpwuid(os.getuid()).pw_dir)

    def folder(variable: bytes, default: bytes) -> bytes:
        return joined(_absolute(environment, variable) or joined(home, default), _NAME)

    return Profile(
        data=folder(b"XDG_DATA_HOME", b".local/share"),
        config=folder(b"XDG_CONFIG_HOME", b".config"),
        cache=folder(b"XDG_CACHE_HOME", b".cache"),
        runtime=_runtime(_absolute(environment, b"XDG_RUNTIME_DIR")),
    )


def _absolute(environment: Mapping[bytes, bytes], variable: bytes) -> bytes:
    """Return a variable's value; b"" when it is unset or relative, which the specification says to ignore."""
    value = environment.get(variable, b"")
    return value if value.startswith(b"/") else b""


def _runtime(given: bytes) -> bytes:
    """Return the folder for the socket; under ``su`` the variable names another user's, which is left alone.

    What lies in /tmp is refused when it turns out to be someone else's.
    """
    try:
        if given and os.stat(given).st_uid == os.getuid():
            return joined(given, _NAME)
    except OSError:
        pass
    return b"/tmp/vexgui-%d" % os.getuid()


def _create(folder: bytes) -> None:
    try:
        os.makedirs(folder, _PRIVATE, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise PathProblem(
            f"{shown(folder)} cannot be made: a file lies in its place.",
            "Move that file away, or choose another place with --profile.",
        ) from error
    except OSError as error:
        refused = _refused(f"The folder {shown(folder)} cannot be made ({error.strerror}).")
        raise not_made(folder, error, refused) from error
    if not os.access(folder, os.R_OK | os.X_OK):
        raise _refused(f"The folder {shown(folder)} cannot be read.")


def _make_private(folder: bytes) -> None:
    """See to it that nobody else can reach the socket."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise _refused(f"The folder {shown(folder)} cannot be used ({error.strerror}).") from error
    try:
        status = os.fstat(descriptor)
        if status.st_uid != os.getuid():
            raise _refused(f"The folder {shown(folder)} belongs to someone else.")
        if stat.S_IMODE(status.st_mode) != _PRIVATE:
            os.fchmod(descriptor, _PRIVATE)
    finally:
        os.close(descriptor)


def _refused(what: str) -> WorldProblem:
    return PermissionProblem(what, "Change its permissions, or choose another place with --profile.")
