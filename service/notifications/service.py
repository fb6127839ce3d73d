"""The notices of this process put together, and what the staff can do about those that did not arrive."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from service.accounts import StaffMember
from service.notifications import store
from service.notifications.models import Delivery
from service.notifications.preferences import Preferences
from service.notifications.problems import NotDead
from service.notifications.rules import ChannelName, DeliveryState, mask_address
from service.notifications.schemas import DeliveryOut, DeliveryPage, PreferencesIn, PreferencesOut
from service.notifications.sender import SIGNAL, Sender
from service.notifications.targets import Targets
from service.platform import trail
from service.platform.clock import Clock
from service.platform.database import notify
from service.platform.problems import BadRequest, NotFound

PAGE_SIZE = 50


class Notifications:
    def __init__(
        self,
        clock: Clock,
        *,
        preferences: Preferences,
        targets: Targets,
        sender: Sender,
        channels: Sequence[ChannelName],
    ) -> None:
        self._clock = clock
        self._preferences = preferences
        self._targets = targets
        self._offered = [name for name in channels if name != "webhook"]
        self.sender = sender

    def preferences(self, session: Session, merchant_id: str) -> PreferencesOut:
        wishes = self._preferences.of(session, merchant_id)
        email = mask_address(wishes.email) if wishes.email else None
        return PreferencesOut(sms=wishes.sms, email=email, wechat=wishes.wechat, available=self._offered)

    def change_preferences(self, session: Session, merchant_id: str, body: PreferencesIn) -> PreferencesOut:
        self._preferences.change(session, merchant_id, body)
        return self.preferences(session, merchant_id)

    def deliveries(
        self, session: Session, *, state: DeliveryState | None, channel: ChannelName | None, cursor: str
    ) -> DeliveryPage:
        """`cursor` is the last one of the page before."""
        after = session.get(Delivery, cursor) if cursor else None
        if cursor and after is None:
            raise BadRequest
        rows = store.page(session, state=state, channel=channel, after=after, limit=PAGE_SIZE + 1)
        return DeliveryPage(
            items=[show(row) for row in rows[:PAGE_SIZE]],
            next_cursor=rows[PAGE_SIZE - 1].id if len(rows) > PAGE_SIZE else None,
            counts=store.counts(session, channel=channel),
        )

    def requeue(self, session: Session, delivery_id: str, staff: StaffMember) -> DeliveryOut:
        """A dead notice goes out again under its old id; a target that was gone is given another chance by it."""
        delivery = store.locked(session, delivery_id)
        if delivery is None:
            raise NotFound
        if delivery.state != "dead":
            raise NotDead
        now = self._clock.now()
        before = {"state": delivery.state, "attempts": delivery.attempts, "error": delivery.error}
        delivery.state, delivery.attempts, delivery.error, delivery.next_at = "pending", 0, None, now
        self._targets.enable(session, delivery.recipient)
        notify(session, SIGNAL, delivery.channel)
        session.flush()
        trail.record(
            session,
            actor=staff.key,
            action="delivery.requeued",
            target=f"delivery:{delivery.id}",
            now=now,
            before=before,
            after={"state": "pending", "channel": delivery.channel, "event": delivery.kind},
        )
        return show(delivery)


def show(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=delivery.id,
        channel=delivery.channel,
        event=delivery.kind,
        application_no=delivery.application_no,
        to=delivery.to_hint,
        state=delivery.state,
        attempts=delivery.attempts,
        error=delivery.error,
        next_at=delivery.next_at if delivery.state == "pending" else None,
        created_at=delivery.created_at,
    )
