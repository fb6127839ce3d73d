"""One running product for the whole session, and the people who use it."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from tests.e2e.people import Merchant, Reviewer
from tests.e2e.stack import Stack, start_stack

RUNNING = pytest.StashKey[Stack]()
SETTINGS = {
    "PAYOUT_SIMULATED_SECONDS": "1",
    "PAYOUT_SIMULATED_FAULTS": '{"0019": "abnormal"}',
    "MESSAGES_PER_MINUTE": "1000",
    "RETURN_ADDRESS": "演示市演示区演示路 1 号，机器组收",
}
"""A bank that is quick and refuses one account, and testers who write faster than merchants."""


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """The product, started as `make run` starts it, with data of its own; one for every folder of tests."""
    running = request.config.stash.get(RUNNING, None)
    if running is None:
        running = start_stack(tmp_path_factory.mktemp("product"), **SETTINGS)
        request.config.stash[RUNNING] = running
        request.config.add_cleanup(partial(_stop, running))
    return running


def _stop(running: Stack) -> None:
    running.stop()


@pytest.fixture
def healthy(stack: Stack) -> Stack:
    """The product with every part up."""
    stack.wait_until_ready()
    return stack


def demo_logins(data_dir: Path) -> dict[str, str]:
    """Login → password of the demo staff."""
    for line in (data_dir / "demo.env").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        if name == "STAFF_DEMO_PASSWORDS":
            return dict(pair.split(":", 1) for pair in value.split(","))
    raise LookupError("demo.env has no staff")


@pytest.fixture(scope="session")
def signed_in(stack: Stack) -> Callable[[str], Reviewer]:
    """A login of the demo staff, signed in once: the service counts the log-ins of an address."""
    passwords = demo_logins(stack.data_dir)
    return cache(lambda login: Reviewer(stack.url, login, passwords[login]))


@pytest.fixture
def reviewer(healthy: Stack, signed_in: Callable[[str], Reviewer]) -> Reviewer:
    """The demo reviewer."""
    return signed_in("reviewer")


@pytest.fixture
def new_merchant(healthy: Stack) -> Callable[[str], Merchant]:
    """Opens a conversation as one of the demo merchants."""

    def open_conversation(merchant_no: str) -> Merchant:
        merchant = Merchant(healthy.url)
        merchant.log_in(merchant_no)
        return merchant

    return open_conversation
