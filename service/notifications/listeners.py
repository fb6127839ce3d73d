"""What happened becomes deliveries: handlers of the outbox, each once per event, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from service.accounts import MerchantDirectory
from service.cases import TOPIC_HAPPENED, TOPIC_NOTICE, TOPIC_STAFF_NOTICE
from service.notifications.models import Delivery
from service.notifications.notices import Notice, Notices, Way, Words
from service.notifications.preferences import TOPIC_EMAIL_ADDED, Preferences, Wishes
from service.notifications.recipients import StaffAddresses
from service.notifications.rules import ChannelName, mask_address, not_before
from service.notifications.sender import SIGNAL
from service.notifications.targets import DISABLED, Targets
from service.platform.clock import Clock
from service.platform.database import notify
from service.platform.ids import new_id
from service.platform.masking import mask_phone
from service.platform.outbox import Event, Outbox

log = structlog.get_logger(__name__)


class NoticeListeners:
    def __init__(
        self,
        outbox: Outbox,
        clock: Clock,
        *,
        notices: Notices,
        channels: Collection[ChannelName],
        preferences: Preferences,
        directory: MerchantDirectory,
        staff: StaffAddresses,
        targets: Targets,
    ) -> None:
        self._clock = clock
        self._notices = notices
        self._channels = channels
        self._preferences = preferences
        self._directory = directory
        self._staff = staff
        self._targets = targets
        outbox.subscribe(TOPIC_NOTICE, self._tell_merchant, name="notifications.merchant")
        outbox.subscribe(TOPIC_EMAIL_ADDED, self._greet_address, name="notifications.email_added")
        outbox.subscribe(TOPIC_STAFF_NOTICE, self._tell_staff, name="notifications.staff")
        outbox.subscribe(TOPIC_HAPPENED, self._tell_targets, name="notifications.targets")

    # --- merchants ---

    def _tell_merchant(self, session: Session, event: Event) -> None:
        payload = event.payload
        merchant_id, notice = payload.get("merchant_id"), self._notices.for_merchant(payload.get("kind", ""))
        if merchant_id is None or notice is None:
            return
        words = {"no": payload["application_no"], "title": payload["title"]}
        self._write_to_merchant(session, event, merchant_id, notice, words)

    def _greet_address(self, session: Session, event: Event) -> None:
        notice = self._notices.for_merchant("email_added")
        if notice is not None:
            self._write_to_merchant(session, event, event.payload["merchant_id"], notice, {"no": "", "title": ""})

    def _write_to_merchant(
        self, session: Session, event: Event, merchant_id: str, notice: Notice, words: Words
    ) -> None:
        wishes = self._preferences.of(session, merchant_id)
        for way in notice.ways:
            if way in self._channels and wishes.wants(way):
                self._put(
                    session,
                    event,
                    channel=way,
                    kind=event.payload.get("kind", "email_added"),
                    recipient=f"merchant:{merchant_id}",
                    to_hint=self._hint(merchant_id, way, wishes),
                    content=self._notices.say(notice, way, words),
                    next_at=self._not_before(way),
                )

    def _hint(self, merchant_id: str, way: Way, wishes: Wishes) -> str:
        merchant = self._directory.get(merchant_id)
        if way == "email":
            return mask_address(wishes.email or "")
        return mask_phone(merchant.phone) if way == "sms" and merchant else (merchant.name if merchant else "")

    def _not_before(self, way: Way) -> datetime:
        quiet, now = self._notices.merchant.quiet, self._clock.now()
        return not_before(now, quiet.start, quiet.end) if way == "sms" else now

    # --- staff ---

    def _tell_staff(self, session: Session, event: Event) -> None:
        payload = event.payload
        notice = self._notices.for_staff(payload["kind"])
        if notice is None or "email" not in self._channels:
            return
        words = {
            "no": payload["application_no"],
            "title": payload["title"],
            "state": payload["state_title"],
            "due": _say_due(payload["due"], provisional=payload["provisional"]),
        }
        recipients = self._staff.recipients(session, payload["staff_ids"], payload["roles"])
        if not recipients:
            log.warning("notices.staff_without_address", kind=payload["kind"], roles=payload["roles"])
        for recipient, address in recipients.items():
            self._put(
                session,
                event,
                channel="email",
                kind=payload["kind"],
                recipient=recipient,
                to_hint=mask_address(address),
                content=self._notices.say_to_staff(notice, words),
                next_at=self._clock.now(),
            )

    # --- other systems ---

    def _tell_targets(self, session: Session, event: Event) -> None:
        payload, kind = event.payload, f"application.{event.payload['event']}"
        content = {
            "type": kind,
            "timestamp": event.created_at.isoformat().replace("+00:00", "Z"),
            "data": {name: payload[name] for name in ("application_no", "procedure", "state", "version")},
        }
        for target in self._targets:
            if not target.wants(kind):
                continue
            delivery = self._put(
                session,
                event,
                channel="webhook",
                kind=kind,
                recipient=f"target:{target.name}",
                to_hint=target.name,
                content=content,
                next_at=self._clock.now(),
            )
            if self._targets.is_disabled(session, target):
                delivery.state, delivery.error = "dead", DISABLED

    def _put(
        self,
        session: Session,
        event: Event,
        *,
        channel: ChannelName,
        kind: str,
        recipient: str,
        to_hint: str,
        content: dict[str, Any],
        next_at: datetime,
    ) -> Delivery:
        delivery = Delivery(
            id=new_id(),
            event_id=event.id,
            channel=channel,
            kind=kind,
            recipient=recipient,
            to_hint=to_hint,
            application_no=event.payload.get("application_no"),
            content=content,
            next_at=next_at,
            created_at=self._clock.now(),
        )
        session.add(delivery)
        notify(session, SIGNAL, channel)
        return delivery


def _say_due(due: str | None, *, provisional: bool) -> str:
    if due is None:
        return "未定"
    day = date.fromisoformat(due)
    return f"{day.month}月{day.day}日" + ("（暂定）" if provisional else "")
