"""kill -9 in the middle of a story: after the restart it goes on, nothing is lost and nothing is done twice."""

import sqlite3
from collections import Counter
from collections.abc import Callable

import pytest

from tests.e2e.people import Merchant, Reviewer
from tests.e2e.stack import Part, Stack

pytestmark = pytest.mark.timeout(600)

MERCHANT_NO = "822301055330004"


def send_and_kill(stack: Stack, merchant: Merchant, part: Part, choice: dict[str, object]) -> None:
    """The part dies while it has the message in hand; the answer comes all the same."""
    seq = merchant.send(choice=choice)
    stack.kill(part)
    merchant.answer_to(seq)


def button(merchant: Merchant, title: str) -> dict[str, object]:
    """The newest button with that in its title, as the widget sends it."""
    merchant.refresh()
    for message in reversed(merchant.history):
        for block in message["blocks"]:
            for choice in block.get("choices", []):
                if title in choice["title"]:
                    return {"seq": message["seq"], "choice_id": choice["id"]}
    raise LookupError(title)


def test_a_story_survives_the_death_of_every_part(
    healthy: Stack, new_merchant: Callable[[str], Merchant], reviewer: Reviewer
) -> None:
    merchant = new_merchant(MERCHANT_NO)
    merchant.say("押金怎么退")
    send_and_kill(healthy, merchant, "actions", button(merchant, "A4000001"))
    send_and_kill(healthy, merchant, "bot", button(merchant, "店铺停业"))
    merchant.choose("机器押金")
    send_and_kill(healthy, merchant, "service", button(merchant, "跳过"))
    merchant.choose("已经寄回")
    merchant.choose("登记的结算账户")
    send_and_kill(healthy, merchant, "service", button(merchant, "确认提交"))
    number = merchant.newest_application()["application_no"]
    assert merchant.application(number)["state"] == "submitted"

    merchant.upload_missing(number)
    merchant.wait_for_state(number, "in_review")
    reviewer.accept_documents(number)
    reviewer.approve(number, 19_900)
    merchant.wait_for_state(number, "agreement_pending")
    merchant.agree(number)
    healthy.kill("service")  # while the payout is under way
    merchant.wait_for_state(number, "paid")
    merchant.wait_for_text("已打款。请查一下收款账户的入账明细")

    answers = Counter(message["in_reply_to"] for message in merchant.history if message["sender"] == "bot")
    asked = [message["seq"] for message in merchant.history if message["sender"] == "merchant"]
    assert {seq: answers[seq] for seq in asked} == dict.fromkeys(asked, 1)
    assert [message["seq"] for message in merchant.history] == list(range(1, len(merchant.history) + 1))
    assert len(merchant.http.get("/v1/applications").json()["items"]) == 1
    with sqlite3.connect(healthy.data_dir / "service.sqlite") as database:
        paid = database.execute(
            "SELECT refund_no, state FROM payouts WHERE refund_no LIKE ?", (f"{number}%",)
        ).fetchall()
    assert paid == [(f"{number}-1", "paid")]


def test_a_message_is_kept_and_answered_when_the_bot_is_back(
    healthy: Stack, new_merchant: Callable[[str], Merchant]
) -> None:
    merchant = new_merchant(MERCHANT_NO)
    merchant.say("你好")
    healthy.freeze("bot")
    try:
        seq = merchant.send(text="取消pos机要多久")
        merchant.wait_for_text("消息已经收到并保存")
    finally:
        healthy.thaw("bot")
    assert merchant.answer_to(seq)
    healthy.wait_until_ready()


def test_a_message_is_kept_when_the_action_server_hangs(
    healthy: Stack, new_merchant: Callable[[str], Merchant]
) -> None:
    merchant = new_merchant(MERCHANT_NO)
    healthy.freeze("actions")
    try:
        seq = merchant.send(text="我要取消POS机")
        merchant.wait_for_text("消息已经收到并保存")
    finally:
        healthy.thaw("actions")
    assert merchant.answer_to(seq)
    healthy.wait_until_ready()
