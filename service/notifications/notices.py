"""What is said by SMS, e-mail and WeChat: read from `data/notices/*.yml` and checked at the start."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from service.platform.yaml import read_yaml

MERCHANT_WORDS = frozenset({"no", "title"})
STAFF_WORDS = frozenset({"no", "title", "state", "due"})
_LINK = re.compile(r"https?:|www\.|[\w-]+\.(?:com|cn|net|org)\b", re.IGNORECASE)

Way = Literal["sms", "email", "wechat"]
Words = Mapping[str, str]


class NoticeFileError(Exception):
    """A file of notices is wrong; the message says where and what to do."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(_Part):
    """一件事怎么说；不用说的，写明为什么。"""

    subject: str = Field("", max_length=40, description="邮件的标题")
    text: str = Field("", max_length=120, description="短信、微信和邮件的正文：不写金额和账户，不写链接")
    none: str = Field("", max_length=100, description="不通知的原因")

    @model_validator(mode="after")
    def _either_or(self) -> Self:
        if bool(self.text) == bool(self.none) or bool(self.text) != bool(self.subject):
            raise ValueError("写 subject 和 text，或者只写 none 说明为什么不通知")
        if _LINK.search(self.text + self.subject):
            raise ValueError("不能写网址：商户会分不清真假")
        return self


class Notice(Told):
    """对商户说的，还要写用哪些方式。"""

    ways: tuple[Way, ...] = Field(
        ("sms", "email", "wechat"), min_length=1, description="用哪些方式：sms、email、wechat"
    )


class Quiet(_Part):
    """短信在夜里不发，等到早上。"""

    start: int = Field(21, ge=12, le=24)
    end: int = Field(8, ge=0, le=11)


class Frame(_Part):
    """套在每一条正文外面的话；{text} 是正文，{company} 是公司名。"""

    sms: str = Field(max_length=120)
    email: str = Field(max_length=400)
    wechat: str = Field(max_length=200)


class MerchantNotices(_Part):
    """给商户的通知。"""

    quiet: Quiet = Quiet()
    frame: Frame
    notices: dict[str, Notice]

    @model_validator(mode="after")
    def _words_are_known(self) -> Self:
        for frame in (self.frame.sms, self.frame.email, self.frame.wechat):
            _refuse_unknown_words(frame, frozenset({"text", "company"}), "frame")
        for kind, notice in self.notices.items():
            _refuse_unknown_words(notice.subject + notice.text, MERCHANT_WORDS, kind)
        return self


class StaffNotices(_Part):
    """给同事的邮件。"""

    frame: str = Field(max_length=300, description="{text} 是正文，{company} 是公司名")
    notices: dict[str, Told]

    @model_validator(mode="after")
    def _words_are_known(self) -> Self:
        _refuse_unknown_words(self.frame, frozenset({"text", "company"}), "frame")
        for kind, notice in self.notices.items():
            _refuse_unknown_words(notice.subject + notice.text, STAFF_WORDS, kind)
        return self


@dataclass(frozen=True)
class Notices:
    merchant: MerchantNotices
    staff: StaffNotices
    company: str

    def for_merchant(self, kind: str) -> Notice | None:
        """None for what is not told, or was not known when this process started."""
        return _spoken(self.merchant.notices.get(kind))

    def for_staff(self, kind: str) -> Told | None:
        return _spoken(self.staff.notices.get(kind))

    def say(self, notice: Notice, way: Way, words: Words) -> dict[str, str]:
        frames = {
            "sms": self.merchant.frame.sms,
            "email": self.merchant.frame.email,
            "wechat": self.merchant.frame.wechat,
        }
        return self._fill(notice, frames[way], words)

    def say_to_staff(self, notice: Told, words: Words) -> dict[str, str]:
        return self._fill(notice, self.staff.frame, words)

    def _fill(self, notice: Told, frame: str, words: Words) -> dict[str, str]:
        text = frame.format(text=notice.text.format(**words), company=self.company)
        return {"subject": notice.subject.format(**words), "text": text}


def load_notices(
    folder: Path, *, company: str, merchant_kinds: Collection[str], staff_kinds: Collection[str]
) -> Notices:
    merchant = _load(folder / "merchant.yml", MerchantNotices)
    _refuse_gaps(folder / "merchant.yml", merchant.notices, merchant_kinds)
    staff = _load(folder / "staff.yml", StaffNotices)
    _refuse_gaps(folder / "staff.yml", staff.notices, staff_kinds)
    return Notices(merchant, staff, company)


def _load[File: (MerchantNotices, StaffNotices)](path: Path, kind: type[File]) -> File:
    try:
        return kind.model_validate(read_yaml(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise NoticeFileError(f"{path}: 读不了这个文件（{error.strerror}）") from error
    except yaml.YAMLError as error:
        raise NoticeFileError(f"{path}: 不是正确的 YAML，请检查缩进和冒号（{error}）") from error
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise NoticeFileError(f"{path}: {where}：{problem['msg'].removeprefix('Value error, ')}") from error


def _refuse_gaps(path: Path, notices: Mapping[str, Told], kinds: Collection[str]) -> None:
    missing, unknown = sorted(set(kinds) - set(notices)), sorted(set(notices) - set(kinds))
    if missing:
        raise NoticeFileError(
            f"{path}: notices 里少了 {missing[0]}，写上 subject 和 text，或者写 none 说明为什么不通知"
        )
    if unknown:
        raise NoticeFileError(f"{path}: notices.{unknown[0]}：没有这件事，删掉它或改正拼写")


def _refuse_unknown_words(text: str, words: frozenset[str], where: str) -> None:
    try:
        named = {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise ValueError(f"{where}：花括号没有成对") from error
    unknown = sorted(named - words)
    if unknown:
        raise ValueError(f"{where}：{{{unknown[0]}}} 不认识，只能用 {'、'.join(sorted(words))}")


def _spoken[Said: Told](notice: Said | None) -> Said | None:
    return notice if notice and notice.text else None
