"""Fields are found by their labels and forms, whatever else stands on the paper."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.answers.amount import parse_amount
from service.cases.reading.fields import find_fields
from service.platform.masking import id_check_digit
from tests.service.cases.reading.papers import IDENTITY_CARD, RECEIPT, SLIP, rows


def values(*lines: str) -> dict[str, str]:
    return {key: field.value for key, field in find_fields(rows(lines)).items()}


def test_a_receipt_is_read() -> None:
    assert values(*RECEIPT) == {
        "payer": "春风小吃店",
        "payee": "演示收单公司",
        "amount": "19900",
        "amount_words": "19900",
        "date": "2026-03-05",
    }


def test_a_slip_is_read_and_a_masked_card_is_no_number() -> None:
    assert values(*SLIP) == {
        "merchant_name": "春风小吃店",
        "merchant_no": "822100058120001",
        "terminal_no": "A1000001",
        "voucher_no": "000123",
        "reference_no": "123456789012",
        "date": "2026-03-05",
        "amount": "3600",
    }


def test_an_identity_card_is_read() -> None:
    assert values(*IDENTITY_CARD) == {"person": "张春风", "id_number": "11010519491231002X"}


@pytest.mark.parametrize(
    ("lines", "key", "value"),
    [
        (("甲方:演示收单公司", "乙方(盖章):春风小吃店"), "party_b", "春风小吃店"),
        (("SN:DEMO20250001",), "serial_no", "DEMO20250001"),
        (("S/N", "DEMO20250001"), "serial_no", "DEMO20250001"),
        (("机身号 DEMO2025 0001",), "serial_no", "DEMO20250001"),
        (("名称  春风小吃店", "统一社会信用代码  91110000600037341L"), "credit_code", "91110000600037341L"),
        (("转账成功", "-199.00"), "amount", "19900"),
        (("金额:1,280.50元",), "amount", "128050"),
        (("运单号:SF1234567890123",), "express_no", "SF1234567890123"),
        (("日期20260305",), "date", "2026-03-05"),
        (("日期/时间:2026/03/0514:22:10",), "date", "2026-03-05"),
        (("6222 0800 0100 0158",), "card_number", "6222080001000158"),
    ],
)
def test_a_value_is_found(lines: tuple[str, ...], key: str, value: str) -> None:
    assert values(*lines)[key] == value


@pytest.mark.parametrize(
    "lines",
    [
        ("日期:2026年2月30日",),
        ("实付 ¥", "原价"),
        ("¥199.00", "¥299.00"),
        ("SN",),
        ("身份证号 123",),
        ("4200001234202603051234567890",),
    ],
)
def test_what_is_not_there_is_not_made_up(lines: tuple[str, ...]) -> None:
    assert values(*lines) == {}


def test_the_more_telling_label_wins() -> None:
    assert values("金额:500.00", "交易金额:36.00")["amount"] == "3600"


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{0}年{1}月{2}日", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}"]),
)
def test_every_date_is_read_in_every_way_of_writing_it(day: date, form: str) -> None:
    assert values("交易日期:" + form.format(day.year, day.month, day.day))["date"] == day.isoformat()


@given(st.integers(1, 9_999_999_99))
def test_every_sum_is_read(fen: int) -> None:
    assert values(f"金额:¥{fen // 100:,}.{fen % 100:02}")["amount"] == str(fen)


@given(st.integers(1, 9_999))
def test_figures_and_capitals_of_the_same_sum_are_the_same(yuan: int) -> None:
    capitals = _capitals(yuan)
    assert parse_amount(capitals) == yuan * 100
    found = values(f"人民币(大写){capitals}  ¥{yuan}.00")
    assert found["amount_words"] == found["amount"] == str(yuan * 100)


@given(st.integers(10**16, 10**17 - 1))
def test_an_identity_number_is_read_with_its_check_digit(first: int) -> None:
    number = f"{first}{id_check_digit(str(first))}"
    assert values(f"公民身份号码 {number}")["id_number"] == number


@given(st.lists(st.text(max_size=200), max_size=60))
def test_whatever_stands_there_breaks_nothing(lines: list[str]) -> None:
    find_fields(rows(tuple(lines)))


@given(
    st.lists(
        st.text(alphabet="0123456789年月日元¥.,:/- 商户名称金额大写壹佰玖拾零整SN*卡号", min_size=1, max_size=200),
        max_size=30,
    )
)
def test_a_field_has_the_form_of_its_kind(lines: list[str]) -> None:
    found = find_fields(rows(tuple(lines)))
    for key in {"amount", "amount_words"} & set(found):
        assert int(found[key].value) > 0  # type: ignore[index]
    if "date" in found:
        date.fromisoformat(found["date"].value)
    if "card_number" in found:
        assert 16 <= len(found["card_number"].value) <= 19


_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def _capitals(yuan: int) -> str:
    """As a cashier writes it."""
    text, gap = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = yuan // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text + "元整"
