"""What goes in and out over HTTP: log-in of staff, identity of merchants, terminals."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from service.accounts.principals import Role
from service.accounts.records import PartyKind


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Credentials(_In):
    login: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)


class StaffSessionOut(BaseModel):
    name: str
    role: Role
    csrf_token: str


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
