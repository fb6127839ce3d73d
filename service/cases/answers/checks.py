"""Checks one answer against its question: the value to keep and how to show it, or a sentence that helps. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import phonenumbers

from service.cases.answers.amount import check_amount, format_fen
from service.cases.answers.bank_account import check_bank_account
from service.cases.answers.day import check_past_day
from service.cases.answers.errors import WrongAnswer
from service.cases.answers.identity_number import check_identity_number
from service.cases.answers.text import fold, same_name, squeeze
from service.cases.procedures.model import Choice, Question, SecureInput
from service.platform.masking import find_sensitive, mask_id_number, mask_name, mask_phone

_SKIP = re.compile(
    r"(?:我|也|真的|真|都|早|就|先)*(?:跳过|不填|略过|记不清|不记得|记不得|不清楚|不知道|忘)\D{0,10}|没有?了?|"
)


class Offer(Protocol):
    """Something of the merchant's own that an answer may name."""

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def display(self) -> str: ...

    @property
    def also(self) -> tuple[str, ...]: ...

    def fits(self, question: Question) -> bool: ...


@dataclass(frozen=True)
class Surroundings:
    """What a check needs to know besides the question."""

    today: date
    holders: Sequence[str] = ()
    """Names in which the merchant may hold an account."""
    offers: Sequence[Offer] = ()
    choices: Sequence[Choice] = ()


@dataclass(frozen=True)
class Checked:
    """`value` is kept in clear and `secret` encrypted; both are empty for a question that was skipped."""

    display: str
    value: str | None = None
    secret: Mapping[str, str] = field(default_factory=dict)


def check_answer(question: Question, raw: object, around: Surroundings) -> Checked:
    if question.kind == "secure":
        return _secure(question, raw, around)
    if raw is None or (question.optional and isinstance(raw, str) and _SKIP.fullmatch(fold(raw))):
        return _skipped(question)
    if not isinstance(raw, str):
        raise WrongAnswer(f"请用文字回答，例如：{question.example}。")
    try:
        return _CHECKS[question.kind](question, fold(raw), around)
    except WrongAnswer as wrong:
        raise WrongAnswer(f"{wrong.sentence}例如：{question.example}。") from None


def _skipped(question: Question) -> Checked:
    if not question.optional:
        raise WrongAnswer(f"这一项不能跳过。例如：{question.example}。")
    return Checked(display="未填写")


def _choice(question: Question, text: str, around: Surroundings) -> Checked:
    for choice in around.choices:
        if text in (choice.value, choice.title):
            return Checked(display=choice.title, value=choice.value)
    titles = "、".join(choice.title for choice in around.choices)
    raise WrongAnswer(f"请在这些里选一个：{titles}。")


def _text(question: Question, text: str, around: Surroundings) -> Checked:
    if find_sensitive(text) or "⟦" in text:
        raise WrongAnswer("这里请不要写证件号、银行卡号和密码，只写情况就可以。")
    if len(text) < question.min_length:
        raise WrongAnswer("太短了，请多写几个字。")
    if len(text) > question.max_length:
        raise WrongAnswer(f"请写短一些，最多 {question.max_length} 个字。")
    return Checked(display=text, value=text)


def _amount(question: Question, text: str, around: Surroundings) -> Checked:
    fen = check_amount(text)
    return Checked(display=format_fen(fen), value=str(fen))


def _date(question: Question, text: str, around: Surroundings) -> Checked:
    day = check_past_day(text, around.today)
    return Checked(display=f"{day.year}年{day.month}月{day.day}日", value=day.isoformat())


def _phone(question: Question, text: str, around: Surroundings) -> Checked:
    digits = squeeze(text).removeprefix("+86")
    try:
        number = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        raise WrongAnswer("手机号应是 11 位数字，请核对。") from None
    if len(digits) != 11 or phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.MOBILE:
        raise WrongAnswer("这不是 11 位的手机号，请核对。")
    return Checked(display=mask_phone(digits), secret={"phone": digits})


_NOT_FOUND: dict[str, str] = {
    "terminal": "您名下没有这台机器，请核对机器背面的终端号，或者从列出的机器里选。",
    "service": "没有查到这项服务，请从列出的服务里选。",
    "transaction": "没有查到这笔交易，请核对签购单上的参考号，或者从列出的交易里选。",
    "application": "没有查到这份申请，请核对申请单号，或者从列出的申请里选。",
}
_NOT_FITTING: dict[str, str] = {
    "terminal": "这台机器已经停用了，不用再办。请换一台。",
    "service": "这项服务已经停用了，不用再办。请换一项。",
    "transaction": "这笔交易的钱已经全部退回，不能再退。请换一笔。",
    "application": "这份申请要接着原来的投诉办，说“查进度”就能看到。",
}
_NO_DEPOSIT = "这台机器没有登记未退的押金，请换一台；如果您交过押金，可以说“转人工”请人核对。"


def _own(question: Question, text: str, around: Surroundings) -> Checked:
    """A terminal, service, transaction or application: by its key, its title, or another name that only it has."""
    wanted = squeeze(text).upper()
    named = [offer for offer in around.offers if wanted in (offer.key.upper(), squeeze(offer.title).upper())]
    named = named or [offer for offer in around.offers if wanted in {squeeze(name).upper() for name in offer.also}]
    if len(named) != 1:
        raise WrongAnswer(_NOT_FOUND[question.kind])
    offer = named[0]
    if not offer.fits(question):
        raise WrongAnswer(_NO_DEPOSIT if question.with_deposit else _NOT_FITTING[question.kind])
    return Checked(display=offer.display, value=offer.key)


_CHECKS = {
    "choice": _choice,
    "text": _text,
    "amount": _amount,
    "date": _date,
    "phone": _phone,
    "terminal": _own,
    "service": _own,
    "transaction": _own,
    "application": _own,
}


def _secure(question: Question, raw: object, around: Surroundings) -> Checked:
    if not isinstance(raw, Mapping):
        raise WrongAnswer("这一项请在安全表单里填写，不要发在聊天里。")
    unknown = set(raw) - {box.name for box in question.inputs}
    if unknown or not all(isinstance(value, str | None) for value in raw.values()):
        raise WrongAnswer("表单内容不对，请刷新页面后再填一次。")
    secret: dict[str, str] = {}
    shown: list[str] = []
    for box in question.inputs:
        text = fold(str(raw.get(box.name) or ""))
        if not text and not box.required:
            continue
        value, display = _secure_input(box, text, around.today)
        if box.kind == "name" and question.same_holder:
            _refuse_other_holder(value, around.holders)
        secret[box.name] = value
        shown.append(display)
    return Checked(display="，".join(shown), secret=secret)


def _secure_input(box: SecureInput, text: str, today: date) -> tuple[str, str]:
    if not text:
        raise WrongAnswer(f"请填写{box.label}。")
    if box.kind == "id_number":
        number = check_identity_number(text, today)
        return number, mask_id_number(number)
    if box.kind == "bank_card":
        number = check_bank_account(text)
        return number, f"尾号{number[-4:]}"
    if len(text) < 2 or len(text) > 60:
        raise WrongAnswer(f"{box.label}应是 2 到 60 个字，请核对。")
    if find_sensitive(text):
        raise WrongAnswer(f"{box.label}里好像写了号码，请核对后再填一次。")
    return text, mask_name(text) if box.kind == "name" else text


def _refuse_other_holder(holder: str, holders: Sequence[str]) -> None:
    if not any(same_name(holder, name) for name in holders):
        raise WrongAnswer(
            "户名要与商户登记的名称（或登记结算账户的户名）完全一致，退款只能退到同名账户，请核对后再填一次。"
        )
