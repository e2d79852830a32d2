"""Commands are run on a profile of the test's own."""

from pathlib import Path

import pytest

from tests.cli.runner import Runner


@pytest.fixture
def vexgui(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "profile")
