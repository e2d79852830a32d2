"""Compiles the part of VexGUI that is written in C when a wheel or an editable installation is made.

Where there is no compiler VexGUI works all the same: what it does is then done by libjpeg, more slowly.
"""

import os
import shlex
import subprocess
import sysconfig
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SOURCE, _LIBRARY = "vexgui/extract/eighth.c", "vexgui/extract/libeighth.so"


class NativeHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it makes anything."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's own signature
        """Compile, and have the library put into the wheel, which then fits this kind of computer only."""
        library = os.path.join(self.root, _LIBRARY)
        compiler = [*shlex.split(os.environ.get("CC", "cc")), "-O2", "-shared", "-fPIC"]
        try:
            subprocess.run([*compiler, os.path.join(self.root, _SOURCE), "-o", library], check=True)
        except (OSError, subprocess.CalledProcessError):
            self.app.display_warning("There is no C compiler: photographs are decoded by libjpeg alone, more slowly.")
            return
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["artifacts"].append(_LIBRARY)
        build_data.update(pure_python=False, tag=f"py3-none-{platform}")
