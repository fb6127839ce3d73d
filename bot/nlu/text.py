"""One way to write a text before anything reads it: width, case, script, usual slips; for training and use alike."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from opencc import OpenCC

_TO_SIMPLIFIED: Final = OpenCC("t2s")

# A number in the service's vault, such as ⟦银行卡 尾号1234 #a1⟧: only its kind matters for the meaning.
VAULT_TOKEN: Final = re.compile(r"⟦\s*([^\s⟧]+)[^⟧]*⟧")

_MEANINGS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (VAULT_TOKEN, r"\1"),
    (re.compile(r"sq[\s-]*\d{6}[\s-]*[0-9a-z]{6}"), "单号"),
    (re.compile(r"(?<![0-9a-z])(?=[a-z]*\d)[0-9a-z]{15}(?![0-9a-z])"), "商户号"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "手机号"),
    (re.compile(r"\d{6,}"), "一串数字"),
)

# Slips that are safe to mend: what was meant cannot be anything else here.
_SLIPS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(slip), meant)
    for slip, meant in (
        (r"poss+(?=机|$|[^a-z])", "pos"),
        (r"p\s*o\s*s(?=机|鸡|基)", "pos"),
        (r"(?<=pos)[鸡基几]", "机"),
        (r"刷卡[鸡基]", "刷卡机"),
        (r"(?<=[到入进转])帐", "账"),
        (r"帐(?=[户号单务])", "账"),
        (r"[压鸭丫呀按](?=金)", "押"),
        (r"押今", "押金"),
        (r"[推腿褪](?=押金|款|钱|费|机|货)", "退"),
        (r"退[宽欵]", "退款"),
        (r"注消", "注销"),
        (r"消户", "销户"),
        (r"撤消|徹銷|徹销|彻销", "撤销"),
        (r"手[须序需]费", "手续费"),
        (r"[费废]律", "费率"),
        (r"人工?[空课克]服", "人工客服"),
        (r"转人[功公]", "转人工"),
        (r"(?<![a-z])rg(?![a-z])", "人工"),
        (r"[蟹泻]{2}", "谢谢"),
        (r"刷[咔喀]", "刷卡"),
        (r"审[合何]", "审核"),
        (r"业物员", "业务员"),
        (r"机子", "机器"),
        (r"您", "你"),
    )
)

_SPACE: Final = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])"), ""),
    (re.compile(r"([^\d\w])\1+"), r"\1"),
    (re.compile(r"([^\d])\1{3,}"), r"\1\1"),
)

# Polite openings and the fillers of spoken language say nothing about the matter, as long as something follows them.
_FILLERS: Final = r"你好[呀啊]?|请问一?下?|亲|客服|那个|就是说?|嗯+|呃+|额+(?=[,，。.…、 ])|唉|哎呀?|喂|在[吗么]"
_OPENING: Final = (
    (re.compile(r"(?<=\w)(?:[,，]?(?:嗯+|呃+|就是说)[,，]?)+(?=\w{2})"), ""),
    (re.compile(rf"^(?:(?:{_FILLERS})[,，。.!！~、…· ]*)+(?=\w{{4}})"), ""),
)
_CLOSING: Final = ((re.compile(r"[,，。.!！~、…;；]+$"), ""),)
_STEPS: Final = (*_MEANINGS, *_SLIPS, *_SPACE, *_OPENING, *_CLOSING)


@lru_cache(maxsize=65_536)
def _fold_char(char: str) -> str:
    if "\ud800" <= char <= "\udfff":  # Half of a pair, as broken clients send: no character at all.
        return "\ufffd"
    folded: str = _TO_SIMPLIFIED.convert(unicodedata.normalize("NFKC", char).lower())
    return folded if len(folded) == 1 else char


def fold(text: str) -> str:
    """Half width, lower case, simplified; as long as the original, so that places in it stay the same."""
    return "".join(map(_fold_char, text))


def normalise(text: str) -> str:
    """The text as it is read."""
    text = fold(text)
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return text
