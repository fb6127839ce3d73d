"""How the product talks around its procedures: ambiguity, several wishes, switching, moods, odd messages."""

from collections.abc import Callable

import pytest

from tests.e2e.people import Block, Merchant, Reviewer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.timeout(300)

NewMerchant = Callable[[str], Merchant]
ONE_TERMINAL = "822100058120001"
SEVERAL_TERMINALS = "822290059430BCY"


def text_of(blocks: list[Block]) -> str:
    return "\n".join(block["text"] for block in blocks if "text" in block)


def titles_of(blocks: list[Block]) -> list[str]:
    return [choice["title"] for block in blocks for choice in block.get("choices", [])]


@pytest.fixture
def visitor(healthy: Stack) -> Merchant:
    """Somebody who has not proved who it is."""
    return Merchant(healthy.url)


@pytest.mark.parametrize(
    ("word", "meanings"),
    [
        ("取消", {"取消POS机", "撤销交易", "撤销服务"}),
        ("退款", {"退押金", "交易退款"}),
        ("注销", {"注销账户", "取消POS机"}),
    ],
)
def test_an_ambiguous_word_offers_its_meanings(visitor: Merchant, word: str, meanings: set[str]) -> None:
    assert meanings <= set(titles_of(visitor.say(word)))


def test_two_requests_are_served_one_after_the_other(new_merchant: NewMerchant) -> None:
    merchant = new_merchant(ONE_TERMINAL)
    opened = merchant.say("我要退押金，再把短信费关了")
    assert "“撤销服务”我也记下了" in text_of(opened)
    assert merchant.newest_application()["procedure"]["code"] == "deposit_refund"
    assert "撤销服务" in titles_of(merchant.say("先不办了"))
    merchant.choose("撤销服务")
    assert merchant.newest_application()["procedure"]["code"] == "stop_service"


def test_questions_come_before_the_procedure_of_the_same_message(visitor: Merchant) -> None:
    blocks = visitor.say("押金怎么退，几天到账，要什么材料")
    texts = [block["text"] for block in blocks if "text" in block]
    assert len(texts) >= 3
    assert "退押金" in texts[-2]
    assert blocks[-1]["type"] == "form"


def test_switching_keeps_the_started_application_unless_it_is_thrown_away(new_merchant: NewMerchant) -> None:
    merchant = new_merchant(SEVERAL_TERMINALS)
    open_anew(merchant, "我要退押金")
    started = merchant.newest_application()
    asked = titles_of(merchant.say("我想取消pos机"))
    assert asked[0] == f"接着{started['label']}"
    assert len(asked) == 3
    merchant.choose(next(title for title in asked if title.endswith("不要了")))
    assert merchant.application(started["application_no"])["state"] == "withdrawn"


def test_what_was_started_is_listed_on_another_device(new_merchant: NewMerchant) -> None:
    first = new_merchant(ONE_TERMINAL)
    first.say("我要取消pos机")
    label = first.newest_application()["label"]
    listed = titles_of(new_merchant(ONE_TERMINAL).say("你好"))
    assert 0 < len(listed) <= 5
    assert any(title.startswith(label) for title in listed)


def test_a_void_of_yesterday_goes_on_as_a_refund(new_merchant: NewMerchant) -> None:
    merchant = new_merchant(SEVERAL_TERMINALS)
    for text in ("刷错了想撤销这笔交易", "金额刷错了", "整笔"):
        merchant.say(text)
    turned = merchant.say("昨天或更早")
    assert "交易退款" in text_of(turned)
    application = merchant.newest_application()
    assert application["procedure"]["code"] == "transaction_refund"
    assert merchant.application(application["turned_from"])["state"] == "withdrawn"


@pytest.mark.parametrize("text", ["再不退我投诉你们", "骗子公司", "什么破客服"])
def test_anger_is_met_calmly_with_a_person_and_the_way_to_complain(visitor: Merchant, text: str) -> None:
    blocks = visitor.say(text)
    assert {"转人工", "我要投诉"} <= set(titles_of(blocks))
    assert len(text_of(blocks)) < 80


def test_a_refused_merchant_can_complain_about_the_very_application(
    new_merchant: NewMerchant, reviewer: Reviewer
) -> None:
    merchant = new_merchant(SEVERAL_TERMINALS)
    open_anew(merchant, "我要取消pos机")
    number = merchant.fill_in_and_file()
    merchant.upload_missing(number)
    merchant.wait_for_state(number, "in_review")
    reviewer.post("decision", number, decision="reject", reason_code="other", reason_text="材料与合同不符")
    merchant.wait_for_state(number, "rejected")
    merchant.say(f"查一下{number}")
    merchant.choose("我要投诉")
    complaint = merchant.newest_application()
    assert complaint["procedure"]["code"] == "complaint"
    assert number in [answer["value"] for answer in complaint["answers"]]


@pytest.mark.parametrize("text", ["我在店里刷卡被多扣了", "商家不给我退款", "买东西付了款想退"])
def test_a_consumer_is_told_where_to_go(visitor: Merchant, text: str) -> None:
    blocks = visitor.say(text)
    assert all(part in text_of(blocks) for part in ("签购单", "发卡银行", "登记投诉"))
    assert "我是商户" in titles_of(blocks)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("［图片］", "材料"),
        ("😂😂", "我在的"),
        ("？？？", "我在的"),
        ("how do I get my deposit back", "I understand Chinese best"),
        ("押金怎麼退？機器還在我這裡", "退押金"),
        ("嗯那个就是说我想问一下那个押金怎么退啊", "退押金"),
        ("你好\n我想\n退押金\n谢谢", "退押金"),
        ("这个店开了三年多了，生意一直不好。" * 100 + "我现在想把押金退了。", "退押金"),
    ],
    ids=["picture", "emoji", "punctuation", "English", "traditional", "spoken", "lines", "long"],
)
def test_an_odd_message_gets_a_sensible_answer(visitor: Merchant, text: str, part: str) -> None:
    assert part in text_of(visitor.say(text))


def open_anew(merchant: Merchant, wish: str) -> None:
    """Opens a procedure, whatever an earlier test has left open."""
    if "另办一份" in titles_of(merchant.say(wish)):
        merchant.choose("另办一份")
