"""Lends what opens engines."""

from collections.abc import Callable, Iterator

import pytest

from tests.engine.life.engines import Plan, Running, engines


@pytest.fixture(scope="module")
def open_engine() -> Iterator[Callable[[Plan], Running]]:
    with engines() as opens:
        yield opens
