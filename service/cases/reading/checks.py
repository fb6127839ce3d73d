"""What a reviewer should look at twice: a reading beside what the application says. Pure; it only points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from service.cases.answers.amount import format_fen
from service.cases.answers.text import fold
from service.cases.reading.fields import LABELS, Field, FieldKey
from service.cases.reading.kinds import ON_A_SCREEN, TITLES, DocumentKind
from service.cases.reading.understanding import Understanding
from service.platform.masking import id_check_digit

Severity = Literal["note", "warning"]
LEGIBLE = 0.8


@dataclass(frozen=True)
class Flag:
    code: str
    text: str
    severity: Severity = "warning"


@dataclass(frozen=True)
class Expectation:
    """What the document should show, and what the application and the records say; empty is not known."""

    title: str
    kinds: tuple[DocumentKind, ...] = ()
    fields: tuple[FieldKey, ...] = ()
    merchant: str = ""
    owner: str = ""
    holder: str = ""
    amounts_fen: tuple[int, ...] = ()
    merchant_no: str = ""
    terminal_no: str = ""
    serial_no: str = ""
    voucher_no: str = ""
    reference_no: str = ""

    @property
    def shown(self) -> tuple[FieldKey, ...]:
        """A sum in capitals belongs to its figures."""
        return (*self.fields, "amount_words") if "amount" in self.fields else self.fields


def flags(reading: Understanding, expected: Expectation) -> list[Flag]:
    """The warnings first."""
    if expected.kinds and not is_legible(reading):
        found = [UNREADABLE, *_dangers(reading)]
    else:
        found = [
            *_dangers(reading),
            *_kind(reading, expected),
            *_names(reading, expected),
            *_sums(reading, expected),
            *_numbers(reading, expected),
            *_oddities(reading, expected),
        ]
    return sorted(found, key=lambda flag: flag.severity != "warning")


def is_legible(reading: Understanding) -> bool:
    return reading.score >= LEGIBLE


UNREADABLE = Flag("unreadable", "字看不清，建议请商户重拍")
UNREAD = Flag("unread", "没能自动读取，请直接看图", "note")


def pages_left(read: int, there: int) -> Flag:
    return Flag("pages_left", f"只读了前 {read} 页，一共 {there} 页", "note")


def seen_elsewhere(application_nos: Sequence[str], *, same_merchant: bool) -> Flag:
    """The same file in another application; of another merchant it is the more remarkable."""
    where = "、".join(application_nos)
    if same_merchant:
        return Flag("duplicate", f"这位商户在 {where} 里也交过同一个文件", "note")
    return Flag("duplicate", f"别的商户在 {where} 里交过同一个文件")


# --- what must not be there ---


def _dangers(reading: Understanding) -> Iterator[Flag]:
    if "card_back" in reading.traits:
        yield Flag("card_back", "像是银行卡背面，可能拍到了安全码；请退回，请商户只拍正面")
    if "small_identity_card" in reading.traits:
        yield Flag("held_id", "证件在画面里很小，可能是手持身份证的照片；我们不需要手持照")
    if "full_card" in reading.traits:
        yield Flag("full_card", "能看到完整的卡号，请提醒商户遮住中间的数字")


# --- kind ---


def _kind(reading: Understanding, expected: Expectation) -> Iterator[Flag]:
    kind = reading.guess.kind
    if expected.kinds and kind and reading.guess.certain and not reading.guess.traces & set(expected.kinds):
        yield Flag("wrong_kind", f"看起来是{TITLES[kind]}，不像{expected.title}")


# --- names ---

_WHOSE: dict[FieldKey, tuple[Literal["merchant", "owner", "holder"], ...]] = {
    "merchant_name": ("merchant",),
    "business_name": ("merchant",),
    "payer": ("merchant", "owner", "holder"),
    "holder": ("holder", "merchant", "owner"),
    "person": ("owner",),
}


def _names(reading: Understanding, expected: Expectation) -> Iterator[Flag]:
    for key, whose in _WHOSE.items():
        names = [name for name in (getattr(expected, who) for who in whose) if name]
        field = _shown(reading, expected, key)
        if field and names and not _is_one_of(field.value, names):
            yield Flag("name_differs", f"{LABELS[key]}与登记的名称不一致，请核对")
    parties = [field.value for key in ("party_a", "party_b") if (field := _shown(reading, expected, key))]
    names = [name for name in (expected.merchant, expected.owner) if name]
    if len(parties) == 2 and names and not any(_is_one_of(party, names) for party in parties):
        yield Flag("name_differs", "合同双方里没有这位商户，请核对")


def _is_one_of(text: str, names: Sequence[str]) -> bool:
    """A name that stands in a longer text counts; one with stars in it cannot be compared."""
    plain = _plain(text)
    return "*" in plain or any(_plain(name) in plain for name in names)


def _plain(text: str) -> str:
    return "".join(sign for sign in fold(text).upper() if sign not in " ·•・()")


# --- sums ---


def _sums(reading: Understanding, expected: Expectation) -> Iterator[Flag]:
    figures, words = (_shown(reading, expected, key) for key in ("amount", "amount_words"))
    if figures and words and figures.value != words.value:
        text = f"小写是 {_yuan(figures)}，大写是 {_yuan(words)}"
        yield Flag("amount_words_differ", f"{text}，两处不一致")
    read = figures or words
    if read and expected.amounts_fen and int(read.value) not in expected.amounts_fen:
        known = "、".join(format_fen(fen) for fen in expected.amounts_fen)
        yield Flag("amount_differs", f"图上是 {_yuan(read)}，申请或登记的是 {known}")


def _yuan(field: Field) -> str:
    return format_fen(int(field.value))


# --- numbers ---

_ALIKE = str.maketrans("OIZSB", "01258")
_NUMBERS: tuple[Literal["merchant_no", "terminal_no", "serial_no", "voucher_no", "reference_no"], ...] = (
    "merchant_no",
    "terminal_no",
    "serial_no",
    "voucher_no",
    "reference_no",
)


def _numbers(reading: Understanding, expected: Expectation) -> Iterator[Flag]:
    for key in _NUMBERS:
        field, known = _shown(reading, expected, key), str(getattr(expected, key))
        if field and known and not alike(field.value, known):
            yield Flag(f"{key}_differs", f"图上的{LABELS[key]}与申请的不一致，请核对")
    number = _shown(reading, expected, "id_number")
    if number and id_check_digit(number.value[:17]) != number.value[17]:
        yield Flag("id_check_digit", "身份证号的校验位不对，可能读错了，请对着图核对", "note")


def alike(one: str, other: str) -> bool:
    """Equal but for signs that a camera cannot tell apart."""
    return one.upper().translate(_ALIKE) == other.upper().translate(_ALIKE)


# --- the rest ---


def _oddities(reading: Understanding, expected: Expectation) -> Iterator[Flag]:
    missing = [LABELS[key] for key in expected.fields if key not in reading.fields]
    if missing:
        yield Flag("not_found", f"没有读到{'、'.join(missing)}，请看图核对", "note")
    if "screenshot" in reading.traits and expected.kinds and not ON_A_SCREEN & set(expected.kinds):
        yield Flag("screenshot", "这是手机截图，不是拍的原件", "note")


def _shown(reading: Understanding, expected: Expectation, key: FieldKey) -> Field | None:
    """Only what this document should show is compared: on others the same label may name somebody else."""
    return reading.fields.get(key) if key in expected.shown else None
