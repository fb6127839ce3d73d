"""Sensitive numbers are found however they are written, and what only looks like one is left alone."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.platform import masking
from service.platform.masking import find_sensitive, id_check_digit, luhn_holds, redact

PROVINCES = ["11", "31", "32", "44", "51", "65", "81"]
SEPARATORS = ["", " ", "-", "－", "　", ".", " - "]
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
AROUND = ["", "身份证号", "我的卡号是", "麻烦看下：", "谢谢。"]

digits = st.text("0123456789", min_size=1, max_size=1)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1930, 1, 1), date(2010, 12, 31)))
    first = draw(st.sampled_from(PROVINCES)) + draw(st.from_regex(r"[0-9]{4}", fullmatch=True))
    body = f"{first}{born:%Y%m%d}{draw(st.from_regex(r'[0-9]{3}', fullmatch=True))}"
    return body + id_check_digit(body)


@st.composite
def bank_cards(draw: st.DrawFn) -> str:
    length = draw(st.integers(16, 19))
    body = draw(st.sampled_from(["62", "43", "52", "35", "95"]))
    body += "".join(draw(st.lists(digits, min_size=length - 3, max_size=length - 3)))
    return next(body + check for check in "0123456789" if luhn_holds(body + check))


@st.composite
def written(draw: st.DrawFn, number: str) -> str:
    """The number as somebody may write it."""
    form = draw(st.sampled_from(["plain", "groups", "full width", "chinese", "small x"]))
    if form == "groups":
        separator, size = draw(st.sampled_from(SEPARATORS)), draw(st.integers(3, 6))
        return separator.join(number[start : start + size] for start in range(0, len(number), size))
    if form == "full width":
        return number.translate(FULL_WIDTH)
    if form == "chinese" and "X" not in number:
        return number.translate(CHINESE)
    return number.lower() if form == "small x" else number


@given(st.data(), st.one_of(id_numbers(), bank_cards()), st.sampled_from(AROUND), st.sampled_from(AROUND))
def test_a_number_is_found_in_every_way_of_writing_it(
    data: st.DataObject, number: str, before: str, after: str
) -> None:
    text = data.draw(written(number))
    found = find_sensitive(f"{before}{text}{after}")
    assert [(item.kind in {"id_number", "bank_card"}, item.value) for item in found] == [(True, number)]
    assert (found[0].start, found[0].end) == (len(before), len(before) + len(text))


@given(st.data(), st.one_of(id_numbers(), bank_cards()))
def test_nothing_of_a_number_is_left_in_a_log(data: st.DataObject, number: str) -> None:
    text = redact(f"办理 {data.draw(written(number))} 谢谢")
    assert not any(char.isdigit() for char in text)
    assert redact(text) == text


@given(id_numbers(), digits)
def test_a_slip_in_the_check_digit_does_not_show_an_identity_number(number: str, wrong: str) -> None:
    assert [item.kind for item in find_sensitive(number[:17] + wrong)] == ["id_number"]


@given(id_numbers())
def test_the_check_digit_is_the_one_of_the_standard(number: str) -> None:
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False))
    assert (total + (10 if number[17] == "X" else int(number[17]))) % 11 == 1


@pytest.mark.parametrize(
    "text",
    [
        "商户号822290059430001",
        "我的商户号是 822100058120001 手机 13800138001",
        "822290059430BCY",
        "申请单 SQ2611237K3Q9D 到哪了",
        "手机13800138001，终端A9254710",
        "13800138001 12345",
        "订单号 4200001234202511221234567890",
        "参考号 112345678901",
        "2026-11-22 10:30:45 刷了 1280.50 元",
        "订单2026112212345678",
        "SIM 89860012345678901234",
        "押金199，二〇二五年十一月二十二日交的",
        "95017是你们电话吗，95016呢",
        "验证码没收到，95017是你们的吗",
        "密码忘了怎么办",
        "密码锁住了，pos机用不了",
    ],
)
def test_what_only_looks_like_a_sensitive_number_stays(text: str) -> None:
    assert find_sensitive(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("验证码是123456", "code", "123456"),
        ("验证码 １２３４５６", "code", "１２３４５６"),
        ("收到了，448812是短信验证码", "code", "448812"),
        ("我的密码是abc12345。", "password", "abc12345"),
        ("卡背面CVV2：123", "cvv", "123"),
        ("背面三位数字 889", "cvv", "889"),
    ],
)
def test_codes_and_passwords_are_found_and_their_values_never_kept(text: str, kind: str, secret: str) -> None:
    found = find_sensitive(text)
    assert [(item.kind, text[item.start : item.end], item.value) for item in found] == [(kind, secret, "")]


@given(id_numbers(), bank_cards())
def test_numbers_that_stick_together_are_found(number: str, card: str) -> None:
    phone = "13800138001"
    for text in (number + phone, phone + number):
        assert number in [item.value for item in find_sensitive(text)]
    assert [item.value for item in find_sensitive(f"{number}，{card}")] == [number, card]


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    found = find_sensitive(text)
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.mask_phone, "13800138000", "138****8000"),
        (masking.mask_id_number, "11010519491231002X", "110***********002X"),
        (masking.mask_id_number, "110105491231002", "110********1002"),
        (masking.mask_card, "6222021234567890123", "622202*********0123"),
        (masking.mask_card, "6222021234567890", "622202******7890"),
        (masking.mask_card, "12345", "*****"),
        (masking.mask_name, "张三", "张*"),
        (masking.mask_name, "欧阳家和", "欧阳**"),
        (masking.mask_name, "李", "*"),
        (masking.mask_name, "", ""),
    ],
)
def test_a_mask_shows_what_it_may(mask: "type[str]", value: str, shown: str) -> None:
    assert mask(value) == shown


def test_colleagues_see_what_tells_one_number_from_another_and_no_code() -> None:
    card = "6222020000000000000"
    text = f"卡{card}，身份证11010519491231002X，电话13800138001，验证码是123456"
    assert masking.mask_numbers(text) == (
        "卡622202*********0000，身份证110***********002X，电话138****8001，验证码是⟦验证码⟧"
    )


@given(id_numbers(), bank_cards())
def test_no_number_passes_the_masks(number: str, card: str) -> None:
    shown = masking.mask_numbers(f"{number}和{card}")
    assert number not in shown
    assert card not in shown
