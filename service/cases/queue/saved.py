"""Use cases of saved views: filters that somebody keeps under a name, for nobody else to see."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.cases.errors import TooManyViews, ViewNameTaken
from service.cases.queue.models import SavedView
from service.cases.queue.schemas import ViewIn, ViewOut
from service.platform.clock import Clock
from service.platform.ids import new_id
from service.platform.problems import NotFound

MOST_VIEWS = 20


class SavedViews:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def of(self, session: Session, staff: StaffMember) -> list[ViewOut]:
        query = select(SavedView).where(SavedView.staff_id == staff.id)
        return [_shown(row) for row in session.scalars(query.order_by(SavedView.created_at, SavedView.id))]

    def save(self, session: Session, staff: StaffMember, body: ViewIn) -> ViewOut:
        if len(self.of(session, staff)) >= MOST_VIEWS:
            raise TooManyViews
        row = SavedView(
            id=new_id(),
            staff_id=staff.id,
            name=body.name,
            query=body.query.model_dump(exclude_defaults=True),
            created_at=self._clock.now(),
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            raise ViewNameTaken from None
        return _shown(row)

    def drop(self, session: Session, staff: StaffMember, view_id: str) -> None:
        row = session.get(SavedView, view_id)
        if row is None or row.staff_id != staff.id:
            raise NotFound
        session.delete(row)


def _shown(row: SavedView) -> ViewOut:
    return ViewOut(id=row.id, name=row.name, query=row.query)
