"""Whether a message answers the question: the table, and choices by title, number, place or another word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import (
    SKIP,
    Aside,
    Confirmed,
    Declined,
    Given,
    InCard,
    OwnWords,
    PutAside,
    Remark,
    Reply,
    Unclear,
    read_reply,
)
from actions.choices import match_choice, ruled_out
from actions.talk import Said
from tests.actions.saying import said

REASONS = [
    {"value": "closed", "title": "店铺停业", "also": ["停业", "关门", "不开了"]},
    {"value": "switched", "title": "换用其他公司", "also": ["换了一家", "别家"]},
    {"value": "idle", "title": "机器闲置不用", "also": ["放着", "没用过"]},
    {"value": "other", "title": "其他原因", "also": []},
]
TERMINALS = [
    {"value": "A9254710", "title": "智能POS（A9254710，机身号尾 0012）", "also": []},
    {"value": "B1230001", "title": "电签POS（B1230001，机身号尾 7788）", "also": []},
]


TRANSACTIONS = [
    {"value": "t1", "title": "11月21日 320.00元 尾号1234", "also": []},
    {"value": "t2", "title": "11月20日 88.00元 尾号5678", "also": []},
]


def question(kind: str, **more: object) -> dict[str, object]:
    return {"field": "reason", "kind": kind, "choices": [], "optional": False, **more}


def test_a_whole_question_that_was_not_understood_is_no_choice() -> None:
    ways = [{"value": "courier", "title": "快递寄回", "also": ["寄", "邮"]}]
    assert isinstance(read_reply(question("choice", choices=ways), said("邮寄要我出运费吗？到底收不收费")), Aside)
    assert read_reply(question("choice", choices=ways), said("寄回去行吗")) == Given("courier")


def test_words_of_a_choice_count_before_a_wish_to_go_on() -> None:
    """“放着” alone may be taken for 继续 by its intent, but a choice is on the table."""
    assert read_reply(question("choice", choices=REASONS), said("放着", "继续")) == Given("idle")
    assert read_reply(question("choice", choices=REASONS), said("继续", "继续")) == InCard()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("店铺停业", "closed"),
        ("第一个", "closed"),
        ("选2", "switched"),
        ("3", "idle"),
        ("最后一个", "other"),
        ("店关门了", "closed"),
        ("换了一家公司的", "switched"),
        ("放着没用过", "idle"),
        ("第9个", None),
        ("随便", None),
    ],
)
def test_a_choice_is_found_as_merchants_name_it(text: str, value: str | None) -> None:
    assert match_choice(REASONS, text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("尾号7788那台", "B1230001"), ("a9254710", "A9254710"), ("智能pos", "A9254710")]
)
def test_a_terminal_is_found_by_its_number_tail_or_model(text: str, value: str) -> None:
    assert match_choice(TERMINALS, text) == value


@given(st.integers(0, 3))
def test_every_title_and_every_place_names_its_choice(index: int) -> None:
    assert match_choice(REASONS, REASONS[index]["title"]) == REASONS[index]["value"]
    assert match_choice(REASONS, f"第{'一二三四'[index]}个") == REASONS[index]["value"]


@given(st.text())
def test_no_text_breaks_the_match(text: str) -> None:
    assert match_choice(REASONS, text) in {None, *(choice["value"] for choice in REASONS)}


@pytest.mark.parametrize(
    ("asked", "message", "reply"),
    [
        (question("identity"), said("填好了", "继续"), InCard()),
        (question("identity"), said("822290059430BCY"), InCard()),
        (question("identity"), said("几天到账", "常见问题/到账时间"), Aside()),
        (question("secure"), said("好了", "肯定"), InCard()),
        (question("choice", choices=REASONS), said("店铺停业"), Given("closed")),
        (question("choice", choices=REASONS), said("店铺停业还能退吗", "常见问题/押金能否退"), Aside()),
        (question("choice", choices=REASONS), said("嗯嗯", "肯定"), Unclear()),
        (question("choice", choices=REASONS), said("哎呀", "告别", confidence=0.2), Unclear()),
        (question("choice", choices=REASONS), said("找人工", "转人工"), Aside()),
        (question("amount"), said("交了299元", amount=29900), Given("299.00元")),
        (question("amount"), said("二九九"), Given("二九九")),
        (question("amount"), said("299元要多久到账", "常见问题/到账时间", amount=29900), Aside()),
        (question("date"), said("昨天", "告别", date="2026-11-21"), Given("2026-11-21")),
        (question("date", optional=True), said("忘了", "否定"), Given(SKIP)),
        (question("date"), said("先不办了", "放弃"), Aside()),
        (question("phone"), said("1380013", "更正"), Given("1380013")),
        (question("text"), said("为什么要说原因，就是不想用了", "取消POS机"), Given("为什么要说原因，就是不想用了")),
        (question("text"), said("转人工", "转人工"), Aside()),
        (question("text"), said("这个多久能好啊", "常见问题/到账时间"), Aside()),
        (question("text"), said("店里多久没客人了我也不记得", "查询进度"), Given("店里多久没客人了我也不记得")),
        (question("confirm"), said("对的", "肯定"), Confirmed()),
        (question("confirm"), said("不对", "否定"), Declined()),
        (question("confirm"), said("金额写错了", "更正"), Aside()),
        (question("choice", choices=REASONS), said("房东不租给我了"), OwnWords("other", "房东不租给我了")),
        (question("choice", choices=REASONS), said("太贵", "常见问题/费率手续费", 0.3), Aside()),
        (
            question("choice", choices=REASONS),
            said("实在太贵", "常见问题/费率手续费", 0.3),
            OwnWords("other", "实在太贵"),
        ),
        (question("choice", choices=TERMINALS), said("房东不租给我了"), Unclear()),
        (question("choice", choices=REASONS), said("寄给你们", "告别", 0.35), Unclear()),
        (question("choice", choices=REASONS), said("取消", "撤销服务"), PutAside()),
        (question("choice", choices=TERMINALS[:1]), said("嗯", "肯定"), Given("A9254710")),
        (question("choice", choices=TERMINALS[:1]), said("就那台"), Given("A9254710")),
        (question("amount"), said("三百二十", "超出范围"), Given("三百二十")),
        (question("amount"), said("应该两三百", "常见问题/费率手续费", 0.4), Given("应该两三百")),
        (question("confirm"), said("地址不对吧"), Declined()),
        (question("confirm"), said("押金不对，是260", "退押金"), Declined()),
        (question("confirm"), said("是不是错了", "常见问题/审核未通过"), Aside()),
        (question("text"), said("你们收费太黑", "投诉"), Given("你们收费太黑")),
        (question("confirm"), said("啥", "nlu_fallback"), Unclear()),
        (question("choice"), said('/选择{"…"}', "选择", field="reason", value="closed"), Given("closed")),
        (question("choice"), said('/选择{"…"}', "选择", field="terminal", value="A"), InCard()),
        (question("confirm"), said('/选择{"…"}', "选择", field="reason", value="submit"), Confirmed()),
        (question("transaction", choices=TRANSACTIONS), said("88那笔"), Given("t2")),
        (question("transaction", choices=TRANSACTIONS), said("昨天的", date="2026-11-21"), Given("t1")),
        (question("transaction", choices=TRANSACTIONS), said("第二笔"), Given("t2")),
        (question("transaction", choices=TRANSACTIONS), said("20块的那笔", amount=2000), Unclear()),
        (question("service", choices=REASONS), said("店铺停业"), Given("closed")),
        (
            question("choice", choices=REASONS),
            said("房东太坑人要赶我走", mood="anger"),
            OwnWords("other", "房东太坑人要赶我走"),
        ),
        (question("choice", choices=REASONS), said("退款", ambiguous="哪一种"), Aside()),
        (question("choice", choices=REASONS), said("几天到账，要什么材料", "几件事"), Aside()),
        (question("text"), said("/放弃", "放弃"), Aside()),
        (question("text"), said("/继续", "继续"), InCard()),
    ],
)
def test_the_table(asked: dict[str, object], message: Said, reply: Reply) -> None:
    assert read_reply(asked, message) == reply


@pytest.mark.parametrize(
    ("kind", "text", "part"),
    [
        ("amount", "为什么要填这个", "审核员"),
        ("choice", "什么意思啊", "点下面的一项"),
        ("confirm", "等一下", "不着急"),
        ("confirm", "看不懂", "确认提交"),
        ("identity", "商户号在哪里看", "签购单"),
        ("identity", "为什么要填这个", "冒充"),
        ("identity", "手机号换了", "登记的手机号"),
        ("terminal", "两台都退", "一份申请只办一台"),
        ("secure", "⟦银行卡 尾号1234 #a1⟧", "卡片里"),
        ("phone", "⟦银行卡 尾号1234 #a1⟧", "遮住"),
    ],
)
def test_a_remark_on_the_question_is_met_before_the_question_comes_again(kind: str, text: str, part: str) -> None:
    reply = read_reply(question(kind, choices=TERMINALS), said(text, "超出范围"))
    assert isinstance(reply, Remark)
    assert part in reply.sentence


def test_free_text_is_never_taken_for_a_remark() -> None:
    assert read_reply(question("text"), said("等一下")) == Given("等一下")


WAYS = [
    {"value": "courier", "title": "快递寄回", "also": ["快递", "寄", "邮"]},
    {"value": "in_person", "title": "交给服务人员", "also": ["上门", "业务员"]},
]
PARTS = [
    {"value": "whole", "title": "整笔", "also": ["全部", "全退", "都退"]},
    {"value": "part", "title": "一部分", "also": ["部分", "退一点"]},
]
ACCOUNTS = [
    {"value": "on_file", "title": "登记的结算账户", "also": ["登记的", "原来的", "原来那"]},
    {"value": "other", "title": "换一个账户", "also": ["换一张", "别的卡"]},
]
REPLIES = [
    {"value": "here", "title": "在这里告诉我", "also": ["这里"]},
    {"value": "phone", "title": "打电话给我", "also": ["电话"]},
]


@pytest.mark.parametrize(
    ("choices", "text"),
    [
        (REASONS, "不是店铺停业"),
        (REASONS, "我没说要关门"),
        (WAYS, "不寄"),
        (WAYS, "不要上门"),
        (PARTS, "不全退"),
        (PARTS, "不是全部"),
        (PARTS, "除了运费都退"),
        (ACCOUNTS, "不要打原来那张"),
        (ACCOUNTS, "不是登记的那个"),
        (ACCOUNTS, "原来的卡不用了"),
        (REPLIES, "不要打电话"),
        (REPLIES, "别打电话"),
    ],
)
def test_what_is_spoken_of_to_be_ruled_out_is_never_taken(choices: list[dict[str, object]], text: str) -> None:
    assert ruled_out(choices, text)
    assert isinstance(read_reply(question("choice", choices=choices), said(text)), Remark)


@pytest.mark.parametrize(
    ("choices", "text", "value"),
    [
        (REASONS, "不是停业，我换了一家", "switched"),
        (REASONS, "没，关门了", "closed"),
        (REASONS, "不用了放着", "idle"),
        (REASONS, "生意不好关门了", "closed"),
        (WAYS, "不上门，我寄", "courier"),
        (REPLIES, "对不对都打电话告诉我", "phone"),
        (TERMINALS, "电签的", "B1230001"),
        (TERMINALS, "智能那台", "A9254710"),
    ],
)
def test_what_is_wanted_is_taken_whatever_is_denied_beside_it(
    choices: list[dict[str, object]], text: str, value: str
) -> None:
    assert match_choice(choices, text) == value


@given(st.sampled_from(REASONS[:3]), st.sampled_from(["不是", "没有", "不是因为", "不要", "并不是"]))
def test_no_choice_survives_a_plain_no_before_it(choice: dict[str, object], no: str) -> None:
    assert match_choice(REASONS, f"{no}{choice['title']}") != choice["value"]


@pytest.mark.parametrize("text", ["没错吧？", "对吗", "确认什么", "对，但是金额不清楚", "好的，先等一下我问下我老公"])
def test_only_a_plain_yes_files(text: str) -> None:
    assert isinstance(read_reply(question("confirm"), said(text, "肯定")), Remark)


def test_who_waits_at_the_summary_is_not_hurried() -> None:
    assert isinstance(read_reply(question("confirm"), said("先等一下我问下老公", "超出范围")), Remark)


@pytest.mark.parametrize("text", ["不用提交了", "先不提交", "别提交"])
def test_who_does_not_want_to_file_keeps_the_draft(text: str) -> None:
    assert read_reply(question("confirm"), said(text, "肯定")) == PutAside()


@pytest.mark.parametrize("text", ["13900001112不对 是13900001111", "139-0000-2222 或者 13800138001"])
def test_two_phone_numbers_are_asked_about(text: str) -> None:
    assert isinstance(read_reply(question("phone"), said(text, phone="13900001112")), Remark)


@pytest.mark.parametrize(("text", "value"), [("199。", "199"), ("三百", "三百"), ("大概两百吧", "两百")])
def test_a_bare_sum_answers_the_question_for_one(text: str, value: str) -> None:
    assert read_reply(question("amount"), said(text, "继续")) == Given(value)


def test_a_machine_that_is_lost_is_no_tracking_number() -> None:
    asked = {**question("text"), "field": "tracking_no"}
    assert isinstance(read_reply(asked, said("机器不在了 找不到了")), Remark)
    assert isinstance(read_reply(asked, said("顺丰寄的 单号忘了")), Remark)
    assert read_reply(asked, said("交给业务员了，没有单号")) == Given("交给业务员了，没有单号")
    assert read_reply(asked, said("昨天交给业务员小王了")) == Given("昨天交给业务员小王了")
    assert read_reply(asked, said("顺丰 SF1234567890123")) == Given("顺丰 SF1234567890123")
