"""A mail server that really speaks SMTP, by TLS only, and does what it is told to."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.ports import free_port
from tests.service.notifications.certificates import Certificates

USER, PASSWORD = "pos", "p@ss word"


@dataclass
class MailServer:
    port: int
    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    """What the next messages are answered with instead of being taken."""
    refused: set[str] = field(default_factory=set)
    """Addresses that nobody has."""

    @property
    def url(self) -> str:
        return f"smtp://{USER}:p%40ss%20word@localhost:{self.port}"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return f"550 <{address}> nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    def texts(self) -> list[str]:
        return [str(message.get_content()) for message in self.received]


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def running_mailserver(certificates: Certificates, *, starttls: bool = True) -> Iterator[MailServer]:
    server = MailServer(free_port())
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        tls_context=certificates.server_context if starttls else None,
        require_starttls=starttls,
        auth_required=starttls,
        authenticator=_authenticate,
        auth_require_tls=starttls,
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
