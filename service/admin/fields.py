"""Fields that refuse what they cannot read, where the library's would take it for nothing.

They keep the text as it was typed, so that a form that is shown again shows that; the view turns it into a number.
"""

import re
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette_admin import RequestAction
from starlette_admin.fields import BooleanField, EnumField, StringField

_YUAN = re.compile(r"(\d{1,7})(?:\.(\d{1,2}))?")
_WHOLE = re.compile(r"\d{1,4}")


@dataclass
class TypedField(StringField):
    async def parse_form_data(self, request: Request, form_data: FormData) -> str | None:
        return str(form_data.get(self.id) or "").strip() or None


@dataclass
class LimitedField(TypedField):
    """Text of which there must not be too much, also where no browser counts."""

    async def validate(self, request: Request, value: Any, form_values: dict[str, Any]) -> None:
        if value and self.maxlength and len(value) > self.maxlength:
            raise ValueError(f"最多{self.maxlength}个字，请写短一些。")
        await super().validate(request, value, form_values)


@dataclass
class ChoiceField(EnumField):
    """Only what is offered."""

    async def validate(self, request: Request, value: Any, form_values: dict[str, Any]) -> None:
        if value and value not in {choice for choice, _title in self._get_choices(request)}:
            raise ValueError("请选列出来的一项。")
        await super().validate(request, value, form_values)


@dataclass
class YesNoField(BooleanField):
    """In a list as a word: a red cross would look like a mistake."""

    yes: str = "是"
    no: str = "否"
    list_template: str = "fields/list/text.html"

    async def serialize_value(self, request: Request, value: Any) -> Any:
        if request.state.action == RequestAction.LIST:
            return self.yes if value else self.no
        return bool(value)


@dataclass
class YuanField(TypedField):
    """Money: 分 in the row, 元 on the page."""

    async def validate(self, request: Request, value: Any, form_values: dict[str, Any]) -> None:
        if value and not _YUAN.fullmatch(value):
            raise ValueError("请填写金额，例如 100 或 99.50。")
        await super().validate(request, value, form_values)

    async def serialize_value(self, request: Request, value: Any) -> str:
        return f"{value // 100}.{value % 100:02}"


@dataclass
class WholeNumberField(TypedField):
    async def validate(self, request: Request, value: Any, form_values: dict[str, Any]) -> None:
        if value and not _WHOLE.fullmatch(value):
            raise ValueError("请填写不超过四位的整数，例如 0 或 3。")
        await super().validate(request, value, form_values)

    async def serialize_value(self, request: Request, value: Any) -> str:
        return str(value)


def fen_of(text: str | None) -> int | None:
    """What a YuanField took, in 分."""
    found = _YUAN.fullmatch(text or "")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def number_of(text: str | None) -> int | None:
    return int(text) if text else None
