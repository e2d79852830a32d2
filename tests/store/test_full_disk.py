"""A full disk is an error that leaves the store as it was; nothing dies of it."""

import subprocess
import sys
from pathlib import Path

from tests.store.filling import LIMITS


def test_a_full_disk_is_told_and_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.filling", str(tmp_path / "store")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "refused " * 2 * len(LIMITS) + "at last [2, 9000]\n"
