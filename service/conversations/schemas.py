"""What goes in and out of a conversation over HTTP (docs/protocol.md §2)."""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from service.accounts import Identity, fold_merchant_no, fold_phone

MAX_TEXT = 2_000


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


def clean_text(text: str) -> str:
    """Without control characters, which no keyboard writes, and without space around it."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) != "Cc").strip()


def _merchant_no(value: str) -> str:
    folded = fold_merchant_no(value)
    if folded is None:
        raise ValueError("商户号是15位数字或字母，例如 822100012340001，在签购单和商户App里可以看到。")
    return folded


def _phone(value: str) -> str:
    folded = fold_phone(value)
    if folded is None:
        raise ValueError("手机号是11位数字，例如 13800138000，请填写办理时登记的那个。")
    return folded


def _code(value: str) -> str:
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", value))
    if not re.fullmatch(r"[0-9]{6}", folded):
        raise ValueError("验证码是6位数字，请看最新一条短信。")
    return folded


_Short = Annotated[str, Field(max_length=60)]


class StartConversation(_In):
    channel: Literal["web"] = "web"
    identity_token: Annotated[str, Field(max_length=4_096)] | None = None


class ChosenButton(_In):
    seq: int = Field(ge=1, le=2**31 - 1)
    choice_id: str = Field(min_length=1, max_length=10)


class SendMessage(_In):
    client_id: UUID
    text: Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(clean_text)] | None = None
    choice: ChosenButton | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "SendMessage":
        if (self.text is None) == (self.choice is None):
            raise ValueError("一条消息要么是文字，要么是选择。")
        return self


class ShowIdentity(_In):
    identity_token: str = Field(min_length=1, max_length=4_096)


class RequestCode(_In):
    merchant_no: Annotated[_Short, AfterValidator(_merchant_no)]
    phone: Annotated[_Short, AfterValidator(_phone)]


class ConfirmCode(_In):
    code: Annotated[_Short, BeforeValidator(str), AfterValidator(_code)]


class ConversationStarted(BaseModel):
    conversation_id: str
    token: str
    expires_at: datetime
    identity: Identity | None


class ConversationOut(BaseModel):
    conversation_id: str
    status: Literal["bot", "waiting", "agent", "closed"]
    identity: Identity | None
    last_seq: int


class MessageAccepted(BaseModel):
    seq: int
    client_id: str


class MessageOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    seq: int
    sender: Literal["merchant", "bot", "agent", "system"]
    client_id: str | None
    in_reply_to: int | None
    blocks: list[dict[str, Any]] = Field(description="typed blocks, see docs/protocol.md §2")
    created_at: datetime


class MessagePage(BaseModel):
    messages: list[MessageOut]
    last_seq: int


class CodeSent(BaseModel):
    expires_in: int
    resend_in: int
