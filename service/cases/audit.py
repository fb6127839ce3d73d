"""The trail of an application: rows are only added, and each carries the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.cases.models import Application, ApplicationEvent

FIRST = "0" * 64


@dataclass(frozen=True)
class By:
    """Who did it."""

    kind: Literal["merchant", "bot", "staff", "system"]
    id: str


SYSTEM = By("system", "system")


def append(
    session: Session,
    application: Application,
    event: str,
    by: By,
    *,
    at: datetime,
    source: str,
    detail: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    last = session.scalars(
        select(ApplicationEvent)
        .where(ApplicationEvent.application_id == application.id)
        .order_by(ApplicationEvent.seq.desc())
        .limit(1)
    ).first()
    row = ApplicationEvent(
        application_id=application.id,
        seq=last.seq + 1 if last else 1,
        at=at,
        event=event,
        actor_kind=by.kind,
        actor_id=by.id,
        source=source,
        target=application.state,
        detail=detail,
        data=data or {},
        previous=last.digest if last else FIRST,
    )
    row.digest = digest(row)
    session.add(row)
    session.flush()


def digest(row: ApplicationEvent) -> str:
    content = [
        row.previous,
        row.application_id,
        row.seq,
        row.at.isoformat(),
        row.event,
        row.actor_kind,
        row.actor_id,
        row.source,
        row.target,
        row.detail,
        row.data,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(rows: Sequence[ApplicationEvent]) -> int | None:
    """The `seq` of the first row that was changed, or after which one is missing; `None` when all is well."""
    previous = FIRST
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected or row.previous != previous or row.digest != digest(row):
            return row.seq
        previous = row.digest
    return None
