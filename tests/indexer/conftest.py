"""What tests of the indexer share."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is opened in a test, and closed at its end."""
    with ExitStack() as stack:
        yield stack
