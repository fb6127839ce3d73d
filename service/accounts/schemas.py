"""What goes in and out over HTTP: log-in of staff, identity of merchants, terminals."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from service.accounts.records import PartyKind
from service.accounts.roles import Role, Room


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Credentials(_In):
    login: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)
    code: str = Field("", max_length=20)


class PasswordChange(_In):
    current: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


class PasswordIn(_In):
    password: str = Field(min_length=1, max_length=200)


class CodeIn(_In):
    code: str = Field(min_length=6, max_length=20)


class QrCode(BaseModel):
    """The dark modules of a QR code as an SVG path in a square of this size."""

    size: int
    path: str


class EnrolmentOut(BaseModel):
    secret: str
    uri: str
    qr: QrCode


class RecoveryCodesOut(BaseModel):
    recovery_codes: list[str]


class StaffSessionOut(BaseModel):
    name: str
    role: Role
    csrf_token: str
    must_change_password: bool
    second_factor: bool
    must_set_second_factor: bool
    rooms: tuple[Room, ...]


class Colleague(BaseModel):
    id: str
    name: str
    role: Role


class Colleagues(BaseModel):
    items: list[Colleague]


class Identity(BaseModel):
    """Who a conversation was verified for."""

    verified: Literal[True] = True
    method: Literal["token", "code"]
    merchant_no: str
    merchant_name: str
    party: PartyKind
    phone_masked: str


class TerminalOut(BaseModel):
    terminal_no: str
    sn_tail: str
    model: str
    status: str
    deposit_fen: int
    bound_at: datetime


class MerchantOut(BaseModel):
    merchant_no: str
    name: str
    terminals: list[TerminalOut]
