"""Sums of money as people write them: 299元, ￥1,280.50, 两百块, 贰佰玖拾玖元整 → 分; and as we write them."""

from __future__ import annotations

import re

from service.cases.answers.errors import WrongAnswer
from service.cases.answers.text import fold

LARGEST_FEN = 100_000_000

_DIGITS = {
    sign: value
    for value, signs in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for sign in signs
}
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ARABIC = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(万|千|百)?")
_CHINESE = re.compile(
    r"([零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万]+)(?:元|块|圆)?(?:(.)[角毛])?(?:零?(.)分)?"
)


def check_amount(text: str) -> int:
    """分, from 0.01 元 to a million 元."""
    fen = parse_amount(text)
    if fen is None:
        raise WrongAnswer("没看懂金额，请写成数字加“元”。")
    if not 0 < fen <= LARGEST_FEN:
        raise WrongAnswer("金额要大于 0，不超过一百万元，请核对。")
    return fen


def parse_amount(text: str) -> int | None:
    plain = re.sub(r"\s|人民币|rmb|cny|[¥￥$]|大约|大概|左右|约|整|正", "", fold(text).lower())
    arabic = _ARABIC.fullmatch(re.sub(r"(?:块钱|元钱|元|块|圆)$", "", plain))
    if arabic:
        whole, cents, unit = arabic.groups()
        fen = int(whole.replace(",", "")) * 100 + int((cents or "").ljust(2, "0"))
        return fen * {"万": 10_000, "千": 1_000, "百": 100}.get(unit, 1)
    chinese = _CHINESE.fullmatch(re.sub(r"钱$", "", plain))
    if chinese:
        yuan, jiao, cent = chinese.groups()
        parts = (_chinese_number(yuan), _DIGITS.get(jiao or "零"), _DIGITS.get(cent or "零"))
        if None not in parts:
            return (parts[0] or 0) * 100 + (parts[1] or 0) * 10 + (parts[2] or 0)
    return None


def format_fen(fen: int) -> str:
    """19900 → `199.00元`."""
    return f"{fen // 100:,}.{fen % 100:02d}元"


def in_capitals(fen: int) -> str:
    """19950 → `壹佰玖拾玖元伍角整`: as sums stand in documents, so that no sign can be added unseen."""
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    small = f"{_CAPITALS[jiao]}角" if jiao else "零" if cent and yuan else ""
    small += f"{_CAPITALS[cent]}分" if cent else "整"
    return f"{_whole_in_capitals(yuan)}元{small}" if yuan or not (jiao or cent) else small


def _whole_in_capitals(number: int) -> str:
    high, low = divmod(number, 10_000)
    if not high:
        return _group_in_capitals(low) or "零"
    gap = "零" if 0 < low < 1_000 else ""
    return f"{_whole_in_capitals(high)}万{gap}{_group_in_capitals(low)}"


def _group_in_capitals(number: int) -> str:
    """Below ten thousand; one 零 for each gap."""
    text = ""
    for place, unit in ((1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            text += f"{_CAPITALS[digit]}{unit}"
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def _chinese_number(text: str) -> int | None:
    high, found, low = text.rpartition("万")
    if found:
        upper, lower = _below_ten_thousand(high), _below_ten_thousand(low) if low else 0
        if len(low) == 1 and lower:
            lower *= 1_000  # 一万二 is 12,000
        return None if upper is None or lower is None else upper * 10_000 + lower
    return _below_ten_thousand(low)


def _below_ten_thousand(text: str) -> int | None:
    total, digit, last_unit = 0, None, 10_000
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _UNITS and _UNITS[sign] < last_unit:
            last_unit = _UNITS[sign]
            total += (1 if digit is None else digit) * last_unit
            digit = None
        else:
            return None
    # 两百五 is 250: a last digit right after a unit above ten counts as the next unit.
    shorthand = digit and 100 <= last_unit < 10_000 and text[-2:-1] in _UNITS
    return total + (digit or 0) * (last_unit // 10 if shorthand else 1)
