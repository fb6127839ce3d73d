"""People and shops that do not exist, with numbers whose check digits hold."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from service.platform.masking import id_check_digit, luhn_holds

_FAMILY = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春风家和建国志远"
_SHOPS = ("小吃店", "五金店", "便利店", "烟酒行", "水果店", "家电行", "理发店", "药房")
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True)
class Somebody:
    name: str
    shop: str
    id_number: str
    card: str
    merchant_no: str
    terminal_no: str
    serial_no: str
    voucher_no: str
    reference_no: str
    amount_fen: int
    day: date


def somebody(dice: random.Random) -> Somebody:
    name = dice.choice(_FAMILY) + "".join(dice.sample(_GIVEN, 2))
    born = date(1965, 1, 1) + timedelta(days=dice.randrange(14_000))
    first = f"330106{born:%Y%m%d}{dice.randrange(1000):03}"
    begun = f"622208{dice.randrange(10**9):09}"
    card = next(number for digit in range(10) if luhn_holds(number := f"{begun}{digit}"))
    return Somebody(
        name=name,
        shop=f"{''.join(dice.sample(_GIVEN, 2))}{dice.choice(_SHOPS)}",
        id_number=first + id_check_digit(first),
        card=card,
        merchant_no=f"822{dice.randrange(10**12):012}",
        terminal_no=f"A{dice.randrange(10**7):07}",
        serial_no=f"N{dice.choice('5679')}{dice.randrange(10**10):010}",
        voucher_no=f"{dice.randrange(1, 10**6):06}",
        reference_no=f"{dice.randrange(10**11, 10**12)}",
        amount_fen=dice.choice((9_900, 19_900, 29_900, 99_900, 128_050)),
        day=date(2025, 1, 1) + timedelta(days=dice.randrange(600)),
    )


def in_capitals(fen: int) -> str:
    """19900 → 壹佰玖拾玖元整, as a cashier writes it."""
    text, gap, yuan = "", False, fen // 100
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = yuan // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _CAPITALS[digit] + name
        gap = not digit
    jiao, cents = fen // 10 % 10, fen % 10
    small = (f"{_CAPITALS[jiao]}角" if jiao else "") + (f"{_CAPITALS[cents]}分" if cents else "")
    return f"{text}元{small or '整'}"
