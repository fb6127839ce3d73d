"""What a reviewer is pointed at, and what not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.cases.reading.checks import Expectation, flags
from service.cases.reading.kinds import KINDS, TITLES
from service.cases.reading.pages import Page
from service.cases.reading.understanding import Understanding, from_json, to_json, understand
from tests.service.cases.reading.papers import CARD_BACK, IDENTITY_CARD, RECEIPT, SLIP, page

DEPOSIT = Expectation(
    title="押金收据或付款记录",
    kinds=("receipt", "payment"),
    fields=("payer", "payee", "amount", "date"),
    merchant="春风小吃店",
    owner="张春风",
    amounts_fen=(19_900,),
)
VOUCHER = Expectation(
    title="签购单或交易详情",
    kinds=("slip",),
    fields=("merchant_name", "merchant_no", "terminal_no", "voucher_no", "reference_no", "amount", "date"),
    merchant="春风小吃店",
    merchant_no="822100058120001",
    terminal_no="A1000001",
    voucher_no="000123",
    reference_no="123456789012",
    amounts_fen=(3_600,),
)


def codes(lines: tuple[str, ...], expected: Expectation = DEPOSIT, **how: float) -> list[str]:
    return [flag.code for flag in flags(read(lines, **how), expected)]


def read(lines: tuple[str, ...], **how: float) -> Understanding:
    return understand([page(lines, **how)])  # type: ignore[arg-type]


def changed(lines: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    assert any(old in line for line in lines)
    return tuple(line.replace(old, new) for line in lines)


def test_a_sound_document_raises_no_flag() -> None:
    assert codes(RECEIPT) == []
    assert codes(SLIP, VOUCHER) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("春风小吃店", "夏雨小吃店", "name_differs"),
        ("壹佰玖拾玖元整", "贰佰玖拾玖元整", "amount_words_differ"),
        ("日期:2026年3月5日", "日期", "not_found"),
    ],
)
def test_a_receipt_that_does_not_fit_is_pointed_at(old: str, new: str, code: str) -> None:
    assert codes(changed(RECEIPT, old, new)) == [code]


def test_another_sum_than_asked_for_is_pointed_at() -> None:
    other = changed(changed(RECEIPT, "¥199.00", "¥299.00"), "壹佰玖拾玖", "贰佰玖拾玖")
    (flag,) = flags(read(other), DEPOSIT)
    assert (flag.code, flag.severity) == ("amount_differs", "warning")
    assert "299.00元" in flag.text
    assert "199.00元" in flag.text


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("A1000001", "A2000001", "terminal_no_differs"),
        ("822100058120001", "822290059430BCY", "merchant_no_differs"),
        ("000123", "000124", "voucher_no_differs"),
        ("123456789012", "123456789013", "reference_no_differs"),
        ("622208******0001", "6222080001000158", "full_card"),
    ],
)
def test_a_slip_that_does_not_fit_is_pointed_at(old: str, new: str, code: str) -> None:
    assert codes(changed(SLIP, old, new), VOUCHER) == [code]


def test_signs_that_a_camera_mixes_up_are_no_difference() -> None:
    assert codes(changed(SLIP, "A1000001", "A1OOO0O1"), VOUCHER) == []


def test_a_name_with_stars_is_not_compared() -> None:
    assert codes(changed(RECEIPT, "春风小吃店", "**风")) == []


def test_what_cannot_be_read_is_to_be_taken_again() -> None:
    assert codes(RECEIPT, score=0.6) == ["unreadable"]
    assert codes(()) == ["unreadable"]
    assert codes((), replace(DEPOSIT, kinds=(), fields=())) == [], "a picture without text may be what was asked for"


def test_another_kind_of_document_is_pointed_at() -> None:
    (flag, *_rest) = flags(read(IDENTITY_CARD), DEPOSIT)
    assert (flag.code, flag.text) == ("wrong_kind", "看起来是身份证人像面，不像押金收据或付款记录")


@pytest.mark.parametrize("kinds", [(), ("card",), ("receipt",)])
def test_the_back_of_a_card_is_a_warning_wherever_it_turns_up(kinds: tuple[str, ...]) -> None:
    assert "card_back" in codes(CARD_BACK, replace(DEPOSIT, kinds=kinds, fields=()))  # type: ignore[arg-type]


def test_an_identity_card_that_is_held_up_is_a_warning() -> None:
    close = page(IDENTITY_CARD)
    far = Page(width=close.width * 5, height=close.height * 5, turned=0, lines=close.lines)
    expected = Expectation(title="正确的证照", kinds=("licence", "id_front"))
    assert [flag.code for flag in flags(understand([far]), expected)] == ["held_id"]
    assert flags(understand([close]), expected) == []


def test_a_screenshot_is_noted_where_paper_is_asked_for() -> None:
    lines = ("9:41  5G  80%", *RECEIPT)
    placed = page(lines, height=2200)
    top = tuple(replace(line, top=20, bottom=60) if line.text == lines[0] else line for line in placed.lines)
    on_paper = replace(DEPOSIT, kinds=("receipt",))
    assert [flag.code for flag in flags(understand([replace(placed, lines=top)]), on_paper)] == ["screenshot"]
    assert flags(understand([replace(placed, lines=top)]), DEPOSIT) == []


def test_a_wrong_check_digit_is_only_noted() -> None:
    expected = Expectation(title="正确的证照", kinds=("id_front",), fields=("person", "id_number"), owner="张春风")
    assert codes(IDENTITY_CARD, expected) == []
    assert codes(changed(IDENTITY_CARD, "002X", "0021"), expected) == ["id_check_digit"]


def test_warnings_come_first_and_every_flag_says_something_in_chinese() -> None:
    strange = changed(changed(RECEIPT, "春风小吃店", "夏雨小吃店"), "日期:2026年3月5日", "")
    found = flags(read(strange), DEPOSIT)
    assert [flag.severity for flag in found] == ["warning", "note"]
    assert all(any("一" <= sign <= "鿿" for sign in flag.text) for flag in found)


@pytest.mark.parametrize("lines", [RECEIPT, SLIP, IDENTITY_CARD, CARD_BACK, ()])
def test_what_is_kept_of_a_reading_is_all_of_it(lines: tuple[str, ...]) -> None:
    assert from_json(to_json(read(lines))) == read(lines)


def test_every_kind_has_a_title() -> None:
    assert set(TITLES) == set(KINDS)
