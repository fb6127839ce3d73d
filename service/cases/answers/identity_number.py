"""Resident identity numbers (GB 11643): check digit by python-stdnum, the rest by rules it lacks."""

from __future__ import annotations

from datetime import date

from stdnum.cn import ric

from service.cases.answers.errors import WrongAnswer
from service.cases.answers.text import squeeze

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
YOUNGEST, OLDEST = 16, 110


def check_identity_number(text: str, today: date) -> str:
    """The number in its plain form. Regions 81, 82, 83 are residence permits of people from 港澳台."""
    number = squeeze(text).upper()
    if len(number) == 15 and number.isdigit():
        raise WrongAnswer("这是旧的 15 位号码，请填新身份证上的 18 位号码。")
    if len(number) != 18:
        raise WrongAnswer("身份证号应是 18 位，请核对是否多填或漏填了。")
    if not (number[:17].isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        raise WrongAnswer("身份证号应是 17 位数字加 1 位数字或 X，请核对。")
    if number[:2] not in PROVINCES or number[17] != ric.calc_check_digit(number):
        raise WrongAnswer("身份证号不对，可能有一位填错了，请对照证件再填一次。")
    _check_age(number, today)
    return number


def _check_age(number: str, today: date) -> None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise WrongAnswer("身份证号里的出生日期不存在，请对照证件再填一次。") from None
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if born > today or age > OLDEST:
        raise WrongAnswer("身份证号里的出生日期不对，请对照证件再填一次。")
    if age < YOUNGEST:
        raise WrongAnswer(f"办理人需年满 {YOUNGEST} 岁，请填负责人的身份证号。")
