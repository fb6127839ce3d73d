"""Search by likeness: small, the same every time, and at ease with any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.knowledge.search import Index, fold

INDEX = Index(
    [
        ("data_fee", "流量费怎么退"),
        ("data_fee", "流量卡扣费"),
        ("paper", "打印纸没了"),
        ("sign_in", "签到失败"),
    ]
)


@pytest.mark.parametrize(
    ("sentence", "nearest"),
    [
        ("流量费怎么退", "data_fee"),
        ("你好请问流量费扣了99能退吗", "data_fee"),
        ("机器没纸了打印不出来", "paper"),
        ("签不了到，老失败", "sign_in"),
    ],
)
def test_a_sentence_finds_what_it_is_about(sentence: str, nearest: str) -> None:
    assert next(iter(INDEX.near(sentence))) == nearest


def test_the_same_words_are_wholly_alike_whatever_their_marks_and_width() -> None:
    assert INDEX.near("流量费，怎么退？？")["data_fee"] == pytest.approx(1)
    assert fold("ＳＩＭ 卡，9９元") == "sim卡99元"


def test_a_masked_number_says_nothing() -> None:
    assert INDEX.near("⟦银行卡 尾号1234 #a1⟧签到失败") == INDEX.near("签到失败")


def test_what_shares_nothing_is_not_found() -> None:
    assert INDEX.near("weather") == {}
    assert INDEX.near("") == {}
    assert Index([]).near("签到") == {}


@given(st.text(max_size=60))
def test_a_likeness_is_between_nothing_and_one_and_best_first(sentence: str) -> None:
    scores = list(INDEX.near(sentence).values())
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1.000001 for score in scores)


@given(st.lists(st.text(min_size=1, max_size=20).filter(fold), min_size=1, max_size=8, unique_by=fold))
def test_a_text_finds_itself_first(texts: list[str]) -> None:
    index = Index((str(number), text) for number, text in enumerate(texts))
    for number, text in enumerate(texts):
        assert index.near(text)[str(number)] == pytest.approx(max(index.near(text).values()))
