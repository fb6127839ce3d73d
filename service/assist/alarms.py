"""What an agent should be wary of when a merchant writes: a trick, a fee, a promise that somebody made. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from service.knowledge import Claim, ContactCheck, Found, FoundContact

AlarmCode = Literal["fraud", "fee", "promise"]

_TRICK = "常见问题/换机骗局"
_LIKELY = 0.5
_REPEATS = 0.5  # from this likeness on a sentence repeats a claim that was rejected
_ASKED_TO_PAY = re.compile(
    r"(?:让|叫|要|说|得|需要?|先)(?:我|你|您|先|再|们|求|我先|我们){0,3}(?:交|付|转|打|汇|充|扫码).{0,10}(?:费|保证金|定金|税|钱|款|元|块)"
)
_PAID_TO = re.compile(r"(?:才|就|来)?(?:能|给|可以|会|帮)?.{0,4}(?:退|换|解冻|激活|办)")
_WAS_PROMISED = re.compile(
    r"(?:保证|承诺|答应|说好|说过|不是说|明明说).{0,14}(?:到账|退|天|小时|免费|不要钱|不收|不扣)"
)


@dataclass(frozen=True)
class Alarm:
    code: AlarmCode
    text: str


def alarm_for(
    text: str, intent: str, confidence: float, found: list[Found], check_contacts: ContactCheck
) -> Alarm | None:
    """The one that matters most; `found` are the entries of the knowledge that fit the text, best first."""
    strangers = [contact for contact in check_contacts(text) if not contact.confirmed]
    asked_to_pay = bool(_ASKED_TO_PAY.search(text) and _PAID_TO.search(text))
    if intent == _TRICK and confidence >= _LIKELY:
        return Alarm("fraud", f"可能是骗局：先提醒商户不要付钱、不要给验证码。{_say(strangers)}")
    if strangers and (asked_to_pay or intent.startswith("常见问题/官方渠道")):
        return Alarm("fraud", f"商户提到的联系方式不是我们的。{_say(strangers)}")
    if asked_to_pay:
        return Alarm("fee", "有人向商户收钱。退押金、取消机器都不收费，请商户先不要付。")
    if found and isinstance(found[0].entry, Claim) and found[0].score >= _REPEATS:
        return Alarm("promise", f"商户听到的说法不可信，请不要照着说：{found[0].entry.reason}")
    if _WAS_PROMISED.search(text):
        return Alarm("promise", "商户提到以前的承诺。请不要再承诺金额或到账时间，只说流程和预计。")
    return None


def _say(strangers: list[FoundContact]) -> str:
    if not strangers:
        return ""
    values = "、".join(dict.fromkeys(contact.value for contact in strangers))
    return f"{values} 不在确认过的官方联系方式里。"
