"""The running product, merchants made to measure, the desk, and what the stories have seen at the end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.cases.procedures.catalogue import load_catalogue
from tests.conversations.coverage import Sightings
from tests.conversations.merchants import Directory
from tests.conversations.story import Desk, Story
from tests.e2e.conftest import healthy, new_merchant, reviewer, signed_in, stack
from tests.e2e.people import Merchant, Reviewer
from tests.e2e.stack import ROOT, Stack

__all__ = ["healthy", "new_merchant", "reviewer", "signed_in", "stack"]

HERE = Path(__file__).parent
LAST = "test_every_file_is_covered"
SEEN = pytest.StashKey[Sightings]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SEEN] = Sightings(load_catalogue(ROOT / "data" / "procedures"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What was covered is known when all stories have been told."""
    items.sort(key=lambda item: item.name == LAST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    seen = config.stash[SEEN]
    if seen.seen:
        terminalreporter.write_sep("=", "procedure files in the stories")
        terminalreporter.write_line(seen.table())


@pytest.fixture(scope="session")
def seen(pytestconfig: pytest.Config) -> Sightings:
    """What the stories of this session have met."""
    return pytestconfig.stash[SEEN]


@pytest.fixture(scope="session")
def directory(stack: Stack) -> Directory:
    """Where merchants of the stories are put."""
    return Directory(stack.data_dir)


@pytest.fixture
def tell(healthy: Stack, directory: Directory, seen: Sightings) -> Callable[..., Story]:
    """Begins the story of somebody who has these things and is logged in."""

    def begin(**has: Any) -> Story:
        party = directory.add(**has)
        merchant = Merchant(healthy.url)
        merchant.log_in(party.merchant_no)
        return Story(merchant, seen, party)

    return begin


@pytest.fixture
def visit(healthy: Stack, seen: Sightings) -> Callable[[], Story]:
    """Begins the story of somebody whom nobody knows."""
    return lambda: Story(Merchant(healthy.url), seen)


@pytest.fixture
def again(healthy: Stack, seen: Sightings) -> Callable[[Story], Story]:
    """The same merchant in another conversation, as on another device."""

    def begin(story: Story) -> Story:
        assert story.party is not None
        merchant = Merchant(healthy.url)
        merchant.log_in(story.party.merchant_no)
        return Story(merchant, seen, story.party)

    return begin


@pytest.fixture
def desk(reviewer: Reviewer, seen: Sightings) -> Desk:
    """The reviewer."""
    return Desk(reviewer, seen)


@pytest.fixture
def lead(healthy: Stack, signed_in: Callable[[str], Reviewer], seen: Sightings) -> Desk:
    """The lead, who also hears complaints about what reviewers decided."""
    return Desk(signed_in("lead"), seen)


@pytest.fixture
def payer(healthy: Stack, signed_in: Callable[[str], Reviewer], seen: Sightings) -> Desk:
    """The second person for large sums and other accounts."""
    return Desk(signed_in("payer"), seen)
