"""Names, sums, dates and numbers on a document: what stands beside its label, or is known by its form. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from service.cases.answers.amount import parse_amount
from service.cases.reading.pages import Row
from service.platform.masking import luhn_holds

FieldKey = Literal[
    "merchant_name",
    "payer",
    "payee",
    "holder",
    "person",
    "business_name",
    "party_a",
    "party_b",
    "amount",
    "amount_words",
    "date",
    "id_number",
    "card_number",
    "credit_code",
    "merchant_no",
    "terminal_no",
    "serial_no",
    "voucher_no",
    "reference_no",
    "express_no",
]
FIELD_KEYS: tuple[FieldKey, ...] = get_args(FieldKey)
LABELS: dict[FieldKey, str] = {
    "merchant_name": "商户名称",
    "payer": "付款方",
    "payee": "收款方",
    "holder": "户名",
    "person": "姓名",
    "business_name": "执照名称",
    "party_a": "甲方",
    "party_b": "乙方",
    "amount": "金额",
    "amount_words": "大写金额",
    "date": "日期",
    "id_number": "身份证号",
    "card_number": "卡号",
    "credit_code": "统一社会信用代码",
    "merchant_no": "商户编号",
    "terminal_no": "终端编号",
    "serial_no": "机身号",
    "voucher_no": "凭证号",
    "reference_no": "参考号",
    "express_no": "快递单号",
}


@dataclass(frozen=True)
class Field:
    """`value` in its plain form: 分 for sums, ISO for dates, without blanks for numbers."""

    key: FieldKey
    value: str
    score: float


#: What stands before the value on paper, the most telling first.
_PRINTED: dict[FieldKey, tuple[str, ...]] = {
    "merchant_name": ("商户名称", "商户全称", "商户名", "MERCHANT NAME"),
    "payer": ("今收到", "兹收到", "付款户名", "付款单位", "付款方", "付款人", "交款单位", "交款人", "缴款人"),
    "payee": ("收款户名", "收款单位", "收款方", "收款人", "收款商户"),
    "holder": ("账户名称", "户名", "持卡人姓名"),
    "person": ("姓名",),
    "business_name": ("名称",),
    "party_a": ("甲方",),
    "party_b": ("乙方",),
    "amount": (
        *("交易金额", "付款金额", "支付金额", "转账金额", "扣款金额", "押金金额", "合计金额"),
        *("小写", "实付", "实收", "金额", "合计", "AMOUNT", "押金"),
    ),
    "amount_words": ("大写金额", "大写"),
    "date": (
        *("交易日期", "交易时间", "支付时间", "转账时间", "付款时间", "扣款时间", "签订日期", "签收时间"),
        *("日期", "时间", "DATE"),
    ),
    "id_number": ("公民身份号码", "身份证号码", "身份证号"),
    "card_number": ("银行卡号", "卡号", "CARD NO", "银行账号", "账号"),
    "credit_code": ("统一社会信用代码",),
    "merchant_no": ("商户编号", "商户号", "MERCHANT NO"),
    "terminal_no": ("终端编号", "终端号", "TERMINAL NO", "TID"),
    "serial_no": ("机身号", "机具序列号", "设备序列号", "终端序列号", "序列号", "S/N", "SN", "TUSN"),
    "voucher_no": ("凭证号", "VOUCHER NO"),
    "reference_no": ("交易参考号", "参考号", "REF NO"),
    "express_no": ("快递单号", "运单编号", "运单号", "物流单号"),
}
#: Labels of what is not wanted: the value before them ends there.
_OTHERS = (
    *("性别", "民族", "出生", "住址", "地址", "电话", "类型", "经营场所", "经手人", "备注"),
    *("开户行", "开户银行", "授权码", "批次号", "交易类型", "有效期", "发卡行", "收单行", "型号", "交来", "事由"),
)
_RANKS = {word: (key, rank) for key, words in _PRINTED.items() for rank, word in enumerate(words)}


def _spaced(word: str) -> str:
    """Blanks may stand between the signs of a label; a Latin one is a word of its own."""
    pattern = r"\s?".join(re.escape(sign) for sign in word.replace(" ", ""))
    return rf"(?<![A-Z0-9]){pattern}(?![A-Z])" if word.isascii() else pattern


_WORDS = sorted({*_RANKS, *_OTHERS}, key=len, reverse=True)
_FIRST_SIGNS = "".join(sorted({word[0] for word in _WORDS}))  # a quick no for most places of a text
_LABEL = re.compile(f"(?=[{_FIRST_SIGNS}])(?:{'|'.join(f'({_spaced(word)})' for word in _WORDS)})", re.IGNORECASE)


@dataclass(frozen=True)
class _Labelled:
    """The text behind a label; `key` is None where nobody asks for it."""

    key: FieldKey | None
    rank: int
    text: str
    score: float


def find_fields(rows: Sequence[Row]) -> dict[FieldKey, Field]:
    """At most one of each: the one with the most telling label, then the first."""
    found: dict[FieldKey, Field] = {}
    for labelled in sorted(_labelled(rows), key=lambda item: item.rank):
        if labelled.key is None or labelled.key in found:
            continue
        value = _READERS[labelled.key](labelled.text)
        if value is not None:
            found[labelled.key] = Field(labelled.key, value, labelled.score)
    for field in _by_form(rows):
        found.setdefault(field.key, field)
    return found


def _labelled(rows: Sequence[Row]) -> Iterator[_Labelled]:
    for index, row in enumerate(rows):
        hits = list(_LABEL.finditer(row.text))
        for place, hit in enumerate(hits):
            key, rank = _RANKS.get(_WORDS[(hit.lastindex or 1) - 1], (None, 0))
            last = place + 1 == len(hits)
            text = _REMARK.sub("", row.text[hit.end() : None if last else hits[place + 1].start()])
            score = row.score
            if not _significant(text) and last and index + 1 < len(rows) and not _LABEL.match(rows[index + 1].text):
                text, score = rows[index + 1].text, rows[index + 1].score  # the value stands below its label
            yield _Labelled(key, rank, text, score)


_REMARK = re.compile(r"^\s*\([^()]*\)")
"""What stands in brackets behind a label: 乙方(盖章)."""


def _significant(text: str) -> str:
    return re.sub(r"^[\s:;,.()\[\]¥_-]+", "", text)


# --- values by their form --------------------------------------------------------------------------------------------

_MONEY = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.\d{2})?(?![\d.,]\d|\d)")
_SIGNED_MONEY = re.compile(rf"¥\s*({_MONEY.pattern})|({_MONEY.pattern})\s*元|^\s*[-+]({_MONEY.pattern})\s*$")
_IN_CAPITALS = "[零〇壹贰叁肆伍陆柒捌玖拾佰仟万]"
_CAPITALS = re.compile(rf"(?<!{_IN_CAPITALS}){_IN_CAPITALS}+[元圆](?:[零壹贰叁肆伍陆柒捌玖角分]{{0,5}})[整正]?")
_DAY = r"(\d\d(?=\d\d:\d\d)|\d{1,2}(?!\d))"  # the time may stand right behind it
_DATE = re.compile(rf"(20\d\d)\s?[年\-/.]\s?(\d{{1,2}})\s?[月\-/.]\s?{_DAY}|(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_ID_NUMBER = re.compile(r"(?<![0-9A-Z])\d{17}[0-9X](?![0-9A-Z])")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RT-UW-Y]{18}(?![0-9A-Z])")
_CARD = re.compile(r"(?<![0-9A-Z*])\d(?:[ -]?\d){15,18}(?![0-9A-Z*])")
_NAME = re.compile(r"[一-鿿A-Z0-9·•()*&]{2,40}", re.IGNORECASE)
_NAME_ENDS = re.compile(r"交来|交纳|缴纳|支付|转账|人民币|押金|[(（]?(?:签章|公章)[)）]?")


def _name(text: str) -> str | None:
    text = _NAME_ENDS.split(_significant(text).split("  ")[0])[0].strip("() ")
    found = _NAME.match(text)
    return found.group() if found and re.search(r"[一-鿿]", found.group()) else None


def _money(text: str) -> str | None:
    found = _MONEY.search(text)
    fen = parse_amount(found.group()) if found else None
    return str(fen) if fen else None


def _capitals(text: str) -> str | None:
    found = _CAPITALS.search(re.sub(r"\s", "", text))
    fen = parse_amount(found.group()) if found else None
    return str(fen) if fen else None


def _date(text: str) -> str | None:
    for found in _DATE.finditer(text):
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None


def _squeezed(pattern: str) -> Callable[[str], str | None]:
    """A number of this form, with blanks in it or without."""
    whole = re.compile(rf"({pattern})(?![0-9A-Z])")

    def read(text: str) -> str | None:
        text = _significant(text).upper().replace("NO.", "").lstrip(": ")
        for piece in (re.sub(r"\s", "", text.split("  ")[0]), *text.split()):
            found = whole.match(piece)
            if found:
                return found.group(1)
        return None

    return read


def _digits(text: str) -> str | None:
    found = _CARD.search(text)
    return re.sub(r"\D", "", found.group()) if found else None


_READERS: dict[FieldKey, Callable[[str], str | None]] = {
    **dict.fromkeys(
        ("merchant_name", "payer", "payee", "holder", "person", "business_name", "party_a", "party_b"), _name
    ),
    "amount": _money,
    "amount_words": _capitals,
    "date": _date,
    "id_number": _squeezed(r"\d{17}[0-9X]"),
    "card_number": _digits,
    "credit_code": _squeezed(r"[0-9A-Z]{18}"),
    "merchant_no": _squeezed(r"[0-9A-Z]{15}"),
    "terminal_no": _squeezed(r"[0-9A-Z]{8}"),
    "serial_no": _squeezed(r"(?=[A-Z-]*\d)[0-9A-Z-]{8,32}"),
    "voucher_no": _squeezed(r"\d{6}"),
    "reference_no": _squeezed(r"[0-9A-Z]{12}"),
    "express_no": _squeezed(r"(?=[A-Z]*\d)[0-9A-Z]{10,20}"),
}


def _by_form(rows: Sequence[Row]) -> Iterator[Field]:
    """What shows what it is without a label. A sum only when there is one alone: of several nobody knows which."""
    sums = []
    for row in rows:
        text = row.text.upper()
        sums += [(_money(found.group()), row.score) for found in _SIGNED_MONEY.finditer(text)]
        if (capitals := _capitals(text)) is not None:
            yield Field("amount_words", capitals, row.score)
        if (day := _date(text)) is not None:
            yield Field("date", day, row.score)
        if found := _ID_NUMBER.search(text):
            yield Field("id_number", found.group(), row.score)
        if (code := _CREDIT_CODE.search(text)) and re.search(r"[A-Z]", code.group()[:17]):
            yield Field("credit_code", code.group(), row.score)
        if (card := _digits(text)) and luhn_holds(card) and len(set(card)) > 1:
            yield Field("card_number", card, row.score)
    values = {value for value, _score in sums if value}
    if len(values) == 1:
        yield Field("amount", values.pop(), min(score for _value, score in sums))
