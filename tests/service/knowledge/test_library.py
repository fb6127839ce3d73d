"""What is told: the fact that fits, the whole of a topic when none does, and what stands against a claim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.knowledge import Claim, Fact, load_knowledge

LIBRARY = load_knowledge(Path(__file__).resolve().parents[3] / "data" / "knowledge").library
ENTRIES = {entry.id: (topic, entry) for topic, entry in LIBRARY}
CLAIMS = [entry for _topic, entry in ENTRIES.values() if isinstance(entry, Claim)]
FACTS = [(topic, entry) for topic, entry in ENTRIES.values() if isinstance(entry, Fact) and entry.status == "confirmed"]
TOPICS = (
    "到账时间 刷卡未到账 押金能否退 所需材料 费率手续费 扣费 安全正规 官方渠道 审核未通过 退款账户 未收到通知 机器使用 "
    "账户冻结 变更信息 换机骗局 业务员失联"
).split()


def told(topic: str, sentence: str) -> str:
    found = LIBRARY.tell(topic, sentence)
    assert found is not None
    return found.fact.id


def test_every_topic_has_an_answer_as_a_whole_and_some_special_ones() -> None:
    assert {topic for topic, _entry in LIBRARY} == set(TOPICS)
    for topic in TOPICS:
        assert told(topic, "") == next(fact.id for place, fact in FACTS if place == topic)
        assert sum(place == topic for place, _fact in FACTS) >= 5, topic


@pytest.mark.parametrize(("topic", "fact"), FACTS, ids=[fact.id for _topic, fact in FACTS])
def test_each_way_of_asking_leads_to_its_fact(topic: str, fact: Fact) -> None:
    for sentence in fact.asked:
        assert told(topic, sentence) == fact.id, sentence


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_gets_what_stands_against_it_whatever_the_topic(claim: Claim) -> None:
    for sentence in (*claim.asked, claim.claim):
        assert {told(topic, sentence) for topic in TOPICS} == {claim.instead}, sentence


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_no_fact_says_what_a_claim_says(claim: Claim) -> None:
    for _topic, fact in FACTS:
        said = "\n".join((fact.answer, *fact.details))
        for expression in claim.never:
            assert not re.search(expression, said), (fact.id, expression)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_telling_words_of_a_claim_are_those_of_the_claim(claim: Claim) -> None:
    """An expression that fits nothing would guard nothing: some must fit the claim as it was written."""
    written = claim.claim + "".join(claim.asked)
    assert any(re.search(expression, written) for expression in claim.never)


@pytest.mark.parametrize(
    ("topic", "sentence", "fact"),
    [
        ("扣费", "为啥又扣我流量费啊", "charges_data"),
        ("机器使用", "这个机器老是显示冲正是咋回事", "machine_reversal"),
        ("机器使用", "師傅我這機器沒紙了咋整", "machine_use"),
        ("押金能否退", "当时首刷扣了我299说是押金，现在还能退吗", "deposit_first_swipe"),
        ("到账时间", "那国庆放假也会到账吗", "arrival_holiday"),
        ("官方渠道", "随便说点别的", "official_channels"),
    ],
)
def test_other_words_find_the_fact_or_else_the_whole(topic: str, sentence: str, fact: str) -> None:
    assert told(topic, sentence) == fact


def test_a_question_that_only_sounds_like_a_claim_is_no_claim() -> None:
    assert told("押金能否退", "押金能退吗") == "deposit_refundable"
    assert told("到账时间", "退款要几天到账") == "arrival_time"


def test_only_confirmed_facts_can_be_asked_for_by_id() -> None:
    for entry_id, (topic, entry) in ENTRIES.items():
        found = LIBRARY.fact(topic, entry_id)
        assert (found is not None) == (entry.status == "confirmed")
    assert LIBRARY.fact("到账时间", "fees") is None
    assert LIBRARY.tell("天气", "会下雨吗") is None


def test_merchants_find_facts_and_staff_find_everything() -> None:
    sentence = "查余额显示零是不是就到账了"
    assert LIBRARY.search(sentence, 5)[0].fact.id == "arrival_proof"
    assert LIBRARY.search_all(sentence, 5)[0].entry.id == "claim_zero_balance"
    assert len(LIBRARY.search("押金", 3)) == 3
    assert LIBRARY.search("qwxz", 5) == []


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_is_set_right_where_nobody_knows_its_topic(claim: Claim) -> None:
    for sentence in claim.asked:
        found = LIBRARY.correction(sentence)
        assert found is not None
        assert found.fact.status == "confirmed"


def test_what_repeats_no_claim_is_not_set_right() -> None:
    for sentence in ("今天天气怎么样", "押金怎么退", "摩拜押金怎么退", "帮我订一张去上海的票"):
        assert LIBRARY.correction(sentence) is None, sentence


@pytest.mark.parametrize(
    ("topic", "sentence", "fact"),
    [
        ("换机骗局", "我已经给那个骗子打了三百块怎么办", "scam_already_paid"),
        ("换机骗局", "他让我再转四百解冻", "scam_pay_again"),
        ("换机骗局", "验证码我也给他了", "scam_code_given"),
        ("换机骗局", "要先交10%的税才给退对吗", "scam_tax_first"),
        ("换机骗局", "对方要我的卡密码才给退款", "scam_asks_secret"),
        ("换机骗局", "短信说点链接就能领退款", "scam_link"),
        ("换机骗局", "说我流水不够先刷3000才退", "scam_swipe_first"),
        ("押金能否退", "是不是得先刷两万才能退押金", "deposit_nothing_first"),
        ("费率手续费", "退押金收不收我手续费", "fees_of_refund"),
        ("费率手续费", "刷三万扣多少手续费", "fees"),
        ("费率手续费", "我想套现手续费多少", "fees_cash_out"),
        ("刷卡未到账", "刷了6000块钱一分没到", "takings_missing"),
        ("机器使用", "商户号去哪里看", "machine_merchant_no"),
        ("机器使用", "机器要寄到哪里", "machine_return"),
    ],
)
def test_the_right_fact_of_a_topic_is_told(topic: str, sentence: str, fact: str) -> None:
    told = LIBRARY.tell(topic, sentence)
    assert told is not None
    assert told.fact.id == fact


def test_whoever_may_have_paid_is_told_to_stop_and_to_call_bank_and_police() -> None:
    for fact in ("scam_already_paid", "scam_pay_again", "scam_code_given", "scam_tax_first", "scam_asks_secret"):
        told = LIBRARY.fact("换机骗局", fact)
        assert told is not None
        assert all(word in told.fact.answer for word in ("银行", "报警"))
