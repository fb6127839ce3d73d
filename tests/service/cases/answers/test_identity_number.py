"""Resident identity numbers: what python-stdnum lacks stands in our own rules."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from service.cases.answers.errors import WrongAnswer
from service.cases.answers.identity_number import PROVINCES, check_identity_number

TODAY = date(2026, 11, 23)


def number_of(province: str, born: date, order: int = 2) -> str:
    first = f"{province}0105{born:%Y%m%d}{order:03d}"
    return first + ric.calc_check_digit(first + "0")


@given(st.sampled_from(sorted(PROVINCES)), st.dates(date(1920, 1, 1), date(2010, 11, 23)), st.integers(0, 999))
def test_a_well_made_number_is_taken_however_it_is_typed(province: str, born: date, order: int) -> None:
    number = number_of(province, born, order)
    assert check_identity_number(number, TODAY) == number
    spaced = f" {number[:6]} {number[6:14]}-{number[14:].lower()}"
    assert check_identity_number(spaced, TODAY) == number
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    assert check_identity_number(wide, TODAY) == number


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_found(place: int, shift: int) -> None:
    number = number_of("11", date(1990, 5, 5))
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(WrongAnswer):
        check_identity_number(wrong, TODAY)


@pytest.mark.parametrize("province", ["81", "82", "83"])
def test_residence_permits_of_hong_kong_macao_and_taiwan_are_taken(province: str) -> None:
    number = number_of(province, date(1985, 1, 1))
    assert check_identity_number(number, TODAY) == number


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (number_of("11", date(2099, 1, 1)), "出生日期不对"),
        (number_of("11", date(1800, 1, 1)), "出生日期不对"),
        (number_of("11", date(2010, 11, 24)), "年满 16 岁"),
        (number_of("99", date(1990, 1, 1)), "填错"),
        ("110105491231002", "15 位"),
        ("1101051949123100", "18 位"),
        ("11010519491231002Y", "X"),
        ("１２３", "18 位"),
    ],
)
def test_what_cannot_be_a_number_is_explained_without_repeating_it(number: str, says: str) -> None:
    with pytest.raises(WrongAnswer) as caught:
        check_identity_number(number, TODAY)
    assert says in caught.value.sentence
    assert number not in caught.value.sentence


def test_the_31st_of_february_is_no_birthday() -> None:
    first = "11010519900231002"
    with pytest.raises(WrongAnswer, match="不存在"):
        check_identity_number(first + ric.calc_check_digit(first + "0"), TODAY)
