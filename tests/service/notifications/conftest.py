"""The world of these tests: every channel is real but the phone network and WeChat, and nothing runs by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.platform.clock import FixedClock
from tests.service.notifications.certificates import Certificates, make_certificates
from tests.service.notifications.mailserver import MailServer, running_mailserver
from tests.service.notifications.receiver import Receiver, running_receiver
from tests.service.notifications.world import World, open_world


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def mailserver(certificates: Certificates) -> Iterator[MailServer]:
    with running_mailserver(certificates) as server:
        yield server


@pytest.fixture
def receiver(certificates: Certificates) -> Iterator[Receiver]:
    with running_receiver(certificates) as receiver:
        yield receiver


@pytest.fixture
def set_up(
    mailserver: MailServer, receiver: Receiver, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings as an operator gives them: in the environment."""
    settings = {
        "SMTP_URL": mailserver.url,
        "SMTP_CA_FILE": str(certificates.authority),
        "MAIL_FROM": "客服 <service@pos.example.com>",
        "STAFF_MAILBOXES": '{"reviewer":"review@pos.example.com"}',
        "WEBHOOK_TARGETS": f"[{receiver.target}]",
        "WEBHOOK_NETWORKS": "127.0.0.0/8",
        "WEBHOOK_CA_FILE": str(certificates.authority),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def world(database_url: str, tmp_path: Path, clock: FixedClock, set_up: None) -> Iterator[World]:
    """The test runs once on each database."""
    with open_world(database_url, tmp_path, clock) as world:
        yield world


@pytest.fixture
def lite(sqlite_url: str, tmp_path: Path, clock: FixedClock, set_up: None) -> Iterator[World]:
    """For what the kind of database makes no difference to."""
    with open_world(sqlite_url, tmp_path, clock) as world:
        yield world
