"""The staff is written to: the person, else the shared mailbox, else everybody with that role."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from sqlalchemy import update

from service.accounts import Staff
from tests.service.cases.world import in_review
from tests.service.notifications.mailserver import MailServer
from tests.service.notifications.world import World

THE_DAY_BEFORE = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
TOO_LATE = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def give_addresses(world: World, **addresses: str | None) -> None:
    with world.platform.database.begin() as session:
        for login, email in addresses.items():
            session.execute(update(Staff).where(Staff.login == login).values(email=email))


def test_the_mailbox_of_the_role_hears_that_something_falls_due(world: World, mailserver: MailServer) -> None:
    merchant = in_review(world)
    world.clock.set(THE_DAY_BEFORE)
    world.cases.reminders.run()
    world.settle()
    (message,) = mailserver.received
    assert mailserver.recipients == ["review@pos.example.com"]
    assert str(message["Subject"]) == f"快到期：退押金 {merchant.no}"
    assert "答应商户 11月30日 前办好" in mailserver.texts()[0]


def test_a_lead_without_a_mailbox_is_written_to_in_person(lite: World, mailserver: MailServer) -> None:
    give_addresses(lite, lead="lead@example.com")
    in_review(lite)
    lite.clock.set(TOO_LATE)
    lite.cases.reminders.run()
    lite.settle()
    assert sorted(mailserver.recipients) == ["lead@example.com", "review@pos.example.com"]
    assert all("已经超时" in text for text in mailserver.texts())


def test_who_has_claimed_it_is_written_to_alone(lite: World, mailserver: MailServer) -> None:
    give_addresses(lite, reviewer="one@example.com")
    merchant = in_review(lite)
    assert lite.staff().act(merchant.no, "claim").status_code == 200
    lite.clock.set(THE_DAY_BEFORE)
    lite.cases.reminders.run()
    lite.settle()
    assert mailserver.recipients == ["one@example.com"]


def test_who_has_left_before_it_went_out_gets_nothing(lite: World, mailserver: MailServer) -> None:
    give_addresses(lite, reviewer="one@example.com")
    merchant = in_review(lite)
    assert lite.staff().act(merchant.no, "claim").status_code == 200
    lite.clock.set(THE_DAY_BEFORE)
    lite.cases.reminders.run()
    lite.listen()
    give_addresses(lite, reviewer=None)
    lite.settle()
    assert mailserver.received == []


def test_nobody_to_write_to_is_said_in_the_log(lite: World) -> None:
    merchant = in_review(lite)
    lite.staff("lead").act(merchant.no, "claim")
    lite.clock.set(THE_DAY_BEFORE)
    lite.cases.reminders.run()
    with structlog.testing.capture_logs() as logs:
        lite.settle()
    assert [line["event"] for line in logs if line["event"].startswith("notices")] == ["notices.staff_without_address"]
