"""Giving up rights for good: a process that decodes untrusted files needs to read, to think and to answer, no more."""

import contextlib
import ctypes
import errno
import os
import platform
import struct

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

_LANDLOCK_CREATE_RULESET = 444
_LANDLOCK_RESTRICT_SELF = 446
_LANDLOCK_CREATE_RULESET_VERSION = 1
# linux/landlock.h: by the version that brought it, everything a process may do to a file but read it or list it.
_FILE_RIGHTS = {1: 0b1_1111_1111_0011, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_TCP_RIGHTS = {4: 0b11}
_SCOPES = {6: 0b11}

# Refused system calls with their numbers on x86-64 and AArch64 (-1 where there is none): what Landlock leaves open,
# the network, other processes, attributes, and the ways around a filter.
_REFUSED = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "sendto": (44, 206),
    "chmod": (90, -1), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, -1), "fchown": (93, 55), "lchown": (94, -1), "fchownat": (260, 54),
    "utime": (132, -1), "utimes": (235, -1), "futimesat": (261, -1), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "rt_sigqueueinfo": (129, 138), "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "io_uring_setup": (425, 425), "bpf": (321, 280), "userfaultfd": (323, 282), "keyctl": (250, 219),
    "unshare": (272, 97), "setns": (308, 268),
}  # fmt: skip
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column of the table above, and AUDIT_ARCH of linux/audit.h."""

_X32_CALLS = 0x40000000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM


def give_up_rights() -> None:
    """Keep this process from now on from changing files, starting programs, using the network, and touching others.

    Reading stays allowed. What the kernel lacks (Landlock before Linux 5.13, another machine) is left out.
    """
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _restrict_files(library)
    _filter_calls(library)


def landlock_version() -> int:
    """Return the version of Landlock the kernel offers, 0 for none."""
    library = ctypes.CDLL(None, use_errno=True)
    return max(0, int(library.syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_CREATE_RULESET_VERSION)))


def _restrict_files(library: ctypes.CDLL) -> None:
    version = landlock_version()
    if not version:
        return
    masks = [
        sum(bits for since, bits in rights.items() if since <= version)
        for rights in (_FILE_RIGHTS, _TCP_RIGHTS, _SCOPES)
        if min(rights) <= version
    ]
    rules = struct.pack(f"={len(masks)}Q", *masks)
    descriptor = library.syscall(_LANDLOCK_CREATE_RULESET, rules, len(rules), 0)
    if descriptor >= 0:
        library.syscall(_LANDLOCK_RESTRICT_SELF, descriptor, 0)
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _filter_calls(library: ctypes.CDLL) -> None:
    if platform.machine() not in _MACHINES:
        return
    column, machine = _MACHINES[platform.machine()]
    numbers = [row[column] for row in _REFUSED.values() if row[column] >= 0]
    refuse = len(numbers) + 5  # where the last line but none refuses; jumps count from the line after
    lines = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_IF_EQUAL, 0, refuse - 2, machine),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, refuse - 4, 0, _X32_CALLS),
        *((_IF_EQUAL, refuse - 5 - place, 0, number) for place, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = struct.pack("@HP", len(lines), ctypes.addressof(code))
    library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0)
