"""The trail of everything that is not an application's own event: sign-ins, master data, lists that were taken out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.platform.chain import Link, append
from service.platform.database import Base, BigKey, Json, UtcDateTime
from service.platform.masking import redact

CHAIN = "trail"


class TrailEntry(Link, Base):
    """One thing that somebody did. The database refuses to change or remove it."""

    __tablename__ = "trail_entries"
    __table_args__ = (Index(None, "at"), Index(None, "target"))

    seq: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(120))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    why: Mapped[str] = mapped_column(Text)

    def sealed(self) -> list[Any]:
        moment = self.at.isoformat()
        return [self.seq, moment, self.actor, self.action, self.target, self.before, self.after, self.why]


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    target: str,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """Becomes true together with the caller's transaction.

    `actor` and `target` are a kind and an id: `staff:4f0c…`, `system`, `application:SQ…`, `reason:unclear`. `action` is
    what was done, dotted: `staff.signed_in`. Call it last in a transaction: nobody else can record anything until that
    transaction ends. Passwords, identity and bank numbers are the caller's to leave out; what looks like one is masked.
    """
    entry = TrailEntry(
        at=now.astimezone(UTC),
        actor=actor,
        action=action,
        target=target,
        before=_plain(before),
        after=_plain(after),
        why=redact(why),
    )
    append(session, CHAIN, entry)


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """As the database gives it back, so that what is sealed is what is stored."""
    if values is None:
        return None
    plain: dict[str, Any] = json.loads(json.dumps(dict(values), default=str))
    return {key: _masked(value) for key, value in plain.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    return value
