"""The training data: enough of it, no contradictions, and nothing copied from a file kept for measuring."""

import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from bot.evaluate import read_cases
from bot.sentences import Known, bare, read_sentences

# The sentences of real merchants are not part of the project; SHARED_DATA says where they stand.
REAL_SENTENCES = Path(os.environ.get("SHARED_DATA", "../shared")) / "examples" / "real-sentences.tsv"
PROCEDURES = (
    "退押金 代理商退押金 取消POS机 注销账户 撤销服务 撤销交易 交易退款 申请POS机 补交材料 查询进度 投诉"
).split()
OTHERS = "转人工 问候 感谢 告别 肯定 否定 放弃 更正 机器人 继续 选择".split()
TOPICS = (
    "到账时间 刷卡未到账 押金能否退 所需材料 费率手续费 扣费 安全正规 官方渠道 "
    "审核未通过 退款账户 未收到通知 机器使用 账户冻结 变更信息 换机骗局 业务员失联"
).split()


def test_every_intent_has_enough_sentences() -> None:
    counts = Counter(sentence.intent for sentence in read_sentences())
    assert min(counts[intent] for intent in PROCEDURES) >= 100
    assert min(counts[f"常见问题/{topic}"] for topic in TOPICS) >= 150
    assert min(counts[intent] for intent in OTHERS) >= 90
    assert counts["超出范围"] >= 2_000


def test_no_sentence_stands_twice_and_none_means_two_things() -> None:
    meanings = defaultdict(list)
    for sentence in read_sentences():
        meanings[bare(sentence.text)].append(f"{sentence.intent}: {sentence.text}")
    assert [found for found in meanings.values() if len(found) > 1] == []


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("押金怎么退还给我", True),
        ("您好，押金怎麼退還給我？！", True),
        ("押金要怎么退还给我", True),
        ("押金怎么退", False),
        ("今天会不会下雨", False),
        ("", False),
    ],
)
def test_a_sentence_with_a_word_moved_is_still_the_same(text: str, variant: bool) -> None:
    assert (text in Known(["押金怎么退还给我"])) is variant


def test_every_topic_has_a_response_for_the_case_that_nothing_is_known() -> None:
    responses = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["responses"]
    assert {name for name in responses if "/" in name} == {f"utter_常见问题/{topic}" for topic in TOPICS}


def test_no_phone_number_or_address_stands_in_a_response() -> None:
    responses = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["responses"]
    texts = [variation["text"] for variations in responses.values() for variation in variations]
    assert not any(re.search(r"\d{5,}|\.(?:cn|com)", text) for text in texts)


@pytest.mark.skipif(not REAL_SENTENCES.exists(), reason=f"{REAL_SENTENCES}, kept for measuring, is not on this machine")
def test_nothing_is_copied_from_the_file_for_measuring() -> None:
    known = Known(sentence.text for sentence in read_sentences())
    assert [(case.text, found) for case in read_cases(REAL_SENTENCES) if (found := known.variant_of(case.text))] == []
