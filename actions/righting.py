"""What a correction says to be right, past what it calls wrong or turns down. Pure."""

import re
from typing import Final

_WRONG: Final = re.compile(r"错了?|不对|有误")
_TURNED_DOWN: Final = re.compile(r"(?:而|并)?不是[^是，,。；;]*")
_SUM_AT_THE_END: Final = re.compile(
    r"(\d[\d,]*(?:\.\d+)?\s*[百千万]?|[零〇一二两三四五六七八九十百千万]{2,})\s*(?:元|块钱?)?整?[吧的了呢啊。.!！~\s]*$"
)


def wrong_part(text: str) -> str:
    """What is called wrong: “手机号” of “手机号错了，是…”; all of it where nothing is."""
    return _WRONG.split(text)[0]


def right_part(text: str) -> str:
    """“280” of “押金金额不对，是280不是300”, with what leads to it."""
    return _TURNED_DOWN.sub("", _WRONG.split(text)[-1]).strip()


def sum_at_the_end(text: str) -> str | None:
    """A sum without a unit counts where nothing follows it: “金额应该是199”."""
    found = _SUM_AT_THE_END.search(text)
    return found[1] if found else None
