"""What is told beside the wish in the message that opens a procedure: “店关门了，押金怎么退” tells why. Pure."""

import re
from typing import Final

_BREAK: Final = re.compile(r"[,，。.;；!！、\s…~～]+")
# A part with one of these is the wish, or asks; words of it would answer what nobody has been asked.
_WISH: Final = re.compile(
    r"要|想|怎么|咋|如何|申请|办|帮|给我|退|取消|注销|销户|撤|解绑|开通|投诉|举报|停[掉用了]|关[掉闭]|把"
    r"|[?？吗呢]|什么|啥|多久|多少|能不能|可以|是不是"
)


def background(text: str) -> str:
    """The parts that neither wish nor ask; empty when there are none."""
    return "，".join(part for part in _BREAK.split(text) if part and not _WISH.search(part))
