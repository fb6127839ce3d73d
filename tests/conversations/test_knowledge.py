"""Questions put to the running product: numbers that are not ours, more on request, and the way into a procedure."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.people import Merchant

pytestmark = pytest.mark.timeout(300)

MERCHANT_NO = "822301055330004"


def text_of(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(block.get("text", "") for block in blocks)


def titles(blocks: list[dict[str, Any]]) -> list[str]:
    return [choice["title"] for block in blocks for choice in block.get("choices", [])]


@pytest.mark.parametrize(
    ("sentence", "known"),
    [
        ("95017是你们的吗", "95017 不在我们确认过的官方渠道里。据公开资料，它属于微信支付（财付通）。"),
        ("95016是你们客服电话吗", "95016 不在我们确认过的官方渠道里。部分网页把它写作拉卡拉的客服电话，我们没有确认。"),
        (
            "soupos.cn是官网吗",
            "soupos.cn 不在我们确认过的官方渠道里。有推广文章把它写成官网，我们没有查到它和公司有关的依据。",
        ),
    ],
)
def test_what_is_not_ours_is_said_so_with_what_to_do_and_how_to_report(
    sentence: str, known: str, new_merchant: Callable[[str], Merchant]
) -> None:
    blocks = new_merchant(MERCHANT_NO).say(sentence)
    assert blocks[0]["level"] == "warning"
    assert known in blocks[0]["text"]
    assert "不要在那里填证件号、银行卡号或验证码" in blocks[0]["text"]
    assert "想举报，说“投诉”" in blocks[0]["text"]
    assert "未配置" in text_of(blocks)
    assert any("投诉" in title for title in titles(blocks))


def test_a_call_that_wants_money_first_is_a_fraud(new_merchant: Callable[[str], Merchant]) -> None:
    merchant = new_merchant(MERCHANT_NO)
    blocks = merchant.say("有人打电话说帮我退押金先交28")
    assert "不要付钱" in text_of(blocks)
    assert "很可能是骗局" in text_of(blocks)
    assert "想举报，说“投诉”" in text_of(merchant.choose("详细说说"))


def test_a_short_answer_first_then_more_then_the_procedure(new_merchant: Callable[[str], Merchant]) -> None:
    merchant = new_merchant(MERCHANT_NO)
    blocks = merchant.say("收据丢了还能退押金吗")
    assert len([block for block in blocks if block["type"] == "text"]) == 1
    assert "现在就申请 · 退押金" in titles(blocks)
    merchant.choose("现在就申请 · 退押金")
    assert merchant.newest_application()["procedure"]["code"] == "deposit_refund"


def test_in_a_form_a_question_is_answered_and_the_form_goes_on(new_merchant: Callable[[str], Merchant]) -> None:
    merchant = new_merchant(MERCHANT_NO)
    merchant.withdraw_all()
    merchant.say("押金怎么退")
    blocks = merchant.say("周末到账吗")
    assert "按工作日算" in text_of(blocks)
    assert "详细说说" not in titles(blocks)
    assert merchant.newest_application()["next_question"] is not None
