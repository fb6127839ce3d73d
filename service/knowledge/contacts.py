"""Which numbers and addresses are ours: only what the settings list as confirmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from service.platform.settings import OfficialContact
from service.platform.yaml import read_yaml

ContactKind = Literal["phone", "website", "email"]

NOT_CONFIGURED = "官方联系方式目前未配置，为了不给错，我不能报任何电话或网址。"
NO_COMPLAINT_ROUTE = "外部的投诉渠道目前未配置，为了不给错，我不能报。"

_TITLES = {"phone": "电话", "website": "网址", "email": "邮箱", "wechat": "微信", "app": "应用", "complaint": "投诉"}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEBSITE = re.compile(
    r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,18}(?![a-z0-9])"
    r"(?::\d+)?(?:[/?#][\w./?#%&=+~-]*)?",
    re.IGNORECASE | re.ASCII,
)
_PHONE = re.compile(
    r"(?<![\d*])(?:\+?86[- ]?)?"
    r"(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile
    r"|[48]00[- ]?\d{3,4}[- ]?\d{3,4}|0\d{2,3}[- ]?\d{7,8}"  # service lines, landlines
    r"|9[56]\d{3,6}|1[0-2]\d{1,3})"  # short numbers
    r"(?![\d*])"
)


@dataclass(frozen=True)
class FoundContact:
    value: str
    kind: ContactKind
    confirmed: bool
    owner: str | None
    """Whose it is; None when nobody here knows."""
    note: str | None = None
    """What else is known of one that is not confirmed, as a sentence for the merchant."""


ContactCheck = Callable[[str], Sequence[FoundContact]]
"""Every number and address of a text."""


class KnownContact(BaseModel):
    """A number or address that merchants take for ours: somebody else's, or one that nobody has confirmed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: str
    kind: ContactKind
    owner: str | None = None
    note: str | None = Field(None, min_length=4, max_length=100)
    source: str

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.owner or self.note):
            raise ValueError("owner（是谁的）和 note（我们知道什么）至少写一项")
        return self


def load_known(path: Path) -> tuple[KnownContact, ...]:
    try:
        return tuple(TypeAdapter(list[KnownContact]).validate_python(read_yaml(path.read_text(encoding="utf-8"))))
    except (yaml.YAMLError, ValidationError) as error:
        raise ContactFileError(f"{path}: 每条要有 value、kind、source，以及 owner 或 note（{error}）") from error


class ContactFileError(Exception):
    """The file of known contacts is wrong; the message says what to do."""


def say_contacts(contacts: Sequence[OfficialContact]) -> str:
    return f"我们确认过的联系方式只有这些：{_list(contacts)}。" if contacts else NOT_CONFIGURED


def say_complaints(contacts: Sequence[OfficialContact]) -> str:
    """Where else one may complain, an authority too: only what the operator has confirmed."""
    routes = [contact for contact in contacts if contact.kind == "complaint"]
    return f"确认过的投诉渠道有：{_list(routes)}。" if routes else NO_COMPLAINT_ROUTE


def fill_in_contacts(text: str, contacts: Sequence[OfficialContact]) -> str:
    """A text of the knowledge files with its placeholders filled in."""
    return text.replace("{contacts}", say_contacts(contacts)).replace("{complaints}", say_complaints(contacts))


def _list(contacts: Sequence[OfficialContact]) -> str:
    return "；".join(f"{contact.title}（{_TITLES[contact.kind]}）：{contact.value}" for contact in contacts)


def check_contacts(
    text: str, contacts: Sequence[OfficialContact], known: Sequence[KnownContact] = ()
) -> list[FoundContact]:
    """Every number and address of the text, in its order, whether it is a confirmed one of ours, and whose it is."""
    folded = unicodedata.normalize("NFKC", text).replace("。", " ")
    found: list[FoundContact] = []
    for kind, value in _find(folded):
        ours = next((contact.title for contact in contacts if _is_same(kind, value, contact)), None)
        other = None if ours else next((other for other in known if _is_same(kind, value, other)), None)
        item = FoundContact(
            value,
            kind,
            confirmed=ours is not None,
            owner=ours or (other.owner if other else None),
            note=other.note if other else None,
        )
        if item not in found:
            found.append(item)
    return found


def _find(text: str) -> list[tuple[ContactKind, str]]:
    places: list[tuple[int, ContactKind, str]] = []
    patterns: tuple[tuple[ContactKind, re.Pattern[str]], ...] = (
        ("email", _EMAIL),
        ("website", _WEBSITE),
        ("phone", _PHONE),
    )
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            places.append((match.start(), kind, match.group().rstrip("./")))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return [(kind, value) for _place, kind, value in sorted(places)]


def _is_same(kind: ContactKind, value: str, contact: OfficialContact | KnownContact) -> bool:
    if contact.kind not in (kind, "complaint"):
        return False
    if kind == "phone":
        return _digits(value) == _digits(contact.value)
    if kind == "website":
        return _host(value) == _host(contact.value)
    return value.lower() == contact.value.lower()


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone).removeprefix("86")


def _host(address: str) -> str:
    """The exact host: a longer name that ends or begins alike belongs to somebody else."""
    host = re.split(r"[/?#]", re.sub(r"^https?://", "", address.lower()))[0]
    return host.split(":")[0].removeprefix("www.")
