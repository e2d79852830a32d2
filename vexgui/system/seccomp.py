"""Seccomp: a process that has the kernel refuse it certain calls from then on (seccomp(2))."""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PR_GET_SECCOMP = 21
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

# Column of the tables below, and AUDIT_ARCH of linux/audit.h.
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
# System calls with their numbers on x86-64 and AArch64; -1 where there is none.
_ALTERING = {
    "chmod": (90, -1), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, -1), "fchown": (93, 55), "lchown": (94, -1), "fchownat": (260, 54),
    "utime": (132, -1), "utimes": (235, -1), "futimesat": (261, -1), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "truncate": (76, 45), "open_by_handle_at": (304, 265),
}  # fmt: skip
_FILES = {
    "creat": (85, -1), "unlink": (87, -1), "unlinkat": (263, 35), "rmdir": (84, -1), "mkdir": (83, -1),
    "mkdirat": (258, 34), "rename": (82, -1), "renameat": (264, 38), "renameat2": (316, 276), "link": (86, -1),
    "linkat": (265, 37), "symlink": (88, -1), "symlinkat": (266, 36), "mknod": (133, -1), "mknodat": (259, 33),
}  # fmt: skip
"""Landlock refuses these as well, but not every kernel has it."""
_NETWORK = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "sendto": (44, 206),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242),
}  # fmt: skip
_PROGRAMS = {"execve": (59, 221), "execveat": (322, 281), "fork": (57, -1), "vfork": (58, -1)}
_OTHERS = {
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438), "ptrace": (101, 117), "kcmp": (312, 272), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "process_madvise": (440, 440), "setpriority": (141, 140),
    "sched_setscheduler": (144, 119), "sched_setattr": (314, 274), "ioprio_set": (251, 30),
}  # fmt: skip
_KERNEL = {
    "bpf": (321, 280), "userfaultfd": (323, 282), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "perf_event_open": (298, 241), "unshare": (272, 97), "setns": (308, 268),
}  # fmt: skip
_AROUND = {"io_uring_setup": (425, 425)}
"""The way around a filter: what is asked through a ring is not seen by it."""
_CLONE, _CLONE3, _SOCKET, _PRLIMIT, _TGKILL = (56, 220), (435, 435), (41, 198), (302, 261), (234, 131)
_OPEN, _OPENAT, _OPENAT2 = (2, -1), (257, 56), (437, 437)

_CLONE_THREAD = 0x10000
_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_AF_UNIX = 1
_OURSELVES = -1
"""Stands for the number of the process that the filter is for."""
_X32_CALLS = 0x40000000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# struct seccomp_data; of an argument the low half comes first.
_NUMBER_AT, _MACHINE_AT, _ARGUMENTS_AT, _ARGUMENT_BYTES = 0, 4, 16, 8
_ALLOW, _REFUSE, _ABSENT = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a system call is allowed, by a test of one of its arguments.

    Attributes:
        call: Its numbers.
        argument: Which one is tested, from 0.
        test: How.
        operand: Against what.
        allowed: What follows where it passes the test; the opposite where it does not.
    """

    call: tuple[int, int]
    argument: int
    test: int
    operand: int
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Filter:
    """Which system calls are refused.

    Attributes:
        refused: With EPERM, each with its numbers.
        conditions: What is refused only with some arguments.
        absent: Refused as if the kernel did not know them, so that older calls are used instead.
    """

    refused: Mapping[str, tuple[int, int]]
    conditions: Sequence[Condition] = ()
    absent: Sequence[tuple[int, int]] = ()


CONFINED = Filter(
    {**_ALTERING, **_FILES, **_NETWORK, **_PROGRAMS, **_OTHERS, **_KERNEL, **_AROUND},
    # A new thread is no new process; another process' limits are not ours; what aborts sends itself a signal. What
    # clone3 and openat2 are to do lies in memory, where a filter cannot look.
    conditions=(
        Condition(_CLONE, 0, _IF_ANY, _CLONE_THREAD),
        Condition(_PRLIMIT, 0, _IF_EQUAL, 0),
        Condition(_TGKILL, 0, _IF_EQUAL, _OURSELVES),
        Condition(_OPEN, 1, _IF_ANY, _CHANGING, allowed=False),
        Condition(_OPENAT, 2, _IF_ANY, _CHANGING, allowed=False),
    ),
    absent=(_CLONE3, _OPENAT2),
)
"""For what decodes foreign files: no changes to files, no network, no programs, no other processes."""

OFFLINE = Filter(_AROUND, conditions=(Condition(_SOCKET, 0, _IF_EQUAL, _AF_UNIX),))
"""For what needs no network and is trusted otherwise."""


def seccomp_works() -> bool:
    """Tell whether the kernel has filters, and this machine's calls are known here."""
    return platform.machine() in _MACHINES and ctypes.CDLL(None).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0


def refuse_calls(wanted: Filter) -> None:
    """Have calls refused to this thread and what it starts, from now on; does nothing where `seccomp_works` is false.

    The thread must have set PR_SET_NO_NEW_PRIVS.

    Raises:
        OSError: The kernel takes no filter though it has them.
    """
    if not seccomp_works():
        return
    lines = _lines(wanted, *_MACHINES[platform.machine()])
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = struct.pack("@HP", len(lines), ctypes.addressof(code))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _lines(wanted: Filter, column: int, machine: int) -> list[tuple[int, int, int, int]]:
    """Return the filter's program: operation, how many lines to skip if so and if not, operand."""
    refused = [row[column] for row in wanted.refused.values() if row[column] >= 0]
    absent = [call[column] for call in wanted.absent]
    conditions = [condition for condition in wanted.conditions if condition.call[column] >= 0]
    allow = 4 + len(refused) + len(absent) + 3 * len(conditions)
    refuse, unknown = allow + 1, allow + 2
    lines: list[tuple[int, int, int, int]] = []

    def load(offset: int) -> None:
        lines.append((_LOAD, 0, 0, offset))

    def test(operation: int, operand: int, so: int | None = None, otherwise: int | None = None) -> None:
        after = len(lines) + 1
        if_so, if_not = (0 if target is None else target - after for target in (so, otherwise))
        lines.append((operation, if_so, if_not, operand))

    load(_MACHINE_AT)
    test(_IF_EQUAL, machine, otherwise=refuse)
    load(_NUMBER_AT)
    test(_IF_AT_LEAST, _X32_CALLS, so=refuse)
    for number in refused:
        test(_IF_EQUAL, number, so=refuse)
    for number in absent:
        test(_IF_EQUAL, number, so=unknown)
    for condition in conditions:
        test(_IF_EQUAL, condition.call[column], otherwise=len(lines) + 3)
        load(_ARGUMENTS_AT + _ARGUMENT_BYTES * condition.argument)
        operand = os.getpid() if condition.operand == _OURSELVES else condition.operand
        so, otherwise = (allow, refuse) if condition.allowed else (refuse, allow)
        test(condition.test, operand, so=so, otherwise=otherwise)
    return [*lines, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ABSENT)]
