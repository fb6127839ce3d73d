"""What merchants say about a question instead of answering it, and what helps them then. Pure."""

import re
from typing import Any, Final

from actions.talk import Said

MASKED: Final = "⟦"
_WHY: Final = re.compile(
    r"为(?:什么|啥|何)(?:还|非)?[要得]?(?:[问填写选传拍]|验证|核[实对]|身份)|[问填选写](?:这个?|这些|那么多)[干做](?:嘛|吗|什么|啥)"
)
_LOST: Final = re.compile(
    r"(?:[这那]?是?|你说)?(?:什么|啥)意思啊?|[看听搞]不懂|没[看听搞]懂|不懂|(?:这个)?(?:要|该)?怎么[填选写弄搞]|咋[填选写弄搞整]|不会[填选写弄]"
)
_WAIT: Final = re.compile(
    r"(?:你|先|稍)?等(?:等|下|会儿?|一下|一会儿?)?(?:我?(?:想想|看看|找找))?|稍等(?:一?下)?|我?想想"
)
_MERCHANT_NO: Final = re.compile(
    r"商户[号编]\w*(?:忘|哪|找|不知|不记|不清|没有|多少|什么|啥)|(?:忘|找不到|不知道|不记得|没有|哪|什么是)\w*商户[号编]"
)
_PHONE_GONE: Final = re.compile(r"[换改]\w{0,3}(?:手机|号码|电话)|(?:手机|号码|电话)\w{0,3}(?:换|改|不用|停|丢|注销)")
_SEVERAL: Final = re.compile(r"[两三四五几\d]\s*[台个](?:\w*[都全])|全部|都[要退取]|所有|一起[退取办]")

_HOW: Final[dict[str, str]] = {
    "choice": "点下面的一项就行，也可以说“第一个”，或者用自己的话说。",
    "terminal": "点下面的一台就行，也可以说“第一个”，或者发机器上的终端号。",
    "service": "点下面的一项就行，也可以说“第一个”，或者直接说名字。",
    "transaction": "点下面的一笔就行，也可以说“第一个”，或者说是哪天、多少钱的那笔。",
    "application": "点下面的一份就行，也可以说“第一个”，或者发申请单号。",
    "confirm": "请看一遍下面的内容：都对就点“确认提交”，哪里不对就点“修改”。",
    "identity": "在下面的卡片里填就行，填好我会自动接着办。",
    "secure": "在下面的卡片里填就行，填好我会自动接着办。",
}
_HOW_ELSE: Final = "直接打字回答就行。"

MASKED_NUMBER: Final = (
    "这串号码我已经替您遮住了，请不要把证件号、银行卡号发在聊天里。需要的时候，我会给您一张安全表单。"
)
_MASKED_BEFORE_A_CARD: Final = "这串号码我已经替您遮住了。请填在下面的卡片里，不要发在聊天里。"
_BECAUSE: Final = "这是申请里要填的一项，审核员要靠它核对您的情况。现在不想填也行，说“先不办”，填过的都会留着。"
_BECAUSE_OF_WHO: Final = "核对身份，是为了不让别人冒充您来办。只有核对过，才能看到和办理您商户的申请。"
_NO_HURRY: Final = "好的，不着急，填过的内容都会留着。"
_WHERE_IS_IT: Final = "商户号一般印在签购单的“商户编号”一栏，手机号要填商户登记的那个。都找不到的话，请说“转人工”。"
_REGISTERED_PHONE: Final = "验证码只能发到商户登记的手机号。那个号码已经不用了的话，请说“转人工”，核对身份后更改。"
_ONE_BY_ONE: Final = "一份申请只办一台机器。请先选一台，办完再办下一台。"


def remark_on(question: dict[str, Any], said: Said) -> str | None:
    """What to say before the question is asked again, or nothing when the message is no such remark."""
    kind, text = question["kind"], re.sub(r"[^\w⟦]+", "", said.text)
    if said.is_payload or kind == "text":
        return None
    if MASKED in text:
        return _MASKED_BEFORE_A_CARD if kind in ("identity", "secure") else MASKED_NUMBER
    if _WHY.search(text):
        return _BECAUSE_OF_WHO if kind == "identity" else _BECAUSE
    if _LOST.fullmatch(text.rstrip("啊呀呢了的")):
        return _HOW.get(kind, _HOW_ELSE)
    if _WAIT.fullmatch(text.rstrip("啊呀吧哈")):
        return _NO_HURRY
    if kind == "identity":
        return _on_identity(text)
    return _ONE_BY_ONE if kind == "terminal" and len(question["choices"]) > 1 and _SEVERAL.search(text) else None


def _on_identity(text: str) -> str | None:
    if _MERCHANT_NO.search(text):
        return _WHERE_IS_IT
    return _REGISTERED_PHONE if _PHONE_GONE.search(text) else None
