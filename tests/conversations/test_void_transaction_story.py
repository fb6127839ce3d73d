"""撤销交易: step by step on the device, over every hitch, or on to 交易退款 with what was told."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import Directory, payment
from tests.conversations.story import Story

pytestmark = pytest.mark.timeout(300)

WORDS = "怎么撤销今天的一笔交易"
BEFORE = {"reason": "金额刷错了", "scope": "整笔", "day": "今天刷的"}
READY = {**BEFORE, "voucher": "找到凭证号了"}
IN_MENU = {**READY, "menu": "做好了"}
AT_CARD = {**IN_MENU, "number": "做好了"}
VOIDED = {**AT_CARD, "card": "做好了"}


@pytest.mark.parametrize(
    "way",
    [
        {**VOIDED, "slip": "打出来了，金额对"},
        {
            "reason": "重复收款",
            "scope": "整笔",
            "day": "刚才",
            "voucher": "单子找不到了",
            "reprint": "看到凭证号了",
            "menu": "找不到这个菜单",
            "menu_again": "做好了",
            "number": "提示没有这笔",
            "number_again": "做好了",
            "card": "做好了",
            "slip": "没打出来",
            "status_without_slip": "显示已撤销",
        },
        {
            "reason": "系统出错",
            "scope": "整笔",
            "day": "今天刷的",
            "voucher": "找到凭证号了",
            "menu": "提示失败",
            "menu_again": "做好了",
            "number": "做好了",
            "card": "提示失败",
            "status_after_failure": "显示已撤销",
        },
    ],
    ids=["straight", "over the hitches", "after a failure"],
)
def test_a_payment_is_voided_on_the_device(visit: Callable[[], Story], way: dict[str, str]) -> None:
    story = visit()
    story.opens(WORDS, "void_transaction")
    story.answers(**way)
    story.is_over()


def test_what_was_told_with_the_wish_is_not_asked_again(visit: Callable[[], Story]) -> None:
    story = visit()
    story.opens("今天金额刷错了，怎么撤销这笔交易", "void_transaction")
    story.answers(scope="整笔", day="今天刷的")
    assert {row["field"]: row["value"] for row in story.application["answers"]}["reason"] == "wrong_amount"


@pytest.mark.parametrize(
    "way",
    [
        {**BEFORE, "scope": "一部分", "day": ""},
        {**BEFORE, "reason": "顾客退货", "day": "昨天或更早"},
        {**BEFORE, "voucher": "单子找不到了", "reprint": "查不到这一笔"},
        {**READY, "menu": "找不到这个菜单", "menu_again": "还是没有"},
        {**IN_MENU, "number": "提示已结算"},
        {**IN_MENU, "number": "提示没有这笔", "number_again": "还是不行"},
        {**AT_CARD, "card": "顾客已经走了"},
        {**AT_CARD, "card": "提示失败", "status_after_failure": "还是收款成功"},
        {**VOIDED, "slip": "没打出来", "status_without_slip": "还是收款成功"},
    ],
    ids=lambda way: list(way)[-1],
)
def test_what_cannot_be_voided_goes_on_as_a_refund(
    visit: Callable[[], Story], directory: Directory, way: dict[str, str]
) -> None:
    story = visit()
    story.opens(WORDS, "void_transaction")
    story.answers(**{field: answer for field, answer in way.items() if answer})
    story.turns_to("transaction_refund")
    told = {answer["field"]: answer["display"] for answer in story.application["answers"]}
    assert told == {"reason": way["reason"], "scope": way["scope"]}

    paid = payment(5_800)
    story.is_asked("identity")
    story.proves_identity(directory.add(transactions=[paid]))
    story.answers(transaction=f"凭证号{paid.voucher_no}")
    story.is_asked("amount" if way["scope"] == "一部分" else "original_way")
