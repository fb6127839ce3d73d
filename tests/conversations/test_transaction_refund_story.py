"""交易退款: the whole or a part, each reason with its paper, by the original way, never more than there is."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import payment
from tests.conversations.story import Desk, Story

pytestmark = pytest.mark.timeout(300)

WORDS = "顾客要退货，怎么把钱退给他"


def test_a_payment_goes_back_by_the_original_way(tell: Callable[..., Story], desk: Desk) -> None:
    paid = payment(12_800)
    story = tell(transactions=[paid, payment(5_800)])
    story.opens(WORDS, "transaction_refund")
    story.answers(transaction=f"凭证号{paid.voucher_no}", reason="顾客退货", scope="整笔", original_way="还能用")
    story.files()
    assert story.documents == {"voucher", "return_record"}
    story.uploads()
    desk.sends_back(story, "voucher", "请遮住卡号再拍。")
    story.uploads()
    facts = desk.facts(story)
    assert facts["还有可退的金额"] == facts["已经结算"] == "符合"
    assert story.application["amount_fen"] == 12_800
    desk.approves(story)
    story.comes_to("paid")
    story.hears("原路退回")
    story.has_received()
    story.is_over()


def test_a_part_of_todays_payment_is_asked_for_and_never_more_than_is_left(
    tell: Callable[..., Story], desk: Desk
) -> None:
    paid = payment(10_000, settled=False)
    story = tell(transactions=[paid])
    story.opens(WORDS, "transaction_refund")
    story.answers(transaction=f"凭证号{paid.voucher_no}", reason="商品质量问题", scope="退一部分", amount="100.01元")
    story.hears("最多还能退")
    story.answers(amount="58元", original_way="卡已经注销了")
    story.files()
    assert story.documents == {"voucher", "quality_proof", "card_closed_proof"}
    story.uploads()
    assert desk.facts(story)["已经结算"].startswith("不符合")
    desk.rejects(story, "照片看不出质量问题。")
    story.presses("修改后再提交")
    story.files()
    desk.asks_for_more(story, "请补一张商品的近照。")
    story.uploads()
    desk.approves(story)
    story.comes_to("paid")
    assert story.application["approved_amount_fen"] == 5_800


@pytest.mark.parametrize(
    ("reason", "document"),
    [
        ("和顾客有纠纷", "dispute_record"),
        ("系统出错", "error_proof"),
        ("金额刷错了", "order_record"),
        ("重复收款", "order_record"),
    ],
)
def test_each_reason_has_its_paper(tell: Callable[..., Story], reason: str, document: str) -> None:
    paid = payment(5_800)
    story = tell(transactions=[paid])
    story.opens(WORDS, "transaction_refund")
    story.answers(transaction=f"凭证号{paid.voucher_no}", reason=reason)
    assert story.documents == {"voucher", document}
    story.answers(scope="整笔", original_way="不清楚")
    story.is_asked("confirm")


def test_what_went_back_meanwhile_cannot_go_back_again(
    tell: Callable[..., Story], again: Callable[[Story], Story], desk: Desk
) -> None:
    paid = payment(5_800)
    first = tell(transactions=[paid])
    first.opens(WORDS, "transaction_refund")
    first.answers(transaction=f"凭证号{paid.voucher_no}")

    second = again(first)
    second.says(WORDS)
    second.opens_by_button("另办一份", "transaction_refund")
    second.answers(transaction=f"凭证号{paid.voucher_no}", reason="顾客退货", scope="整笔", original_way="还能用")
    second.files()
    second.uploads()
    desk.approves(second)
    second.comes_to("paid")

    first.goes_on(f"接着办{first.number}")
    first.is_blocked("something_left")


def test_who_took_no_payment_is_told_so(tell: Callable[..., Story]) -> None:
    story = tell()
    story.opens(WORDS, "transaction_refund")
    assert story.is_asked("transaction")["choices"] == []
    story.hears("转人工")
