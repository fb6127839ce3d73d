"""Chinese numerals as numbers."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from cn2an import cn2an

DIGIT: Final = "零〇一二两俩三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟"
CHINESE: Final = re.compile(f"[{DIGIT}]+")


def number(text: str) -> Decimal | None:
    """两百九十九, 贰佰玖拾玖, 1,280.50 or 1.2万 as a number; None when it is none."""
    plain = text.replace(",", "").replace("俩", "两").strip()
    factor = 1
    if plain[:1].isdigit() and plain[-1:] in "百千万":
        factor = {"百": 100, "千": 1_000, "万": 10_000}[plain[-1]]
        plain = plain[:-1]
    try:
        value = Decimal(plain) if plain[:1].isdigit() else Decimal(str(cn2an(plain, "smart")))
    except (ValueError, InvalidOperation):
        return None
    return value * factor
