"""E-mail over SMTP, always encrypted: `smtps://` from the first byte, `smtp://` by STARTTLS or not at all."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from service.notifications.channels.port import GiveUp, Outgoing, TryAgain
from service.platform.clock import Clock

TIMEOUT_SECONDS = 10.0
_PORTS = {"smtp": 587, "smtps": 465}
_PERMANENT = range(500, 600)


@dataclass(frozen=True)
class MailServer:
    scheme: Literal["smtp", "smtps"]
    host: str
    port: int
    user: str = ""
    password: str = ""


def read_smtp_url(url: str) -> MailServer:
    """`smtps://user:password@mail.example.com:465`; raises ValueError with a sentence."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("must look like smtps://user:password@mail.example.com:465, or smtp://… for STARTTLS")
    scheme: Literal["smtp", "smtps"] = "smtps" if parts.scheme == "smtps" else "smtp"
    port = parts.port or _PORTS[scheme]
    return MailServer(scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


class EmailChannel:
    """`address_of` gives the address that a recipient has now, or None."""

    def __init__(
        self,
        server: MailServer,
        *,
        sender: str,
        address_of: Callable[[str], str | None],
        clock: Clock,
        ca_file: Path | None = None,
    ) -> None:
        self._server = server
        self._sender = sender
        self._address_of = address_of
        self._clock = clock
        self._tls = ssl.create_default_context(cafile=ca_file)

    def send(self, notice: Outgoing) -> None:
        address = self._address_of(notice.recipient)
        if address is None:
            raise GiveUp("没有收件邮箱")
        try:
            with self._connect() as smtp:
                smtp.send_message(self._message(notice, address))
        except smtplib.SMTPAuthenticationError:
            raise TryAgain("邮件服务器不认我们的用户名和密码，请核对 SMTP_URL") from None
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(next(iter(error.recipients.values()))[0]) from None
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code) from None
        except smtplib.SMTPNotSupportedError:
            raise TryAgain("邮件服务器不支持加密，没有发出") from None
        except (smtplib.SMTPException, OSError) as error:
            raise TryAgain(f"连不上邮件服务器（{type(error).__name__}）") from None

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        smtp: smtplib.SMTP = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=self._tls)
            if server.scheme == "smtps"
            else smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        )
        try:
            if server.scheme == "smtp":
                smtp.starttls(context=self._tls)
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _message(self, notice: Outgoing, address: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = address
        message["Subject"] = notice.content["subject"]
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = f"<{notice.id}@{parseaddr(self._sender)[1].rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # nobody's absence notice answers it
        message.set_content(notice.content["text"])
        return message


def _refusal(code: int) -> GiveUp | TryAgain:
    """The server's own words may hold the address, so only the code is kept."""
    if code in _PERMANENT:
        return GiveUp(f"邮件服务器拒收（{code}），请核对邮箱地址")
    return TryAgain(f"邮件服务器暂时不收（{code}）")
