"""Both trails as one list, the newest first."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.accounts import Staff
from service.cases.models import Application, ApplicationEvent
from service.cases.proof.schemas import AuditItem, AuditPage
from service.platform.problems import BadRequest
from service.platform.trail import TrailEntry

PAGE_SIZE = 50
_STAFF = "staff:"


@dataclass(frozen=True)
class Wanted:
    """Empty: everything."""

    application_no: str = ""
    actor: str = ""
    action: str = ""


@dataclass(frozen=True)
class Place:
    """Where a page ends. At the same moment, what applications did stands before the rest."""

    at: datetime
    source: str
    number: int

    def write(self) -> str:
        return base64.urlsafe_b64encode(f"{self.at.isoformat()}|{self.source}|{self.number}".encode()).decode()

    @classmethod
    def read(cls, cursor: str) -> Place:
        try:
            moment, source, number = base64.urlsafe_b64decode(cursor).decode().split("|")
            at = datetime.fromisoformat(moment)
            if at.tzinfo is None:
                raise BadRequest
            return cls(at.astimezone(UTC), source, int(number))
        except (ValueError, OverflowError, binascii.Error):
            raise BadRequest from None

    def rest_of(
        self, source: str, at: InstrumentedAttribute[datetime], number: InstrumentedAttribute[int]
    ) -> ColumnElement[bool]:
        """What of this source comes after this place."""
        if source == self.source:
            return or_(at < self.at, and_(at == self.at, number < self.number))
        return at <= self.at if source > self.source else at < self.at


def page(session: Session, wanted: Wanted, cursor: str) -> AuditPage:
    after = Place.read(cursor) if cursor else None
    both = merge(_of_applications(session, wanted, after), _of_trail(session, wanted, after), key=_order)
    found = list(islice(both, PAGE_SIZE + 1))
    shown = found[:PAGE_SIZE]
    names = dict(session.execute(select(Staff.id, Staff.name)).all())
    for _place, item in shown:
        item.actor_name = names.get(item.actor.removeprefix(_STAFF))
    return AuditPage(
        items=[item for _place, item in shown],
        next_cursor=shown[-1][0].write() if len(found) > PAGE_SIZE else None,
    )


def _order(found: tuple[Place, AuditItem]) -> tuple[float, str, int]:
    place = found[0]
    return -place.at.timestamp(), place.source, -place.number


def _of_applications(session: Session, wanted: Wanted, after: Place | None) -> Iterator[tuple[Place, AuditItem]]:
    query = (
        select(ApplicationEvent, Application.application_no)
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(after.rest_of("application", ApplicationEvent.at, ApplicationEvent.id) if after else true())
        .order_by(ApplicationEvent.at.desc(), ApplicationEvent.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if wanted.application_no:
        query = query.where(Application.application_no == wanted.application_no)
    if wanted.actor:
        kind, _, who = wanted.actor.partition(":")
        query = query.where(ApplicationEvent.actor_kind == kind, ApplicationEvent.actor_id == (who or kind))
    if wanted.action:
        query = query.where(ApplicationEvent.event == wanted.action)
    for row, application_no in session.execute(query):
        yield Place(row.at, "application", row.id), _of_event(row, application_no)


def _of_trail(session: Session, wanted: Wanted, after: Place | None) -> Iterator[tuple[Place, AuditItem]]:
    query = (
        select(TrailEntry)
        .where(after.rest_of("trail", TrailEntry.at, TrailEntry.seq) if after else true())
        .order_by(TrailEntry.at.desc(), TrailEntry.seq.desc())
        .limit(PAGE_SIZE + 1)
    )
    if wanted.application_no:
        query = query.where(TrailEntry.target == _target(wanted.application_no))
    if wanted.actor:
        query = query.where(TrailEntry.actor == wanted.actor)
    if wanted.action:
        query = query.where(TrailEntry.action == wanted.action)
    for row in session.scalars(query):
        yield Place(row.at, "trail", row.seq), _of_entry(row)


def _of_event(row: ApplicationEvent, application_no: str) -> AuditItem:
    data: dict[str, Any] = row.data
    return AuditItem(
        id=f"application-{row.id}",
        at=row.at,
        actor=row.actor_kind if row.actor_kind == row.actor_id else f"{row.actor_kind}:{row.actor_id}",
        actor_name=None,
        action=row.event,
        target=_target(application_no),
        before={"state": row.source},
        after={"state": row.target, **data},
        why=row.detail or data.get("why", ""),
        source="application",
    )


def _of_entry(row: TrailEntry) -> AuditItem:
    return AuditItem(
        id=f"trail-{row.seq}",
        at=row.at,
        actor=row.actor,
        actor_name=None,
        action=row.action,
        target=row.target,
        before=row.before,
        after=row.after,
        why=row.why,
        source="trail",
    )


def _target(application_no: str) -> str:
    return f"application:{application_no}"
