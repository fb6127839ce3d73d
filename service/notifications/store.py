"""All queries about deliveries, preferences and disabled targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from service.notifications.models import Delivery, DisabledTarget, NotificationPreference
from service.notifications.rules import ChannelName, DeliveryState
from service.platform.database import rows_of


def claim(session: Session, channel: ChannelName, *, now: datetime, lease: timedelta) -> Delivery | None:
    """The delivery that has been due for longest, for this process alone until the lease ends."""
    query = (
        select(Delivery)
        .where(Delivery.channel == channel, Delivery.state == "pending", Delivery.next_at <= now)
        .where(or_(Delivery.leased_until.is_(None), Delivery.leased_until < now))
        .order_by(Delivery.next_at, Delivery.event_id, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    delivery = session.scalars(query).one_or_none()
    if delivery is not None:
        delivery.attempts += 1
        delivery.leased_until = now + lease
    return delivery


def locked(session: Session, delivery_id: str) -> Delivery | None:
    return session.scalars(select(Delivery).where(Delivery.id == delivery_id).with_for_update()).one_or_none()


def page(
    session: Session, *, state: DeliveryState | None, channel: ChannelName | None, after: Delivery | None, limit: int
) -> Sequence[Delivery]:
    """The newest first; `after` is the last row of the page before."""
    query = select(Delivery)
    if state:
        query = query.where(Delivery.state == state)
    if channel:
        query = query.where(Delivery.channel == channel)
    if after:
        same_moment = and_(Delivery.created_at == after.created_at, Delivery.id < after.id)
        query = query.where(or_(Delivery.created_at < after.created_at, same_moment))
    return session.scalars(query.order_by(Delivery.created_at.desc(), Delivery.id.desc()).limit(limit)).all()


def counts(session: Session, *, channel: ChannelName | None) -> dict[str, int]:
    query = select(Delivery.state, func.count()).group_by(Delivery.state)
    if channel:
        query = query.where(Delivery.channel == channel)
    return {str(row[0]): int(row[1]) for row in session.execute(query)}


def forget_done_before(session: Session, moment: datetime) -> int:
    """The dead ones stay until somebody has looked at them."""
    return rows_of(session.execute(delete(Delivery).where(Delivery.state == "done", Delivery.created_at < moment)))


def preference(session: Session, merchant_id: str, *, lock: bool = False) -> NotificationPreference | None:
    return session.get(NotificationPreference, merchant_id, with_for_update=lock)


# --- webhook targets that said that they are gone --------------------------------------------------------------------


def is_disabled(session: Session, name: str, url_digest: str) -> bool:
    row = session.get(DisabledTarget, name)
    return row is not None and row.url_digest == url_digest


def disable(session: Session, name: str, url_digest: str, now: datetime) -> None:
    session.merge(DisabledTarget(name=name, url_digest=url_digest, disabled_at=now))


def enable(session: Session, name: str) -> None:
    session.execute(delete(DisabledTarget).where(DisabledTarget.name == name))


def bury_pending(session: Session, recipient: str, error: str) -> None:
    """What still waits for a recipient that is gone."""
    waiting = update(Delivery).where(Delivery.recipient == recipient, Delivery.state == "pending")
    session.execute(waiting.values(state="dead", error=error, leased_until=None))
