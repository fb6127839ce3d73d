"""The running product of the browser tests, for people who only talk; they talk faster than the limits allow."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import healthy, new_merchant, reviewer
from tests.e2e.stack import Stack, start_stack

__all__ = ["healthy", "new_merchant", "reviewer"]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The product, started as `make run` starts it, with data of its own."""
    limits = {"MESSAGES_PER_MINUTE": "10000", "CONVERSATIONS_PER_HOUR": "10000"}
    running = start_stack(tmp_path_factory.mktemp("product"), **limits)
    yield running
    running.stop()
