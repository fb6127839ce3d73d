"""Merchants hear by SMS and e-mail what they want to hear, and nothing that is nobody else's business."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from service.platform.outbox import OutboxEvent
from service.platform.vault import VaultEntry
from tests.service.cases.world import MING, approved, in_review, paying
from tests.service.notifications.mailserver import MailServer
from tests.service.notifications.world import World


def kinds(world: World, channel: str) -> list[str]:
    return [delivery.kind for delivery in world.deliveries(channel)]


def test_an_approval_reaches_the_phone_without_sum_account_or_link(world: World) -> None:
    merchant = approved(world)
    world.settle()
    (message,) = world.texts()
    assert message["to"] == "138****8001"
    assert message["text"] == (
        f"【演示收单公司】您的退押金申请 {merchant.no} 已通过审核，请打开对话确认金额和收款账户。"
        "本通知不含链接，我们不会向您要验证码。"
    )
    assert message["reference"] == world.deliveries("sms")[0].id


def test_what_the_merchant_did_is_told_to_nobody(lite: World) -> None:
    in_review(lite)
    lite.settle()
    assert lite.texts() == []


def test_a_reminder_goes_the_same_ways(lite: World) -> None:
    approved(lite)
    lite.clock.set(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    lite.cases.reminders.run()
    lite.settle()
    assert kinds(lite, "sms") == ["agreement_asked", "reminder_agreement"]


def test_mail_goes_to_who_asked_for_it(world: World, mailserver: MailServer) -> None:
    merchant = world.merchant()
    world.wants(merchant, email="wang@example.com")
    merchant, _refund_no = paying(world)
    world.settle()
    assert [str(message["Subject"]) for message in mailserver.received] == [
        "这个邮箱会收到办理通知",
        "材料收齐了，开始审核",
        "请确认退款金额",
        "开始打款",
    ]
    assert set(mailserver.recipients) == {"wang@example.com"}
    assert f"您的退押金申请 {merchant.no} 已通过审核" in mailserver.texts()[2]
    assert "199" not in "".join(mailserver.texts())


def test_nobody_is_written_to_against_their_wish(lite: World, mailserver: MailServer) -> None:
    merchant = lite.merchant()
    lite.wants(merchant, sms=False, email="wang@example.com")
    lite.listen()
    lite.wants(merchant, sms=False, email=None)
    approved(lite)
    lite.settle()
    assert lite.texts() == []
    (delivery,) = lite.deliveries("email")
    assert (delivery.kind, delivery.state, delivery.error) == ("email_added", "dead", "没有收件邮箱")
    assert mailserver.received == []


def test_an_address_that_was_changed_in_the_meantime_gets_it(lite: World, mailserver: MailServer) -> None:
    merchant = lite.merchant()
    lite.wants(merchant, email="old@example.com")
    lite.settle()
    approved(lite)
    lite.listen()
    lite.wants(merchant, email="new@example.com")
    lite.settle()
    assert mailserver.recipients[:1] == ["old@example.com"]
    assert set(mailserver.recipients[1:]) == {"new@example.com"}


def test_at_night_phones_stay_silent_until_the_morning(lite: World) -> None:
    merchant, refund_no = paying(lite)
    lite.settle()
    told = len(lite.texts())
    lite.clock.set(datetime(2026, 11, 23, 18, 0, tzinfo=UTC))  # two o'clock in China
    lite.pay(refund_no)
    lite.clock.advance(seconds=10)
    lite.pay(refund_no)
    assert merchant.app["state"] == "paid"
    lite.settle()
    assert len(lite.texts()) == told
    lite.clock.set(datetime(2026, 11, 24, 0, 0, tzinfo=UTC))
    lite.settle()
    assert "已打款" in lite.texts()[-1]["text"]


# --- what they want ---------------------------------------------------------------------------------------------------


def test_wishes_are_shown_with_the_address_masked(world: World) -> None:
    merchant = world.merchant()
    assert merchant.get("/v1/me/notifications").json() == {
        "sms": True,
        "email": None,
        "wechat": True,
        "available": ["sms", "email"],
    }
    world.wants(merchant, email="wang@example.com")
    shown = merchant.get("/v1/me/notifications").json()
    assert shown["email"] == "w***@example.com"
    world.wants(merchant, sms=False)
    shown = merchant.get("/v1/me/notifications").json()
    assert (shown["sms"], shown["email"]) == (False, "w***@example.com"), "left out, it stays"
    assert world.merchant(MING).get("/v1/me/notifications").json()["email"] is None


def test_only_who_is_verified_has_wishes(lite: World) -> None:
    stranger = lite.merchant(None)
    body = {"sms": True, "wechat": True}
    assert stranger.get("/v1/me/notifications").json()["type"] == "identity_required"
    assert stranger.put("/v1/me/notifications", body).json()["type"] == "identity_required"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"email": "w***@example.com"}, "email_refused"),
        ({"email": "wang@example.com\nBcc: x@y.cn"}, "email_refused"),
        ({"phone": "13800138000"}, "invalid"),
        ({"sms": "maybe"}, "invalid"),
    ],
)
def test_a_wrong_wish_is_refused(lite: World, body: dict[str, Any], told: str) -> None:
    answer = lite.merchant().put("/v1/me/notifications", {"sms": True, "wechat": True, **body})
    assert answer.status_code == 422
    assert told in answer.json()["type"]


def test_an_address_is_not_changed_all_day(lite: World) -> None:
    merchant = lite.merchant()
    for number in range(5):
        lite.wants(merchant, email=f"wang{number}@example.com")
    body = {"sms": True, "wechat": True, "email": "wang9@example.com"}
    assert merchant.put("/v1/me/notifications", body).status_code == 429
    lite.wants(merchant, sms=False)


def test_no_address_stands_anywhere_in_clear(lite: World) -> None:
    merchant = lite.merchant()
    lite.wants(merchant, email="wang@example.com")
    approved(lite)
    lite.settle()
    assert len(lite.deliveries()) > 1
    with lite.platform.database.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert "wang@example.com" not in dump
    assert OutboxEvent.__tablename__ in dump
    assert VaultEntry.__tablename__ in dump
