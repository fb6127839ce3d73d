"""What the tests of the Rasa side share: a trained model, and the real processes in front of a fake service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.train import model_path, quiet_libraries, train
from tests.bot.support.fake_service import FakeService
from tests.bot.support.stack import Merchant, Stack

quiet_libraries()


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present sources, trained if it is not there."""
    target = model_path()
    if not target.exists():
        train(target)
    return target


@pytest.fixture(scope="session")
def stack(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Rasa and the action server, started once."""
    with FakeService().serving() as service, Stack(service, tmp_path_factory.mktemp("stack")).running() as started:
        yield started


@pytest.fixture
def merchant(stack: Stack) -> Merchant:
    """Somebody new, and a service that has forgotten everybody else."""
    stack.service.reset()
    return Merchant(stack)
