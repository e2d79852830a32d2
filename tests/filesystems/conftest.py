"""Runs the full matrix of file systems only when it is asked for: ``pytest -m matrix tests/filesystems``."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of tests that mount every kind of file system."""
    config.addinivalue_line("markers", "matrix: mounts every kind of file system; run with -m matrix, as root")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the matrix out of runs that do not speak of it."""
    if "matrix" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("matrix")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
