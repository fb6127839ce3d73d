"""Sums of money as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.answers.amount import LARGEST_FEN, check_amount, format_fen, parse_amount
from service.cases.answers.errors import WrongAnswer

PLAIN, FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def in_chinese(number: int, digits: str, units: str) -> str:
    """1 … 99,999,999 as it is written out."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = digits[0] if 0 < low < 1_000 else ""
        return in_chinese(high, digits, units) + "万" + gap + (in_chinese(low, digits, units) if low else "")
    text, gap = "", False
    for unit, name in zip((1_000, 100, 10, 1), (*units, ""), strict=True):
        digit = number // unit % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return text


@given(st.integers(1, 99_999_999))
def test_what_is_written_out_is_read(yuan: int) -> None:
    assert parse_amount(in_chinese(yuan, PLAIN, "千百十") + "元") == yuan * 100 or str(yuan)[1:2] != "0"
    assert parse_amount(in_chinese(yuan, FORMAL, "仟佰拾") + "元整") is not None


@given(st.integers(1, LARGEST_FEN))
def test_what_is_shown_is_read_again(fen: int) -> None:
    assert parse_amount(format_fen(fen)) == check_amount(format_fen(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("299元", 29_900),
        ("￥1,280.50", 128_050),
        ("¥ 199", 19_900),
        ("１９９元", 19_900),
        ("199块钱", 19_900),
        ("大概300左右", 30_000),
        ("1.5万", 1_500_000),
        ("贰佰玖拾玖元整", 29_900),
        ("两百块", 20_000),
        ("两百五", 25_000),
        ("二百零五", 20_500),
        ("一千零五十", 105_000),
        ("一万二", 1_200_000),
        ("十五元", 1_500),
        ("一百元五角", 10_050),
        ("壹佰元零伍分", 10_005),
    ],
)
def test_merchants_write_sums_in_many_ways(text: str, fen: int) -> None:
    assert parse_amount(text) == fen


@pytest.mark.parametrize("text", ["", "不知道", "1,28", "12.345", "-5", "三百二百", "1e9", "0", "0.00元", "两百万"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(WrongAnswer):
        check_amount(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    fen = parse_amount(text)
    assert fen is None or fen >= 0
