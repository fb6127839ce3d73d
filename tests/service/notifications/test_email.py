"""Mail goes out encrypted or not at all, and what the server says decides whether it is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.notifications.channels.email import EmailChannel, MailServer, read_smtp_url
from service.notifications.channels.port import GiveUp, Outgoing, TryAgain
from service.platform.clock import FixedClock
from tests.ports import free_port
from tests.service.notifications.certificates import Certificates
from tests.service.notifications.mailserver import MailServer as RealServer
from tests.service.notifications.mailserver import running_mailserver

CLOCK = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
NOTICE = Outgoing("abc123", "merchant:m1", "approved", {"subject": "请确认退款金额", "text": "您好：\n\n请确认。\n"})
ADDRESS = "wang@example.com"


def channel(server: MailServer, ca_file: Path | None, address: str | None = ADDRESS) -> EmailChannel:
    return EmailChannel(
        server, sender="客服 <service@pos.example.com>", address_of=lambda _who: address, clock=CLOCK, ca_file=ca_file
    )


def test_a_mail_says_who_when_and_which(mailserver: RealServer, certificates: Certificates) -> None:
    channel(read_smtp_url(mailserver.url), certificates.authority).send(NOTICE)
    (message,) = mailserver.received
    assert mailserver.recipients == [ADDRESS]
    assert str(message["From"]) == "客服 <service@pos.example.com>"
    assert str(message["Subject"]) == "请确认退款金额"
    assert str(message["Message-ID"]) == "<abc123@pos.example.com>"
    assert str(message["Auto-Submitted"]) == "auto-generated"
    assert "02:00:00" in str(message["Date"])
    assert "请确认。" in mailserver.texts()[0]


@pytest.mark.parametrize(
    ("answer", "failure", "told"),
    [
        ("451 greylisted", TryAgain, "暂时不收（451）"),
        ("554 no spam here", GiveUp, "拒收（554）"),
    ],
)
def test_the_code_decides_whether_it_is_tried_again(
    mailserver: RealServer, certificates: Certificates, answer: str, failure: type[Exception], told: str
) -> None:
    mailserver.answers = [answer]
    with pytest.raises(failure, match=told):
        channel(read_smtp_url(mailserver.url), certificates.authority).send(NOTICE)


def test_an_address_that_nobody_has_is_given_up_and_not_written_down(
    mailserver: RealServer, certificates: Certificates
) -> None:
    mailserver.refused = {ADDRESS}
    with pytest.raises(GiveUp, match="550") as refusal:
        channel(read_smtp_url(mailserver.url), certificates.authority).send(NOTICE)
    assert ADDRESS not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_wrong_password_is_the_operators_to_mend(mailserver: RealServer, certificates: Certificates) -> None:
    server = replace(read_smtp_url(mailserver.url), password="wrong")
    with pytest.raises(TryAgain, match="SMTP_URL"):
        channel(server, certificates.authority).send(NOTICE)


def test_a_certificate_that_nobody_vouches_for_ends_it(mailserver: RealServer) -> None:
    with pytest.raises(TryAgain, match="SSLCertVerificationError"):
        channel(read_smtp_url(mailserver.url), None).send(NOTICE)
    assert mailserver.received == []


def test_a_server_without_encryption_gets_nothing(certificates: Certificates) -> None:
    with running_mailserver(certificates, starttls=False) as plain:
        server = replace(read_smtp_url(plain.url), user="")
        with pytest.raises(TryAgain, match="不支持加密"):
            channel(server, certificates.authority).send(NOTICE)
    assert plain.received == []


def test_a_server_that_is_away_is_tried_again(certificates: Certificates) -> None:
    with pytest.raises(TryAgain, match="连不上邮件服务器"):
        channel(MailServer("smtp", "127.0.0.1", free_port()), certificates.authority).send(NOTICE)


def test_nobody_to_write_to_is_no_reason_to_try_again(mailserver: RealServer, certificates: Certificates) -> None:
    with pytest.raises(GiveUp, match="没有收件邮箱"):
        channel(read_smtp_url(mailserver.url), certificates.authority, address=None).send(NOTICE)


def test_the_url_knows_the_usual_ports() -> None:
    assert read_smtp_url("smtps://mail.example.com") == MailServer("smtps", "mail.example.com", 465)
    assert read_smtp_url("smtp://a%40b:p%3Aw@mail.example.com") == MailServer(
        "smtp", "mail.example.com", 587, "a@b", "p:w"
    )
