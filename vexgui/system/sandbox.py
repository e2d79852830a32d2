"""Giving up rights for good: a process that decodes untrusted files needs to read, to think and to answer, no more."""

import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vexgui.system.landlock import landlock_version, restrict
from vexgui.system.resources import PACKAGE, resource
from vexgui.system.seccomp import CONFINED, OFFLINE, refuse_calls, seccomp_works

_PR_SET_NO_NEW_PRIVS = 38

_SYSTEM = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/nix/store", "/gnu/store",
    "/usr/share/fonts", "/usr/share/X11/fonts", "/usr/share/fontconfig", "/usr/local/share/fonts", "/etc/fonts",
    "/var/cache/fontconfig", "/usr/share/zoneinfo", "/usr/share/locale", "/usr/share/mime", "/etc/mime.types",
    "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu",
)  # fmt: skip
"""What libraries read of the system: other libraries, fonts, time zones, and how many processors there are."""
_FONTS_AT_HOME = (".fonts", ".local/share/fonts")


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the kernel holds decoders to.

    Attributes:
        in_force: What keeps them from doing harm, a few words each.
        lacking: What would, but the kernel does not have it, a sentence each.
    """

    in_force: tuple[str, ...]
    lacking: tuple[str, ...]


def confinement(*, landlock: int | None = None, seccomp: bool | None = None) -> Confinement:
    """Return what `give_up_rights` achieves here.

    Args:
        landlock: The version of Landlock; None to ask the kernel.
        seccomp: Whether it has filters that fit; None to ask it.
    """
    in_force = ["bounds on memory, time and open files"]
    lacking: list[str] = []
    if landlock_version() if landlock is None else landlock:
        in_force.append("Landlock: no file is opened but libraries and fonts, none is changed")
    else:
        lacking.append(
            "The kernel has no Landlock: what breaks a decoder could read your other files. "
            "Linux 5.13 and later have it; the boot parameter lsm= has to name it."
        )
    if seccomp_works() if seccomp is None else seccomp:
        in_force.append("seccomp: no file is changed, no network, no programs, no other processes")
    else:
        lacking.append(
            "System calls are not filtered on this machine: what breaks a decoder could start programs and use the "
            "network. Linux on x86-64 and AArch64 filters them."
        )
    return Confinement(tuple(in_force), tuple(lacking))


def give_up_rights(readable: Iterable[bytes] | None = None) -> None:
    """Keep this process from now on from changing files, starting programs, using the network, and touching others.

    To be called before anything starts a thread: only the calling one, and what it starts, is held to it. What the
    kernel lacks is left out, see `confinement`.

    Args:
        readable: What may be read from now on, see `vexgui.system.landlock.restrict`; None for all there is.

    Raises:
        OSError: The kernel has what it takes and refuses.
    """
    _gain_nothing()
    restrict(readable)
    refuse_calls(CONFINED)


def give_up_network() -> None:
    """Keep this process from now on from reaching other computers; see `give_up_rights`.

    Raises:
        OSError: The kernel has what it takes and refuses.
    """
    _gain_nothing()
    refuse_calls(OFFLINE)


def program_files() -> list[bytes]:
    """Return what this program and its libraries consist of and what they read of the system, but no user's files."""
    home = Path(os.path.expanduser("~"))  # Path.home() fails where nobody knows it
    fonts = (home / folder for folder in _FONTS_AT_HOME)
    interpreter = (Path(prefix, folder) for prefix in (sys.prefix, sys.base_prefix) for folder in ("lib", "lib64"))
    # A checkout is on the path with all that lies in it: of that, only what is ours. Nor all of a home.
    checkout = PACKAGE.parent if resource().parent == PACKAGE.parent else None
    path = (Path(entry).resolve() for entry in sys.path if entry)
    libraries = (entry for entry in path if entry != checkout and not home.is_relative_to(entry))
    ours = (*fonts, *interpreter, *libraries, PACKAGE, resource())
    return [*map(os.fsencode, _SYSTEM), *map(os.fsencode, ours)]


def _gain_nothing() -> None:
    """Never again gain rights, by starting a program for example; without this the kernel takes no restrictions."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
