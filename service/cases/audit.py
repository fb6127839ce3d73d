"""The trail of an application: rows are only added, and each carries the digest of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from service.cases.models import Application, ApplicationEvent
from service.platform import chain


@dataclass(frozen=True)
class By:
    """Who did it."""

    kind: Literal["merchant", "bot", "staff", "system"]
    id: str


SYSTEM = By("system", "system")
_CHAIN = "application:"


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
    row = ApplicationEvent(
        application_id=application.id,
        at=at,
        event=event,
        actor_kind=by.kind,
        actor_id=by.id,
        source=source,
        target=application.state,
        detail=detail,
        data=data or {},
    )
    chain.append(session, chain_of(application.id), row)


def chain_of(application_id: str) -> str:
    return f"{_CHAIN}{application_id}"


def application_of(chain_name: str) -> str:
    return chain_name.removeprefix(_CHAIN)
