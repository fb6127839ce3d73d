"""What an agent should not send without a second look: promises, fees, strange contacts, numbers, codes. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service.knowledge import ContactCheck
from service.platform.masking import REFUSED_KINDS, find_sensitive

WarningCode = Literal["promise", "fee", "unconfirmed_contact", "identity_number", "secret"]

NEVER_CONFIRMED: frozenset[WarningCode] = frozenset({"identity_number", "secret"})
"""What cannot be sent by saying yes once more."""

SENTENCES: dict[WarningCode, str] = {
    "promise": "这句像是承诺。金额和到账时间以审核和银行为准，请改成“预计”“一般”，或者只说流程。",
    "fee": "这句像是在向商户收钱。退押金、取消机器都不收费，请再核对一下。",
    "unconfirmed_contact": "{value} 不在确认过的官方联系方式里，请不要发给商户。",
    "identity_number": "这里有完整的证件号或卡号，请删掉，或者只写尾号。",
    "secret": "这里有验证码、密码或安全码，请删掉：我们从不收，也不转发。",
}


@dataclass(frozen=True)
class DraftWarning:
    """`start` and `end` are places in the text as written."""

    code: WarningCode
    text: str
    start: int
    end: int


def check_draft(text: str, check_contacts: ContactCheck) -> list[DraftWarning]:
    """In the order of the text."""
    folded = _fold(text)
    numbers = list(_numbers(text))
    found = [*numbers, *_promises(folded), *_fees(folded)]
    found += [
        item for item in _contacts(folded, check_contacts) if not any(_overlap(item, number) for number in numbers)
    ]
    return sorted(found, key=lambda warning: (warning.start, warning.end))


# --- numbers and contacts --------------------------------------------------------------------------------------------


def _numbers(text: str) -> Iterator[DraftWarning]:
    for found in find_sensitive(text):
        code: WarningCode = "secret" if found.kind in REFUSED_KINDS else "identity_number"
        yield DraftWarning(code, SENTENCES[code], found.start, found.end)


_TOKEN = re.compile(r"⟦[^⟦⟧]*⟧")
_FILE = re.compile(r"\.(?:jpe?g|png|pdf|heic|webp)$", re.IGNORECASE)
_COUNTED = re.compile(r"\s*(?:元|块|万|分|天|个|日|号|月|年|点|小时|分钟|秒|笔|台|张|份|位|次|条|件|%|％|工作日|米|克)")
_CALLS = re.compile(r"拨打?|电话|热线|号码|打|联系|致电|客服|来电|短信")
_SHORT = 5
_REACH = 8


def _contacts(folded: str, check_contacts: ContactCheck) -> Iterator[DraftWarning]:
    readable = _TOKEN.sub(lambda match: " " * len(match.group()), folded)
    for contact in check_contacts(readable):
        if contact.confirmed or _FILE.search(contact.value):
            continue
        for match in re.finditer(re.escape(contact.value), readable):
            if contact.kind == "phone" and not _is_called(readable, match.start(), match.end()):
                continue
            sentence = SENTENCES["unconfirmed_contact"].format(value=contact.value)
            yield DraftWarning("unconfirmed_contact", sentence, match.start(), match.end())
            break


def _is_called(text: str, start: int, end: int) -> bool:
    """A short number is a contact only where somebody is to call it; otherwise it is a sum, a date, a serial."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before.isascii() and (before.isalnum() or before in "-./#")) or (after.isascii() and after.isalnum()):
        return False
    if end - start > _SHORT:
        return True
    return bool(_CALLS.search(text[max(0, start - _REACH) : start])) and not _COUNTED.match(text, end)


# --- promises and fees -----------------------------------------------------------------------------------------------

_CLAUSE = re.compile(r"[^，。！？；,!?;\n]+[？?]?")
_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千几]+)"
_SURE = (
    r"(?:保证(?!金)|担保|包您?(?:退|过)|百分之?百|100%|肯定|一定(?!要|得|先|不要|别)|绝对|必定|铁定|放心|包在|说到做到)"
)
_OUTCOME = (
    r"(?:到账|退[给到还您你]|退款|退押金|(?:能|可以|会)退|审核?通过|批下来|返还|打款|打给|解冻|赔|办[好成下]|处理好|"
    r"不扣|不收|不会再?扣|通过|没问题|成功)"
)
_SOON = (
    rf"(?:马上|立刻|立即|今天|今日|今晚|明天|明早|当天|当日|即刻|秒|随时|(?:最晚|最迟)?{_NUMBER}个?"
    r"(?:小时|分钟|工作日|天|日)(?:之?内)?)"
)
_MONEY_COMES = (
    r"(?:到账|到您|到你|退到|打到|打款|审核?通过|批下来|解冻|退给|退还|返还|退款成功|退下来|收到(?:钱|款|退款)|"
    r"办好|退完)"
)
_PROMISES = (
    re.compile(rf"{_SURE}.{{0,14}}{_OUTCOME}"),
    re.compile(rf"{_OUTCOME}.{{0,4}}(?:保证(?!金)|百分之?百|100%|绝对|没问题)"),
    re.compile(rf"{_SOON}[^您你]{{0,6}}(?:就|会|能|可以|内|给)?.{{0,6}}{_MONEY_COMES}"),
    re.compile(
        rf"(?:会|将|能|给[您你]|为[您你]|帮[您你]).{{0,6}}(?:退|赔|补偿|返还|减免).{{0,8}}?{_NUMBER}\s*(?:元|块)"
    ),
    re.compile(
        r"(?:会|将|能|可以|给[您你]|帮[您你]).{0,4}(?:全额(?:退|赔|返)|全部退|全退|双倍|补偿[您你]|赔偿?[您你])"
    ),
)
_NO_PROMISE = re.compile(
    r"不一定|(?:不能|无法|没法|不敢|不会|不|难以|没有办法)(?:向?[您你])?(?:保证|承诺|确定)|不保证|一般|通常|预计|预估|"
    r"大约|大概|大致|左右|可能|也许|为准|参考|尽快|尽量|尽力|如果.{0,6}[没不有]|等.{0,12}(?:以?后|之后|再)|(?:审核|核实|确认).{0,6}后|已经?|"
    r"是否|有没有|是不是|还没|没有?(?:到|收)|未|能不能|能否|什么时候|多久|吗$|[吗呢么][？?]?$|[？?]$|请(?!您?放心)|(?:不要|别)(?!着?急|担心)|不承诺"
)
_PAYING = (
    r"(?:请|需要?|得|先|麻烦|要)(?:您|你|再|先|把|将|额外|另外|微信|支付宝|扫码|线上|在线|提前|预先|补|重新){0,4}"
    r"(?:交(?!易)纳?|缴纳?|支付|付|转账?|打(?!开|印)款?|汇款?|充值?|垫付)"
)
_FEES = (
    re.compile(rf"{_PAYING}.{{0,10}}(?:费|保证金|押金|定金|税|钱|款|{_NUMBER}\s*(?:元|块))"),
    re.compile(
        rf"(?:收|扣)(?:取|您|你)?.{{0,4}}{_NUMBER}\s*(?:元|块).{{0,6}}(?:手续费|服务费|快递费|激活费|保证金|工本费)"
    ),
    re.compile(
        rf"(?:手续费|服务费|快递费|激活费|解冻费|工本费|保证金).{{0,6}}(?:{_NUMBER}\s*(?:元|块)).{{0,8}}(?:转|付|交|打)"
    ),
)
_NO_FEE = re.compile(
    r"不收|不用|无需|不需要?|不要|别|请勿|切勿|没有|免费|不会|谁|任何人|对方|骗|如果|要求[您你]|让[您你]|叫[您你]|当时|[您你]之前|"
    r"[吗呢么][？?]?$|[？?]$"
)
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_WARNS_OF = re.compile(r"骗|不要(?:付|给|理|信)|都?别(?:付|给|理|信)")


def _promises(text: str) -> Iterator[DraftWarning]:
    return _in_clauses("promise", text, _PROMISES, _NO_PROMISE)


def _fees(text: str) -> Iterator[DraftWarning]:
    """Whoever warns of somebody who asks for money asks for none."""
    for sentence in _SENTENCE.finditer(text):
        if not _WARNS_OF.search(sentence.group()):
            for found in _in_clauses("fee", sentence.group(), _FEES, _NO_FEE):
                yield replace(found, start=found.start + sentence.start(), end=found.end + sentence.start())


def _in_clauses(
    code: WarningCode, text: str, patterns: Sequence[re.Pattern[str]], exempt: re.Pattern[str]
) -> Iterator[DraftWarning]:
    for clause in _CLAUSE.finditer(text):
        said = clause.group()
        if exempt.search(said):
            continue
        match = next((found for pattern in patterns if (found := pattern.search(said))), None)
        if match:
            yield DraftWarning(code, SENTENCES[code], clause.start() + match.start(), clause.start() + match.end())


def _overlap(one: DraftWarning, other: DraftWarning) -> bool:
    return one.start < other.end and other.start < one.end


def _fold(text: str) -> str:
    """Full-width forms become plain ones, character by character, so that places stay what they are."""
    return "".join(plain if len(plain := unicodedata.normalize("NFKC", char)) == 1 else char for char in text)
