"""Bank account numbers: cards (13–19 digits, Luhn) and corporate accounts (8–32 digits, no check digit)."""

from __future__ import annotations

from stdnum import luhn

from service.cases.answers.errors import WrongAnswer
from service.cases.answers.text import squeeze


def check_bank_account(text: str) -> str:
    number = squeeze(text)
    if not (number.isascii() and number.isdigit()):
        raise WrongAnswer("银行账号只有数字，请核对后再填一次。")
    if not 8 <= len(number) <= 32:
        raise WrongAnswer("银行账号应是 8 到 32 位数字，请核对是否多填或漏填了。")
    if len(set(number)) == 1:
        raise WrongAnswer("这个银行账号不对，请对照银行卡再填一次。")
    return number


def looks_like_card(number: str) -> bool:
    """A failed check digit warns the reviewer and blocks nobody: corporate accounts have none."""
    return 13 <= len(number) <= 19 and luhn.is_valid(number)
