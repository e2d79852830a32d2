"""Commands that only root may run, in namespaces where anybody is root."""

import subprocess

import pytest

from tests.waiting import PATIENCE_S


def as_root(*command: str, able: str) -> subprocess.CompletedProcess[str]:
    """Run a command as root of a user and a mount namespace of its own.

    Args:
        command: The command with its arguments.
        able: What it prints once it has done what needs root. The test is skipped where that never comes: namespaces
            may be forbidden.
    """
    isolated = ["unshare", "--user", "--map-root-user", "--mount", *command]
    done = subprocess.run(isolated, capture_output=True, check=False, text=True, timeout=PATIENCE_S)
    if able not in done.stdout:
        pytest.skip(f"no one is root here: {done.stderr.strip()}")
    return done
