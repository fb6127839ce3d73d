"""Entities: what is found, in which form, and where."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from cn2an import an2cn
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities import find_entities

TODAY = date(2026, 11, 22)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def found(text: str) -> list[tuple[str, Any, str]]:
    return [(e.entity, e.value, text[e.start : e.end]) for e in find_entities(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("299元押金", ("amount", 29900, "299元")),
        ("￥1,280.50", ("amount", 128050, "￥1,280.50")),
        ("交了两百九十九块", ("amount", 29900, "两百九十九块")),
        ("贰佰玖拾玖元整", ("amount", 29900, "贰佰玖拾玖元整")),
        ("三块五毛", ("amount", 350, "三块五毛")),
        ("五十五块五毛五", ("amount", 5555, "五十五块五毛五")),
        ("5000块钱一毛没到", ("amount", 500000, "5000块钱")),
        ("五十块零五分", ("amount", 5005, "五十块零五分")),
        ("刷了1.2万元", ("amount", 1200000, "1.2万元")),
        ("手机１３８－0013－8000", ("phone", "13800138000", "１３８－0013－8000")),
        ("一三八零零幺三八零零零", ("phone", "13800138000", "一三八零零幺三八零零零")),
        ("商户号822290059430bcy", ("merchant_no", "822290059430BCY", "822290059430bcy")),
        ("查sq 261122-7k3 q9d", ("application_no", "SQ2611227K3Q9D", "sq 261122-7k3 q9d")),
        ("SQ2611227K3Q9O到哪了", ("application_no", "SQ2611227K3Q90", "SQ2611227K3Q9O")),
        ("昨天刷的", ("date", "2026-11-21", "昨天")),
        ("大前天", ("date", "2026-11-19", "大前天")),
        ("11月3号", ("date", "2026-11-03", "11月3号")),
        ("十一月三号", ("date", "2026-11-03", "十一月三号")),
        ("12月3日", ("date", "2025-12-03", "12月3日")),
        ("2026-11-03", ("date", "2026-11-03", "2026-11-03")),
        ("上周五", ("date", "2026-11-13", "上周五")),
    ],
)
def test_an_entity_is_found_where_it_stands(text: str, expected: tuple[str, Any, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2月30号",
        "有几块地方",
        "1380013800",
        "138001380001",
        "⟦银行卡 尾号1234 #a1⟧",
        "SQ261122",
        "三个月",
        "95017",
        "顺丰SF1234567890123",
        "快递单号是773123456789012",
    ],
)
def test_what_only_looks_like_an_entity_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_letters_of_a_number_are_no_words() -> None:
    assert found("SQ261122TMD000") == [("application_no", "SQ261122TMD000", "SQ261122TMD000")]


def test_several_entities_in_one_sentence_do_not_overlap() -> None:
    text = "11月3号刷了299元，手机13800138000，商户号822290059430BCY"
    assert [entity for entity, _, _ in found(text)] == ["date", "amount", "phone", "merchant_no"]


@given(st.integers(1, 99_999_999))
def test_every_sum_is_read_from_figures(fen: int) -> None:
    assert [value for _, value, _ in found(f"{Decimal(fen) / 100:,.2f}元")] == [fen]


@given(st.integers(1, 9_999_999))
def test_every_whole_sum_is_read_from_chinese_numerals(yuan: int) -> None:
    assert [value for _, value, _ in found(f"{an2cn(yuan)}元")] == [yuan * 100]
    assert [value for _, value, _ in found(f"{an2cn(yuan, 'up')}元整")] == [yuan * 100]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_with_a_year_is_read(day: date) -> None:
    assert [value for _, value, _ in found(f"{day.year}年{day.month}月{day.day}日")] == [day.isoformat()]


@given(st.dates(TODAY - timedelta(days=364), TODAY))
def test_a_date_without_a_year_is_the_last_one(day: date) -> None:
    assert [value for _, value, _ in found(f"{day.month}月{day.day}号")] == [day.isoformat()]


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_every_mobile_number_is_found(phone: str) -> None:
    assert found(f"我的手机号是{phone}，谢谢") == [("phone", phone, phone)]


@given(st.from_regex(r"\A[0-9]{6}\Z"), st.text(CROCKFORD, min_size=6, max_size=6), st.sampled_from(["", " ", "-"]))
def test_every_application_number_is_found_however_it_is_written(digits: str, tail: str, gap: str) -> None:
    text = f"申请单sq{gap}{digits}{gap}{tail.lower()}怎么样了"
    assert [(entity, value) for entity, value, _ in found(text)] == [("application_no", f"SQ{digits}{tail}")]


@given(st.text())
def test_no_text_breaks_the_search(text: str) -> None:
    for entity in find_entities(text, TODAY):
        assert 0 <= entity.start < entity.end <= len(text)
