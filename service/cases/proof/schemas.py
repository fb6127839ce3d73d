"""What the routes of this folder give (docs/protocol.md §4)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from service.cases.schemas import Moment


class AuditItem(BaseModel):
    id: str
    at: Moment
    actor: str
    actor_name: str | None
    """Of a member of the staff; merchants are named by their id alone."""
    action: str
    target: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    why: str
    source: Literal["application", "trail"]


class AuditPage(BaseModel):
    items: list[AuditItem]
    next_cursor: str | None


class BrokenOut(BaseModel):
    table: str
    row: str
    text: str


class VerificationOut(BaseModel):
    ok: bool
    checked: int
    broken: BrokenOut | None
