"""Landlock: a process that says which files it will need, and can open no others from then on (landlock(7))."""

import contextlib
import ctypes
import os
import stat
import struct
from collections.abc import Iterable

_CREATE_RULESET = 444
_ADD_RULE = 445
_RESTRICT_SELF = 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
# linux/landlock.h: by the version that brought it, what a process may do to a file beside reading and listing it.
_CHANGING = {1: 0b1_1111_1111_0011, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_TCP_RIGHTS = {4: 0b11}
_SCOPES = {6: 0b11}


def landlock_version() -> int:
    """Return the version of Landlock the kernel offers, 0 for none."""
    return max(0, int(_library().syscall(_CREATE_RULESET, None, 0, _CREATE_RULESET_VERSION)))


def restrict(readable: Iterable[bytes] | None) -> None:
    """Keep this thread, and what it starts, from changing files, and from reading all but some.

    What was opened before stays open. TCP, signals to other processes and abstract sockets go with it, where the kernel
    knows how. A kernel without Landlock does nothing.

    Args:
        readable: Files that may be read, and folders with all that is in them; those that are missing are passed over.
            None for all there are.

    Raises:
        OSError: The kernel has Landlock and refuses.
    """
    version = landlock_version()
    if not version:
        return
    changing, tcp, scopes = (_known(rights, version) for rights in (_CHANGING, _TCP_RIGHTS, _SCOPES))
    reading = 0 if readable is None else _READ_FILE | _READ_FOLDER
    words = [changing | reading, *([tcp] if tcp else []), *([scopes] if scopes else [])]
    rules = struct.pack(f"={len(words)}Q", *words)
    ruleset = _checked(_library().syscall(_CREATE_RULESET, rules, len(rules), 0))
    try:
        for path in readable or ():
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
                _allow(ruleset, path)
        _checked(_library().syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: bytes) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rule = struct.pack("=Qi", _READ_FILE | (_READ_FOLDER if is_folder else 0), descriptor)
        _checked(_library().syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0))
    finally:
        os.close(descriptor)


def _known(rights: dict[int, int], version: int) -> int:
    return sum(bits for since, bits in rights.items() if since <= version)


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
