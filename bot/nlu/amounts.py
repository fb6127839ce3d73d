"""Sums of money in a text, as integers of 分."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bot.nlu.numerals import DIGIT, number

_FIGURES: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?"
_SMALL: Final = {name: value for value, name in enumerate("零一二三四五六七八九")} | {
    name: value for value, name in enumerate("零壹贰叁肆伍陆柒捌玖")
}
_ONE: Final = rf"\d{''.join(_SMALL)}"
_COUNTED: Final = rf"[{_ONE}个台张天年月分]"
_NOTHING: Final = r"(?![一1][角毛]钱?(?:没|都|也|不|未))"  # “5000块钱一毛没到” has no 角
_AMOUNT: Final = re.compile(
    rf"(?:[¥$]|rmb|人民币)\s*(?P<signed>{_FIGURES})(?![\d,.]*\d)(?:\s*元)?"
    rf"|(?<![\d.,])(?P<whole>(?:{_FIGURES})\s*[百千万]?|[{DIGIT}]+)\s*(?:元|块钱|块|圆|rmb)(?!不少|都不|也不)"
    rf"(?:整|[零〇](?P<cents>[{_ONE}])分"
    rf"|{_NOTHING}(?P<jiao>[{_ONE}])(?:[角毛](?:(?P<fen>[{_ONE}])(?:分|(?!{_COUNTED})))?|(?!{_COUNTED})))?"
)


def amounts(folded: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and 分 of each sum that is marked as money by a sign before it or a unit behind it."""
    for match in _AMOUNT.finditer(folded):
        yuan = number(match["signed"] or match["whole"])
        if yuan is None:
            continue
        fen = yuan * 100 + 10 * _small(match["jiao"]) + _small(match["fen"] or match["cents"])
        if fen == fen.to_integral_value():
            yield match.start(), match.end(), int(fen)


def _small(digit: str | None) -> Decimal:
    return Decimal(_SMALL.get(digit, digit)) if digit else Decimal(0)
